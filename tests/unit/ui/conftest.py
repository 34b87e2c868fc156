"""Qt offscreen for the window tests; a Qt warning nobody announced fails the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.ui.application import make_application
from app.ui.bridge.settled_memory import let_go
from app.ui.theme import Theme

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
