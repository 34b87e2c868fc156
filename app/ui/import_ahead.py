"""Imports the screens' modules one by one while the sign-in window waits, so that their first opening does not."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from PySide6.QtCore import QObject, QTimer

from app.ui import screens
from app.ui.bench import Bench

_GROUND = "app.desk.desk"
_PAUSE_MS = 15
_AFTER_MS = 300


def screen_modules() -> Iterator[str]:
    """Every module of every screen, by name."""
    return (found.name for found in walk_packages(screens.__path__, f"{screens.__name__}."))


class ImportAhead(QObject):
    """First what the screens stand on, off the GUI thread; then one screen's module a turn of the event loop, on it."""

    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self._left = screen_modules()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._next)
        self._bench = bench
        QTimer.singleShot(_AFTER_MS, self, self._begin)

    def _begin(self) -> None:
        """The window is on the screen by now; its first picture must not wait for this."""
        self._bench.ask(lambda: import_module(_GROUND).__name__, lambda _: self._timer.start())

    def _next(self) -> None:
        name = next(self._left, None)
        if name is None:
            self._timer.stop()
        else:
            import_module(name)
