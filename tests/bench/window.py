"""Cold start to the sign-in window beside the barest PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row, row

_RUNS = 5

_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import app.ui.main_window as m
shown = m.MainWindow.showEvent
def leave(self, event):
    shown(self, event)
    QTimer.singleShot(0, QApplication.quit)
m.MainWindow.showEvent = leave
from app.bootstrap.window import run_window
from app.config.places import DataFolder
sys.exit(run_window(DataFolder(Path(sys.argv[1])), training=False))
"""
_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("x")
label.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""


def _run(script: str, folder: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).resolve().parents[2]
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", script, folder], cwd=root, env=environment, check=True, timeout=60, capture_output=True
    )
    return time.perf_counter() - begun


def measure() -> Iterator[Row]:
    """Whole processes, from exec to the shown window and out again."""
    with tempfile.TemporaryDirectory() as folder:
        _run(_OURS, folder)
        _run(_BARE, folder)
        pairs = [(_run(_OURS, folder), _run(_BARE, folder)) for _ in range(_RUNS)]
    ours, bare = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    yield row("cold start to the sign-in window", ours, "ms", "a bare PySide6 window in a process of its own", bare)
