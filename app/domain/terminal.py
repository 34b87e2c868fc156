"""What a terminal reports of itself to the terminal platform (终端监控), and when that is an alarm. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.domain.errors import BadInput


class Health(Enum):
    """Of one device, as the platform counts them."""

    NORMAL = "normal"
    FAULT = "fault"
    ABSENT = "absent"  # configured and not found
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    NONE = "none"  # this terminal has no such device


class Supply(Enum):
    """Paper (缺纸) or ink (缺墨). What cannot be told is never called out."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Thresholds:
    """Percent of the whole that must be free."""

    memory_low: int
    storage_low: int


@dataclass(frozen=True)
class DeviceReport:
    """One device: its health and the code of its error, "" for none."""

    health: Health
    code: str = ""


@dataclass(frozen=True)
class TerminalReport:
    """One heartbeat. Bytes; totals 0 = the machine does not tell. Nothing about any person."""

    terminal: str
    at: str
    version: str
    devices: Mapping[str, DeviceReport]  # by the requirement's fields: printer, card_reader, fingerprint, scanner …
    paper: Supply
    ink: Supply
    thermal_paper: Supply
    memory_total: int
    memory_free: int
    storage_total: int
    storage_free: int
    longitude: str = ""
    latitude: str = ""


def alarms(report: TerminalReport, limits: Thresholds) -> tuple[str, ...]:
    """The names of what must be looked after, in a fixed order."""
    found = [name for name, supply in _supplies(report) if supply is Supply.OUT]
    bad = (Health.FAULT, Health.ABSENT, Health.BLOCKED)
    found += [name for name, device in sorted(report.devices.items()) if device.health in bad]
    if _below(report.memory_free, report.memory_total, limits.memory_low):
        found.append("memory")
    if _below(report.storage_free, report.storage_total, limits.storage_low):
        found.append("storage")
    return tuple(found)


def _supplies(report: TerminalReport) -> tuple[tuple[str, Supply], ...]:
    return (("paper", report.paper), ("ink", report.ink), ("thermal_paper", report.thermal_paper))


def _below(free: int, total: int, percent: int) -> bool:
    return total > 0 and 100 * free < percent * total


def report_document(report: TerminalReport, limits: Thresholds) -> dict[str, Any]:
    """As it travels."""
    return {
        "terminal": report.terminal,
        "at": report.at,
        "version": report.version,
        "devices": {n: {"health": d.health.value, "code": d.code} for n, d in report.devices.items()},
        "paper": report.paper.value,
        "ink": report.ink.value,
        "thermal_paper": report.thermal_paper.value,
        "memory": {"total": report.memory_total, "free": report.memory_free},
        "storage": {"total": report.storage_total, "free": report.storage_free},
        "position": {"longitude": report.longitude, "latitude": report.latitude},
        "alarms": list(alarms(report, limits)),
    }


@dataclass(frozen=True)
class Registration:
    """机器注册: what the administrator fills in. ``contact`` is the duty post's, not a private one."""

    name: str
    mac: str
    department: str
    contact: str
    longitude: str = ""
    latitude: str = ""


def require_registration(registration: Registration) -> None:
    """Raises BadInput TRM-103, naming the field, for what is missing, too long or cannot be printed."""
    for field in ("name", "mac", "department"):
        if not getattr(registration, field).strip():
            raise BadInput("TRM-103", field=field)
    for field, value in vars(registration).items():
        if len(value) > 80 or not value.isprintable():
            raise BadInput("TRM-103", field=field)
