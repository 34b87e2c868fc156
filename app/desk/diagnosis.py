"""诊断导出: what a technician needs, in one zip, and nothing about any person.

Taken in by name, never by exclusion: device standings and facts, self-tests, the report to the platform, versions, the
findings of ``doctor`` and the settings of the groups named here. Free text of drivers and folder names are left out.
"""

from __future__ import annotations

import io
import json
import platform
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app import __version__
from app.config.clock import Clock
from app.config.settings import Settings, declarations
from app.desk.roster import DeviceRoster, RosterRow
from app.desk.terminal import TerminalDesk
from app.security.files import write_private

_GROUPS = ("camera", "printer", "devices", "terminal")
# Where a device stands: the driver's name and the part after a folder are not the technician's business.
_OPEN_DRIVERS = ("gphoto", "uvc", "escpos", "sdt", "sane", "escl", "ef01", "livescan", "mrz", "sim", "cups", "ipp")


def safe_address(address: str) -> str:
    """The address without folders of the user and without options."""
    driver, _, where = address.partition(":")
    where = where.partition("?")[0]
    return f"{driver}:{where}" if driver in _OPEN_DRIVERS and "/home/" not in where else f"{driver}:…"


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at is not None else ""


def row_document(row: RosterRow) -> dict[str, Any]:
    """One device, for the zip and for ``jingchuang devices --json``."""
    standing, test = row.standing, row.test
    answer: dict[str, Any] = {"kind": row.kind.id, "address": safe_address(row.address), "facts": dict(row.facts)}
    if standing is not None:
        answer |= {
            "state": standing.state.value,
            "lasting": standing.lasting,
            "error": standing.error.code if standing.error is not None else "",
            "last_success": _moment(standing.last_success),
            "last_error": standing.last_error.code if standing.last_error is not None else "",
            "last_error_at": _moment(standing.last_error_at),
            "restarts": standing.restarts,
        }
    if test is not None:
        answer["self_test"] = {
            "passed": test.result.passed,
            "error": test.result.error.code if test.result.error is not None else "",
            "at": _moment(test.at),
        }
    return answer


class Diagnosis:
    """``findings``: what doctor sees, as rows of id, good, seen. Thread: any; takes some seconds."""

    def __init__(
        self,
        roster: DeviceRoster,
        terminal: TerminalDesk,
        settings: Settings,
        findings: Callable[[], list[Mapping[str, Any]]],
        clock: Clock,
    ) -> None:
        self._roster = roster
        self._terminal = terminal
        self._settings = settings
        self._findings = findings
        self._clock = clock

    def file_name(self) -> str:
        """A name that sorts by time."""
        return f"jingchuang-diagnosis-{self._clock.now():%Y%m%d-%H%M%S}.zip"

    def export(self) -> bytes:
        """The zip. Devices are not asked anew: it shows what has happened."""
        parts = {
            "devices.json": [row_document(row) for row in self._roster.rows()],
            "terminal.json": self._terminal.document(lambda: None),
            "doctor.json": self._findings(),
            "settings.json": self._settings_document(),
            "system.json": {
                "program": __version__,
                "python": platform.python_version(),
                "system": f"{platform.system()} {platform.release()}",
                "machine": platform.machine(),
                "bits": 64 if sys.maxsize > 2**32 else 32,
                "made": _moment(self._clock.now()),
            },
        }
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        return target.getvalue()

    def write(self, path: Path) -> None:
        """To the place the officer chose. Raises StoreFault STO-1…."""
        write_private(path, self.export())

    def _settings_document(self) -> dict[str, Any]:
        chosen = {row.key: self._settings.value(row.key) for row in declarations() if row.group in _GROUPS}
        return {k: safe_address(str(v)) if k.endswith(".address") and v else v for k, v in chosen.items()}
