"""The words and signs of the trail, shared by its list and its detail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon

from app.domain.judgement import Verdict
from app.domain.trail import StationKind, StationPass, TrailEntry
from app.ui.words import icon, verdict_icon, verdict_word

GOOD = (Verdict.PASS, Verdict.WARN)


def pending_word() -> str:
    """待检."""
    return QCoreApplication.translate("Trail", "Pending")


def entry_word(entry: TrailEntry, verdict: Verdict | None = None) -> str:
    """The verdict in force, or a former one of the same entry."""
    shown = entry.verdict if verdict is None else verdict
    return pending_word() if shown is Verdict.UNKNOWN and entry.pending else verdict_word(shown)


def entry_icon(entry: TrailEntry, colours: Mapping[str, str]) -> QIcon:
    """A green tick, a red cross, or a clock while it is 待检."""
    if entry.pending and entry.verdict is Verdict.UNKNOWN:
        return icon("mdi6.clock-outline", colours["warn"])
    if entry.verdict in GOOD:
        return icon("mdi6.check-circle", colours["pass"])
    return verdict_icon(entry.verdict, colours[entry.verdict.value])


def station_verdict(stage: StationPass, pending: bool) -> str:
    """One station's result; the library's, and the issue that waits for it, are 待检 until it has answered."""
    waits = stage.kind in (StationKind.BACKEND, StationKind.ISSUE) and stage.verdict is Verdict.UNKNOWN
    return pending_word() if waits and pending else verdict_word(stage.verdict)


def department_words(entry: TrailEntry) -> str:
    """所属部门 of the strategy and the station's name."""
    return " · ".join(part for part in (entry.draft.department, entry.draft.station.station_name) if part)


def second_words(entry: TrailEntry, time: datetime | None) -> str:
    """A time of the entry to the second, on the workstation's own clock."""
    return "—" if time is None else f"{time.astimezone(entry.recorded.tzinfo):%Y-%m-%d %H:%M:%S}"
