"""Every device's state, the shift check, the export: what blocks is asked off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.config.texts import Coded
from app.desk.roster import RosterRow
from app.domain.shift import CheckAnswer, ShiftCheck
from app.ui.bench import Bench

_LOOK_MS = 1000


class DevicesModel(QObject):
    """``rows_known`` every second while the screen is shown, and after each action."""

    rows_known = Signal()
    shift_known = Signal()
    signed = Signal(object)  # ShiftCheck
    exported = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.rows: tuple[RosterRow, ...] = ()
        self.testing: set[str] = set()
        self.due = False
        self.last_check: ShiftCheck | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, shown: bool) -> None:
        """Look while somebody looks."""
        if shown:
            self._timer.start()
            self.look()
            self.ask_shift()
        else:
            self._timer.stop()

    def look(self) -> None:
        """What the supervisors know; asks no device, so it may be read here."""
        if self._bench.opened is None:
            self._timer.stop()
            return
        self.rows = self._bench.desk.devices.roster.rows()
        self.rows_known.emit()

    def row(self, kind: str) -> RosterRow | None:
        """One line, None when there is none."""
        return next((row for row in self.rows if row.kind.id == kind), None)

    def test(self, kind: str) -> None:
        """Self-test of one device."""
        if kind in self.testing:
            return
        roster = self._bench.desk.devices.roster
        self.testing.add(kind)
        self.rows_known.emit()
        self._bench.ask(lambda: roster.self_test(kind), lambda _: self._tested(kind), lambda e: self._not_done(kind, e))

    def reconnect(self, kind: str) -> None:
        """Another try, now."""
        if kind in self.testing:
            return
        roster = self._bench.desk.devices.roster
        self.testing.add(kind)
        self.rows_known.emit()
        self._bench.ask(lambda: roster.reconnect(kind), lambda _: self._tested(kind), lambda e: self._not_done(kind, e))

    def _tested(self, kind: str) -> None:
        self.testing.discard(kind)
        self.look()

    def _not_done(self, kind: str, error: Coded) -> None:
        self._bench.refused.emit(error)
        self._tested(kind)

    # -- the shift check -------------------------------------------------------------------------------

    def ask_shift(self) -> None:
        """Whether a check is due, and the last one."""
        shift = self._bench.desk.devices.shift
        self._bench.ask(lambda: (shift.due(), shift.last()), self._shift_answered)

    def _shift_answered(self, answer: tuple[bool, ShiftCheck | None]) -> None:
        self.due, self.last_check = answer
        self.shift_known.emit()

    def sign(self, answers: tuple[CheckAnswer, ...]) -> None:
        """Sign and keep; a refusal goes to the banner and loses nothing."""
        shift = self._bench.desk.devices.shift
        self._bench.ask(lambda: shift.sign(answers), self._signed)

    def _signed(self, check: ShiftCheck) -> None:
        self.signed.emit(check)
        self.ask_shift()

    # -- the export ------------------------------------------------------------------------------------

    def export_name(self) -> str:
        """The file's name as it is offered."""
        return self._bench.desk.devices.diagnosis.file_name()

    def export(self, path: Path) -> None:
        """Write the diagnosis."""
        diagnosis = self._bench.desk.devices.diagnosis

        def write() -> str:
            diagnosis.write(path)
            return str(path)

        self._bench.ask(write, self.exported.emit)
