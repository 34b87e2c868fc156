"""Joins the desk of photo standards: for a signed-in officer, and for an administrator on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from app.config.clock import Clock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.place import DeskPlace
from app.desk.standards import StandardsDesk
from app.domain.audit import AuditLog
from app.domain.records import Officer
from app.photo.standards import StandardsFolder, StandardsInForce
from app.photo.strategies import StrategyShelf
from app.security.keyring import DataKey
from app.security.signing import SigningKeys


@dataclass(frozen=True)
class StandardShelves:
    """The files of a data folder: standards, what is in force, and the strategies that name them."""

    folder: StandardsFolder
    in_force: StandardsInForce
    strategies: StrategyShelf


def standard_shelves(folder: DataFolder, clock: Clock) -> StandardShelves:
    """Read once. Raises BadInput STD-101, STD-102 when a shipped file is damaged."""
    standards = StandardsFolder(folder.standards)
    in_force = StandardsInForce(standards, clock)
    return StandardShelves(standards, in_force, StrategyShelf(folder.strategies, in_force.ids))


def standards_desk(
    folder: DataFolder, shelves: StandardShelves, place: DeskPlace, key: DataKey, audit: AuditLog
) -> StandardsDesk:
    """The desk signs with the key it is handed a way to, and never holds the data key."""
    keys = SigningKeys(folder.root)
    return StandardsDesk(
        shelves.folder,
        shelves.in_force,
        keys,
        lambda: keys.own(key),
        lambda: shelves.strategies.look().strategies,
        place,
        audit,
    )


def officers_standards(
    folder: DataFolder, settings: Settings, officer: Officer, key: DataKey, clock: Clock, language: str, audit: AuditLog
) -> StandardsDesk:
    """The desk alone, for one step of the command line."""
    shelves = standard_shelves(folder, clock)
    place = DeskPlace(officer, False, language, settings, shelves.in_force.today)
    return standards_desk(folder, shelves, place, key, audit)
