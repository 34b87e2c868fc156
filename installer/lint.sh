#!/usr/bin/env bash
# The house rules that a machine can check, in the order of their cost.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/ruff format --check . 
.venv/bin/mypy
.venv/bin/lint-imports --no-cache
