"""Account and password to a desk, off the GUI thread; the first account on a new machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.desk.door import Proof
from app.desk.second_factor import Enrolment
from app.ui.bench import Bench

if TYPE_CHECKING:
    from app.desk.desk import Desk


class SignInModel(QObject):
    """``waiting`` while the password is tried (slow on purpose)."""

    waiting = Signal(bool)
    refused = Signal(object)
    change_wanted = Signal()  # the password was right and must be changed first
    code_wanted = Signal()
    enrolment = Signal(object)  # a new token's secret, to be shown

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._account = ""
        self._enrolment: Enrolment | None = None

    @property
    def is_new(self) -> bool:
        """A machine without any account: the fields make the first one."""
        return self._bench.gate.is_new

    @property
    def last_account(self) -> str:
        """Filled in beforehand."""
        return self._bench.trainee[0] if self._bench.trainee else self._bench.settings.text("window.last_account")

    def sign_in(self, account: str, password: str, code: str = "", new: str = "") -> None:
        """Try to sign in; ``Bench.desk_opened`` follows, or ``refused``. ``new``: the next password, "" to keep it."""
        gate, settings = self._bench.gate, self._bench.settings
        is_new, training = gate.is_new, self._bench.trainee is not None
        enrolment = self._enrolment if self._enrolment is not None and self._enrolment.account == account else None
        self.waiting.emit(True)

        def question() -> Desk:
            if is_new:
                gate.create_first_account(account, account, password)
            desk = gate.sign_in(account, password, Proof(code, new, enrolment))
            if not training and settings.text("window.last_account") != account:
                settings.change("window.last_account", account)
            return desk

        self._account = account
        self._bench.ask(question, self._opened, self._refused)

    def enter(self) -> None:
        """免登录: the station is configured to open by itself."""
        self.waiting.emit(True)
        self._bench.ask(self._bench.gate.enter, self._opened, self._refused)

    def _opened(self, desk: Desk) -> None:
        self._enrolment = None
        self.waiting.emit(False)
        self._bench.take_desk(desk)

    def _refused(self, error: Coded) -> None:
        self.waiting.emit(False)
        if error.code == "AUT-106":
            self.change_wanted.emit()
        if error.code in {"AUT-107", "AUT-108"}:
            self.code_wanted.emit()
        if error.code == "AUT-109":
            self._enrolment = Enrolment.new(self._account)
            self.enrolment.emit(self._enrolment)
        self.refused.emit(error)
