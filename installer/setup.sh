#!/usr/bin/env bash
# Makes a bare Debian-like machine ready: system packages, then the locked Python environment in .venv.
# usage: installer/setup.sh run|dev
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}

# --- system packages (one list, also read by `jingchuang doctor` and the manual) ---
mapfile -t wanted < <(grep -hvE '^\s*(#|$)' installer/apt-run.txt $([ "$kind" = dev ] && echo installer/apt-dev.txt))
missing=()
if command -v dpkg-query >/dev/null 2>&1; then
  for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
fi
if [ ${#missing[@]} -gt 0 ]; then
  sudo=
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if [ -z "$sudo" ] || $sudo true 2>/dev/null; then
    echo "Installing system packages: ${missing[*]}"
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "These system packages are missing and need an administrator:" >&2
    echo "  sudo apt-get install -y ${missing[*]}" >&2
    exit 3
  fi
fi

# --- the locked environment ---
python=
for candidate in python3.11 python3.12 python3; do
  if command -v "$candidate" >/dev/null 2>&1 &&
     "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; then
    python=$candidate; break
  fi
done
[ -n "$python" ] || { echo "Python 3.11 or 3.12 is needed: apt-get install python3 python3-venv" >&2; exit 3; }

lock=requirements.lock
[ "$kind" = dev ] && lock=requirements-dev.lock
stamp=.venv/.installed
want="$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1) $lock"
have="$(cat "$stamp" 2>/dev/null || true)"
# A development environment also serves `run`, as long as the lock it came from is unchanged.
devwant="$(cat requirements-dev.lock pyproject.toml | sha256sum | cut -d' ' -f1) requirements-dev.lock"
if [ "$have" != "$want" ] && [ "$have" != "$devwant" ]; then
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  echo "Installing the locked environment ($lock)"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$lock"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  echo "Preparing the matting code (once, about half a minute)"
  .venv/bin/python -c "from app.imaging.matte import warm_up; warm_up()"
  echo "$want" > "$stamp"
fi

# Once, here: without it every start compiles what it imports, and the first opening of a screen waits for it.
.venv/bin/python -m compileall -q -j 0 app devices
