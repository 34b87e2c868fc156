"""A program that falls leaves no memory on the disk; on one that was not told so, the same fall does leave it."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.commands import ROOT

PLANTED = "示例甲乙丙".encode()
FALL = "import os; kept = bytes.fromhex('{}') * 3; os.abort()"
PLAIN = Path("/proc/sys/kernel/core_pattern")


def fallen(folder: Path, first: str) -> list[Path]:
    """Files that the fall of a program left."""

    def large_cores() -> None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    folder.mkdir()
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {first}; {FALL.format(PLANTED.hex())}"
    subprocess.run([sys.executable, "-c", code], cwd=folder, preexec_fn=large_cores, check=False)
    return list(folder.iterdir())


def test_no_core_dump_is_written(tmp_path: Path) -> None:
    told = "from app.security.residue import keep_out_of_dumps; keep_out_of_dumps()"
    assert fallen(tmp_path / "told", told) == []


def test_without_being_told_it_would_have_been(tmp_path: Path) -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if "/" in PLAIN.read_text("ascii") or "|" in PLAIN.read_text("ascii") or hard != resource.RLIM_INFINITY:
        pytest.skip("this machine lays its dumps elsewhere")
    left = fallen(tmp_path / "untold", "pass")
    assert any(PLANTED in path.read_bytes() for path in left)
