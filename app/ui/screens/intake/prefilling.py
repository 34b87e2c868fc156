"""What is known of an applicant before anybody types: earlier cases on this disk, the back end's registers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.intake.prefill import known_of
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet


class Prefilling(QObject):
    """GUI thread. ``known``: Sheet and Known; ``registered``: Sheet and field → text; ``silent``: Sheet, nobody answered.

    The registers are asked once for a number on a sheet, however often the checks are looked at.
    """

    known = Signal(object, object)
    registered = Signal(object, object)
    silent = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench

    def ask(self, sheet: Sheet) -> None:
        """For the applicant as typed; nothing without a number."""
        number, matter = sheet.applicant()[1], sheet.matter
        if not number:
            return
        cases = self._bench.desk.intake.cases
        self._bench.ask(
            lambda: known_of(cases, number, matter.code, matter.form), lambda known: self.known.emit(sheet, known)
        )
        if sheet.asked_about != number:
            sheet.asked_about, sheet.registers_silent = number, False
            registers = self._bench.desk.registers
            self._bench.ask(
                lambda: registers.ask(matter, number),
                lambda texts: self._answered(sheet, number, texts),
                lambda error: self._refused(sheet, number, error),
            )

    def _answered(self, sheet: Sheet, number: str, texts: dict[str, str]) -> None:
        """Not for somebody who has been typed over meanwhile."""
        if sheet.asked_about == number:
            self.registered.emit(sheet, texts)

    def _refused(self, sheet: Sheet, number: str, error: Coded) -> None:
        """Told at the checks, not across the form: everything can be typed. The next look asks again."""
        if sheet.asked_about == number:
            sheet.asked_about, sheet.registers_silent = "", True
            self.silent.emit(sheet)
