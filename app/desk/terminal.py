"""This terminal as the platform sees it: one report made of the roster, the machine and the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import __version__
from app.config.clock import Clock
from app.config.settings import Settings
from app.desk.machine import memory, storage
from app.desk.roster import DeviceRoster, RosterRow
from app.domain.terminal import DeviceReport, Health, Supply, TerminalReport, Thresholds, report_document
from app.sync.heartbeat import HeartbeatLoop, HeartbeatState
from devices.ports.errors import PaperOut
from devices.ports.standing import DeviceState

_HEALTH = {
    DeviceState.ABSENT: Health.ABSENT,
    DeviceState.PRESENT: Health.UNKNOWN,
    DeviceState.OPENING: Health.UNKNOWN,
    DeviceState.READY: Health.NORMAL,
    DeviceState.BUSY: Health.NORMAL,
    DeviceState.FAULT: Health.FAULT,
    DeviceState.BLOCKED: Health.BLOCKED,
}
_SUPPLIES = {"ready": Supply.OK, "near_end": Supply.LOW, "paper_end": Supply.OUT}
_FIELDS = ("printer", "thermal_printer", "camera", "card_reader", "fingerprint", "scanner")


def thresholds(settings: Settings) -> Thresholds:
    """As the settings say now."""
    return Thresholds(settings.number("terminal.memory_low"), settings.number("terminal.storage_low"))


def device_report(row: RosterRow) -> DeviceReport:
    """One device's health: what its last self-test found wrong is wrong although its worker is well."""
    if row.standing is None:
        return DeviceReport(Health.NONE)
    error = row.standing.error
    if row.standing.usable and row.test is not None and row.test.result.passed is False:
        error = row.test.result.error
        return DeviceReport(Health.FAULT, error.code if error is not None else "")
    return DeviceReport(_HEALTH[row.standing.state], error.code if error is not None else "")


def paper_of(row: RosterRow | None) -> Supply:
    """From the printer's own last word; everything else is not known."""
    if row is None or row.test is None or row.standing is None or not row.standing.usable:
        return Supply.UNKNOWN
    if isinstance(row.test.result.error, PaperOut):
        return Supply.OUT
    return _SUPPLIES.get(row.test.result.seen, Supply.UNKNOWN)


class TerminalDesk:
    """Thread: any; ``document`` asks the receipt printer and may block for some seconds."""

    def __init__(self, roster: DeviceRoster, settings: Settings, data: Path, clock: Clock) -> None:
        self._roster = roster
        self._settings = settings
        self._data = data
        self._clock = clock
        self._loop: HeartbeatLoop | None = None

    def report_by(self, loop: HeartbeatLoop) -> None:
        """Which loop reports; without one this terminal is not activated."""
        self._loop = loop

    @property
    def state(self) -> HeartbeatState | None:
        """How reporting stands; None when this terminal is not activated."""
        return self._loop.state if self._loop is not None else None

    def document(self, ask: Callable[[], None] | None = None) -> dict[str, Any]:
        """One report as it travels. ``ask`` replaces asking the printer (tests, diagnosis)."""
        (ask or self._ask_printers)()
        rows = {row.kind.field: row for row in self._roster.rows()}
        devices = {name: device_report(row) for name, row in rows.items()}
        devices = {**dict.fromkeys(_FIELDS, DeviceReport(Health.NONE)), **devices}
        memory_total, memory_free = memory()
        storage_total, storage_free = storage(self._data)
        report = TerminalReport(
            terminal=self._settings.text("station.terminal_number"),
            at=self._clock.now().isoformat(timespec="seconds"),
            version=__version__,
            devices=devices,
            paper=paper_of(rows.get("printer")),
            ink=Supply.UNKNOWN,
            thermal_paper=paper_of(rows.get("thermal_printer")),
            memory_total=memory_total,
            memory_free=memory_free,
            storage_total=storage_total,
            storage_free=storage_free,
            longitude=self._settings.text("terminal.longitude"),
            latitude=self._settings.text("terminal.latitude"),
        )
        return report_document(report, thresholds(self._settings))

    def _ask_printers(self) -> None:
        """Printers that are free; a question behind a print job would miss its deadline and cost the job."""
        for row in self._roster.rows():
            free = row.standing is not None and row.standing.state is DeviceState.READY
            if free and row.kind.self_test == "paper":
                self._roster.self_test(row.kind.id)
