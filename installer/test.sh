#!/usr/bin/env bash
# `make test`: rules and types, then the tests on all cores.
set -euo pipefail
cd "$(dirname "$0")/.."
bash installer/lint.sh
export QT_QPA_PLATFORM=offscreen
.venv/bin/python -m pytest -q -n "${JINGCHUANG_TEST_JOBS:-auto}" --dist worksteal \
  -m "not exhaustive and not hardware and not alone" "$@"
.venv/bin/python -m pytest -q -m "alone and not exhaustive" "$@"
