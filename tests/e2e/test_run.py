"""`jingchuang run --training` as a newcomer starts it: signs in, finds its camera, closes cleanly, leaves nobody behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import app.ui.main_window as frame
from app.bootstrap.window import run_window
from app.config.places import DataFolder
from app.ui.rehearsal import Rehearsal, wait_until

class Visitor(frame.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.visit)

    def visit(self):
        Rehearsal(self, lambda name: None).sign_in()
        wait_until("camera", lambda: self.bench.desk.camera.status.state.value == "ready")
        print("camera", self.bench.desk.camera.status.description.model)
        self.close()

import app.bootstrap.window
app.bootstrap.window.MainWindow = Visitor
code = run_window(DataFolder(Path(sys.argv[1])), training=True)
print("left", code)
sys.exit(code)
"""


def test_training_mode_opens_and_closes(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for _ in range(2):  # the second start finds the first one's data
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(tmp_path / "data")],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "camera D750" in done.stdout


def test_a_second_program_on_the_same_data_is_told_so(tmp_path: Path) -> None:
    from app.config.places import DataFolder
    from app.security.files import make_private_folder
    from app.store.lock import InstanceLock

    folder = DataFolder(tmp_path / "data")
    make_private_folder(folder.root)
    lock = InstanceLock(folder.lock)
    lock.acquire()
    command = [sys.executable, "-m", "app", "--language", "zh_CN", "run", "--training", "--data", str(folder.root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    lock.release()
    assert done.returncode == 2
    assert "STO-105" in done.stderr
