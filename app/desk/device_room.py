"""Everything about devices that a window offers, together: the roster, the shift check, the terminal, the diagnosis."""

from __future__ import annotations

from dataclasses import dataclass

from app.desk.diagnosis import Diagnosis
from app.desk.finder import FinderDesk
from app.desk.roster import DeviceRoster
from app.desk.shift import ShiftDesk
from app.desk.terminal import TerminalDesk


@dataclass(frozen=True)
class DeviceRoom:
    """Handed to the device panel as one."""

    roster: DeviceRoster
    shift: ShiftDesk
    terminal: TerminalDesk
    diagnosis: Diagnosis
    finder: FinderDesk
