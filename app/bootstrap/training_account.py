"""The account training mode signs in with, from its data file; it opens simulated data only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from app.config.places import RESOURCES
from app.domain.fees import FiscalAccount


@dataclass(frozen=True)
class TrainingAccount:
    """Shown on the sign-in screen of training mode; opens simulated data only."""

    account: str
    name: str
    password: str
    backend_account: str
    backend_password: str
    payment_unit: str
    payment_app_id: str
    payment_app_key: str

    @property
    def fiscal(self) -> FiscalAccount:
        """How training mode speaks to the embedded finance system."""
        return FiscalAccount(self.payment_unit, self.payment_app_id, self.payment_app_key)


def training_account() -> TrainingAccount:
    """The account of the data file."""
    with (RESOURCES / "training" / "station.toml").open("rb") as file:
        return TrainingAccount(**tomllib.load(file))
