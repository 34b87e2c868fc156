"""Account and password to a desk, off the GUI thread; the first account on a new machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.ui.bench import Bench

if TYPE_CHECKING:
    from app.desk.desk import Desk


class SignInModel(QObject):
    """``waiting`` while the password is tried (slow on purpose)."""

    waiting = Signal(bool)
    refused = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench

    @property
    def is_new(self) -> bool:
        """A machine without any account: the fields make the first one."""
        return self._bench.gate.is_new

    @property
    def last_account(self) -> str:
        """Filled in beforehand."""
        return self._bench.trainee[0] if self._bench.trainee else self._bench.settings.text("window.last_account")

    def sign_in(self, account: str, password: str) -> None:
        """Try to sign in; ``Bench.desk_opened`` follows, or ``refused``."""
        gate, settings = self._bench.gate, self._bench.settings
        is_new, training = gate.is_new, self._bench.trainee is not None
        self.waiting.emit(True)

        def question() -> Desk:
            if is_new:
                gate.create_first_account(account, account, password)
            desk = gate.sign_in(account, password)
            if not training and settings.text("window.last_account") != account:
                settings.change("window.last_account", account)
            return desk

        self._bench.ask(question, self._opened, self._refused)

    def enter(self) -> None:
        """免登录: the station is configured to open by itself."""
        self.waiting.emit(True)
        self._bench.ask(self._bench.gate.enter, self._opened, self._refused)

    def _opened(self, desk: Desk) -> None:
        self.waiting.emit(False)
        self._bench.take_desk(desk)

    def _refused(self, error: Coded) -> None:
        self.waiting.emit(False)
        self.refused.emit(error)
