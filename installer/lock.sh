#!/usr/bin/env bash
# Resolves pyproject.toml for every platform and writes the hashed lock files.
set -euo pipefail
cd "$(dirname "$0")/.."
for extra in "" dev; do
  out=requirements${extra:+-$extra}.lock
  .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    ${extra:+--extra $extra} pyproject.toml -o "$out" --custom-compile-command "make lock"
done
