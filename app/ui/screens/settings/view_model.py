"""Changes a setting; the declaration decides what is allowed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.config.settings import SettingDeclaration, declarations
from app.config.texts import Coded
from app.ui.bench import Bench


class SettingsModel(QObject):
    """``changed`` carries the key that was taken."""

    changed = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.shown: tuple[SettingDeclaration, ...] = tuple(d for d in declarations() if d.group not in self._hidden())

    def _hidden(self) -> frozenset[str]:
        """The rules of the door are the administrators'."""
        return self._bench.desk.setting_desk.hidden()

    def change(self, key: str, value: object) -> None:
        """A refusal goes to the banner, the former value stays."""
        settings = self._bench.settings
        if settings.value(key) == value:
            return
        desk = self._bench.desk.setting_desk

        def write() -> str:
            desk.change(key, value)
            return key

        self._bench.ask(write, self.changed.emit, self._refused)

    def _refused(self, error: Coded) -> None:
        self._bench.refused.emit(error)
        self.changed.emit("")
