"""The accounts of training mode, from their data file: who signs in, and who stands in for the second officer."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from app.config.places import RESOURCES, DataFolder
from app.domain.records import Officer, Role
from app.security import keyring
from app.security.keyring import DataKey
from app.store.store import Store


@dataclass(frozen=True)
class TrainingAccount:
    """Shown on the sign-in screen of training mode; opens simulated data only."""

    account: str
    name: str
    password: str
    second_account: str
    second_name: str
    second_password: str
    backend_account: str
    backend_password: str


def training_account() -> TrainingAccount:
    """The account of the data file."""
    with (RESOURCES / "training" / "station.toml").open("rb") as file:
        return TrainingAccount(**tomllib.load(file))


def make_second_officer(folder: DataFolder, store: Store, key: DataKey) -> None:
    """Once a training folder: nobody should need a colleague to try what two officers must confirm."""
    account = training_account()
    if store.account(account.second_account) is not None:
        return
    if account.second_account not in keyring.accounts(folder.keyring):
        keyring.add_slot(folder.keyring, key, account.second_account, account.second_password)
    store.put_account(Officer(account.second_account, account.second_name, Role.OPERATOR), enabled=True)
