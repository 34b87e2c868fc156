"""The queue of the day as a list that is read again, and every step of it, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.desk.hall import SignedIn
from app.domain.queueing import SignIn, Visit, VisitEvent, VisitState, events_of
from app.ui.bench import Bench


class QueueModel(QObject):
    """``changed`` after every look; ``signed_in`` carries a SignedIn; ``begun`` the Visit that came to this window."""

    changed = Signal()
    signed_in = Signal(object)
    begun = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.visits: tuple[Visit, ...] = ()
        self.busy = False
        bench.desk_closed.connect(self._empty)

    def _empty(self) -> None:
        """Signed out: nobody's data stays in memory."""
        self.visits, self.busy = (), False

    @property
    def called(self) -> Visit | None:
        """Who was called last and is not served yet."""
        called = [visit for visit in self.visits if visit.state is VisitState.CALLED]
        return max(called, key=lambda visit: visit.updated, default=None)

    def may(self, visit: Visit | None, event: VisitEvent) -> bool:
        """Whether this step is offered for this number."""
        return visit is not None and not self.busy and event in events_of(visit.state)

    def refresh(self) -> None:
        """Read again."""
        self._bench.ask(self._bench.desk.hall.today, self._answer)

    def _answer(self, visits: tuple[Visit, ...]) -> None:
        if self._bench.opened is not None:
            self.visits = visits
            self.changed.emit()

    def sign_in(self, wanted: SignIn) -> None:
        """Once, however often the key is pressed."""
        if self.busy:
            return
        self._set_busy(True)
        hall = self._bench.desk.hall
        self._bench.ask(lambda: hall.sign_in(wanted), self._signed_in, self._failed)

    def _signed_in(self, done: SignedIn) -> None:
        self._set_busy(False)
        self.signed_in.emit(done)
        if done.fault is not None:
            self._bench.refused.emit(done.fault)
        self.refresh()

    def call_next(self, chosen: frozenset[str]) -> None:
        """叫号."""
        hall = self._bench.desk.hall
        self._step(lambda: hall.call_next(chosen))

    def step(self, visit: Visit, event: VisitEvent) -> None:
        """One step of one number."""
        hall = self._bench.desk.hall
        self._step(lambda: hall.step(visit, event))

    def _step(self, work: Callable[[], Visit]) -> None:
        if self.busy:
            return
        self._set_busy(True)
        self._bench.ask(work, self._stepped, self._failed)

    def _stepped(self, visit: Visit) -> None:
        self._set_busy(False)
        if visit.state is VisitState.SERVED:
            self.begun.emit(visit)
        self.refresh()

    def reprint(self, visit: Visit) -> None:
        """补打."""
        if self.busy:
            return
        self._set_busy(True)
        hall = self._bench.desk.hall
        self._bench.ask(lambda: hall.reprint(visit), lambda _: self._set_busy(False), self._failed)

    def _failed(self, error: Coded) -> None:
        self._set_busy(False)
        self._bench.refused.emit(error)
        self.refresh()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()
