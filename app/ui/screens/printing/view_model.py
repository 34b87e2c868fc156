"""The print jobs as a list that is read again, and what an officer may do about one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.printing import TRANSITIONS, PrintJob, PrintJobEvent, PrintJobState
from app.ui.bench import Bench

# A copy is a new piece of paper: offered for what may already be on paper, not for what still waits.
_PRINTED_ONCE = (PrintJobState.SENT, PrintJobState.CONFIRMED, PrintJobState.FAILED)


class PrintingModel(QObject):
    """``changed`` after every look; ``busy`` while a printer is waited for."""

    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.jobs: tuple[PrintJob, ...] = ()
        self.busy = False

    def refresh(self) -> None:
        """Read again."""
        self._bench.ask(self._bench.desk.print_queue.recent, self._answer)

    def _answer(self, jobs: tuple[PrintJob, ...]) -> None:
        self.jobs = jobs
        self.changed.emit()

    def may(self, job: PrintJob, event: PrintJobEvent) -> bool:
        """Whether the job's state knows the event."""
        return (job.state, event) in TRANSITIONS

    def may_copy(self, job: PrintJob) -> bool:
        """补打."""
        return job.state in _PRINTED_ONCE and not self.busy

    def looked(self, job: PrintJob, *, on_paper: bool) -> None:
        """The officer looked at the paper."""
        queue = self._bench.desk.print_queue
        self._bench.ask(lambda: queue.looked(job, on_paper=on_paper), lambda _: self.refresh())

    def withdraw(self, job: PrintJob) -> None:
        """Not wanted any more."""
        queue = self._bench.desk.print_queue
        self._bench.ask(lambda: queue.withdraw(job), lambda _: self.refresh())

    def copy(self, job: PrintJob) -> None:
        """Another, numbered and marked 补打."""
        if self.busy:
            return
        desk = self._bench.desk
        self._set_busy(True)

        self._bench.ask(lambda: desk.reprints.again(job), lambda _: self._set_busy(False), self._failed)

    def _failed(self, error: object) -> None:
        self._set_busy(False)
        self._bench.refused.emit(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()
        if not busy and self._bench.opened is not None:
            self.refresh()
