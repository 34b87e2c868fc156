"""Qt offscreen for the window tests; a Qt warning nobody announced fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QFileDialog

from app.ui.application import make_application
from app.ui.bridge.settled_memory import let_go
from app.ui.theme import Theme
from helpers.pictures import portrait_jpeg

# The offscreen platform cannot move windows and says so each time.
_ALLOWED = ("This plugin does not support propagateSizeHints()",)


@pytest.fixture
def application() -> Iterator[QApplication]:
    made = make_application("zh_CN", Theme.load("light"))
    warnings: list[str] = []

    def heard(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and message not in _ALLOWED:
            warnings.append(message)

    before = qInstallMessageHandler(heard)
    yield made
    for widget in made.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    let_go()
    qInstallMessageHandler(before)
    assert not warnings, warnings


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the file dialog will be answered with."""
    path = tmp_path / "结婚证.jpg"
    path.write_bytes(portrait_jpeg(width=300, height=400))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    return path
