"""Who sits at the desk and how the place is set up: what every part of it needs to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.config.permissions import shipped_permissions
from app.config.settings import Settings
from app.domain.permissions import PermissionTable
from app.domain.photo_standard import PhotoStandard
from app.domain.records import Officer, Station
from app.domain.rights import Right, Room


@dataclass(frozen=True)
class DeskPlace:
    """Who sits here and how the place is set up."""

    officer: Officer
    training: bool
    language: str
    settings: Settings
    standards_today: Callable[[], tuple[PhotoStandard, ...]]
    permissions: PermissionTable | None = None  # None: the shipped one

    def may(self, room: Room, right: Right) -> bool:
        """Whether the officer's role may do that."""
        return (self.permissions or shipped_permissions()).allows(self.officer.role, room, right)

    @property
    def standards(self) -> tuple[PhotoStandard, ...]:
        """The photo standards in force at this moment; a session keeps those it began with."""
        return self.standards_today()

    def station(self) -> Station:
        """Who and where this workstation is, as the settings say now."""
        return station_of(self.settings, training=self.training)


def station_of(settings: Settings, *, training: bool) -> Station:
    """The station's identity for new records; training work says so in its source."""
    return Station(
        terminal_number=settings.text("station.terminal_number"),
        region_code=settings.text("station.region_code"),
        station_name=settings.text("station.name"),
        source="training" if training else "photo-station",
    )
