#!/usr/bin/env bash
# `make run`: the workstation in training mode where there is a display, else the demo.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
  exec .venv/bin/python -m app run --training
fi
echo "No display here: running the demo instead (jingchuang demo --out out/demo)."
exec .venv/bin/python -m app demo --out out/demo
