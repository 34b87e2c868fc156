"""The guards themselves: each leak, provoked, fails the test that left it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_LEAKS = {
    "threads left running": """
import threading
def test_leak():
    threading.Thread(target=threading.Event().wait, daemon=True).start()
""",
    "processes left running": """
import subprocess, sys
KEPT = []
def test_leak():
    KEPT.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
""",
    "files left open": """
KEPT = []
def test_leak(tmp_path):
    KEPT.append((tmp_path / "x").open("w"))
""",
}


@pytest.mark.parametrize("words", sorted(_LEAKS))
def test_a_leak_fails_its_test(words: str, tmp_path: Path) -> None:
    (tmp_path / "test_leak.py").write_text(_LEAKS[words], encoding="utf-8")
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", str(tmp_path)]
    done = subprocess.run(
        [*command, "-o", f"pythonpath={ROOT / 'tests'}", "-c", "/dev/null", "--rootdir", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert words in done.stdout
