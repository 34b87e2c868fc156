"""The kinds of devices a panel shows, as the data file says: name, icon, where the address stands, which self-test."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from app.config.places import RESOURCES
from app.config.settings import declarations


@dataclass(frozen=True)
class DeviceKind:
    """One row of ``resources/devices/kinds.toml``; ``id`` is the kind's name in the device registry."""

    id: str
    icon: str
    setting: str
    self_test: str
    field: str
    zh: str
    en: str

    def name(self, language: str) -> str:
        """What the officer calls it."""
        return self.zh if language.startswith("zh") else self.en


@cache
def every_kind() -> tuple[DeviceKind, ...]:
    """The whole file, in its order."""
    with (RESOURCES / "devices" / "kinds.toml").open("rb") as file:
        return tuple(DeviceKind(id=name, **row) for name, row in tomllib.load(file).items())


def kinds_in_use(drivable: frozenset[str]) -> tuple[DeviceKind, ...]:
    """Those with drivers in the registry and an address in the settings."""
    declared = {row.key for row in declarations()}
    return tuple(kind for kind in every_kind() if kind.id in drivable and kind.setting in declared)
