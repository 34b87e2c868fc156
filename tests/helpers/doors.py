"""A data folder with one account and its door, and a clock anybody may set."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from app.config.places import DataFolder
from app.config.settings import Settings, Value
from app.desk.accounts import Accounts
from app.desk.door import Door, Proof
from app.desk.gate import NO_PROOF
from app.domain.errors import NotAllowed
from app.domain.records import Officer, Role
from app.security.keyring import DataKey
from app.store.store import Store
from helpers.stores import CHEAP, new_key

WRONG = "Wrong-2026"


class Hands:
    """A clock whose time of day anybody may set, and whose seconds since the start nobody may."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=8)))
        self.seconds = 10_000.0

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self.seconds += seconds


class Place:
    """A data folder with the account zhang, and its door."""

    def __init__(self, root: Path, **settings: Value) -> None:
        self.folder, self.clock = DataFolder(root), Hands()
        self.key: DataKey = new_key(self.folder)
        self.settings = Settings.of({f"security.{name}": value for name, value in settings.items()})
        self.store = Store.open(self.folder, self.key, self.clock)
        self.store.put_account(Officer("zhang", "张某", Role.ADMINISTRATOR), enabled=True)
        self.store.audit.sit("zhang", lambda: "T0001")

    @property
    def door(self) -> Door:
        """Of a program that has just been started."""
        return Door(self.folder, self.settings, self.clock)

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.folder, self.settings, self.clock, self.store, self.key, CHEAP)

    def try_(self, password: str = WRONG, account: str = "zhang", proof: Proof = NO_PROOF) -> str:
        """The refusal's code, "" for none."""
        try:
            door = self.door
            door.admit(self.store, door.try_password(account, password), proof)
        except NotAllowed as refusal:
            return refusal.code
        return ""
