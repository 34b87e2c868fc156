"""The arrows of the house are a build failure; each contract is proven by a violation planted in a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# contract number -> (file to append to, the forbidden line)
VIOLATIONS = {
    "1.": ("app/domain/person.py", "import app.store.store"),
    "2a.": ("devices/ports/printer.py", "import app.domain.errors"),
    "2b.": ("devices/ports/camera.py", "import devices.host"),
    "3.": ("app/photo/station.py", "import PySide6.QtCore"),
    "4.": ("app/desk/records.py", "import devices.simulators"),
    "5.": ("app/store/store.py", "import hashlib"),
    "6.": ("app/domain/numbering.py", "import numpy"),
    "7.": ("app/ui/main_window.py", "import app.store.store"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        [str(program), "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("app", "devices"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_own_rules(copy: Path) -> None:
    result = _lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", sorted(VIOLATIONS))
def test_a_planted_violation_breaks_its_contract(contract: str, copy: Path) -> None:
    file, line = VIOLATIONS[contract]
    target = copy / file
    target.write_text(target.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = _lint(copy)
    assert result.returncode != 0
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), result.stdout
