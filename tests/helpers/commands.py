"""A command of the program as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def jingchuang(*arguments: object, text: str = "") -> subprocess.CompletedProcess[str]:
    """``text`` is typed in answer to its questions."""
    command = [sys.executable, "-m", "app", "--language", "zh_CN", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), input=text, capture_output=True, text=True, timeout=120, check=False
    )
