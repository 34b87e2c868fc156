"""Accounts on the screen: listed, made, given a role, locked out and in again; and the table of rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.domain.permissions import PermissionTable
from app.domain.records import Officer, Role
from app.domain.rights import Room
from app.ui.bench import Bench

_LETTERS = {"read": "r", "write": "w", "export": "x"}


class AccountsModel(QObject):
    """GUI thread. ``changed``: look at everything again; ``done`` carries what was done, by its word."""

    changed = Signal()
    done = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.accounts: tuple[tuple[Officer, bool], ...] = ()
        self.table = PermissionTable({})
        self.busy = False
        bench.desk_closed.connect(self.forget)

    def forget(self) -> None:
        """Nothing stays after signing out."""
        self.accounts, self.table, self.busy = (), PermissionTable({}), False

    def refresh(self) -> None:
        """Who there is, and what each role may do."""
        desk = self._bench.desk
        self._ask(lambda: (desk.accounts.listed(), desk.permissions.table()), self._known)

    def _known(self, found: tuple[tuple[tuple[Officer, bool], ...], PermissionTable]) -> None:
        self.accounts, self.table = found
        self.changed.emit()

    def add(self, officer: Officer, password: str) -> None:
        """A further account; its owner changes the password first."""
        desk = self._bench.desk.accounts
        self._do("added", lambda: desk.add(officer, password))

    def reset(self, account: str, password: str) -> None:
        """A new password, to be changed at the next sign-in."""
        desk = self._bench.desk.accounts
        self._do("reset", lambda: desk.reset(account, password))

    def unlock(self, account: str) -> None:
        """Before its time is over."""
        desk = self._bench.desk.accounts
        self._do("unlocked", lambda: desk.unlock(account))

    def disable(self, account: str) -> None:
        """Its password opens nothing any more."""
        desk = self._bench.desk.accounts
        self._do("disabled", lambda: desk.disable(account))

    def enable(self, account: str, password: str) -> None:
        """Again, with a new password."""
        desk = self._bench.desk.accounts
        self._do("enabled", lambda: desk.enable(account, password))

    def grant(self, account: str, role: Role) -> None:
        """From its next sign-in on."""
        desk = self._bench.desk.accounts
        self._do("granted", lambda: desk.grant(account, role))

    def let_go(self, account: str) -> None:
        """From its machine."""
        desk = self._bench.desk.accounts
        self._do("unbound", lambda: desk.let_go(account))

    def put_rights(self, role: Role, room: Room, rights: frozenset[str]) -> None:
        """Of one role in one room; ``rights``: read, write, export."""
        desk = self._bench.desk.permissions
        letters = "".join(letter for word, letter in _LETTERS.items() if word in rights)
        self._do("rights", lambda: desk.put(desk.table().with_rights(role, room, letters)))

    def _do(self, word: str, step: Callable[[], object]) -> None:
        def done(_: object) -> None:
            self.done.emit(word)
            self.refresh()

        self._ask(step, done)

    def _ask(self, question: Callable[[], Any], answer: Callable[[Any], object]) -> None:
        if self.busy:
            return
        self.busy = True

        def answered(given: object) -> None:
            self.busy = False
            answer(given)

        def refused(error: Coded) -> None:
            self.busy = False
            self._bench.refused.emit(error)

        self._bench.ask(question, answered, refused)
