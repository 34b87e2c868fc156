#!/usr/bin/env bash
# Brings the windows' catalogue up to date with the code and compiles it: edit the .ts in between.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t sources < <(find app/ui -name '*.py' | sort)
.venv/bin/pyside6-lupdate "${sources[@]}" -ts resources/translations/jingchuang_zh_CN.ts \
  -source-language en -target-language zh_CN -locations none -no-obsolete
.venv/bin/pyside6-lrelease resources/translations/jingchuang_zh_CN.ts -qm resources/translations/jingchuang_zh_CN.qm
