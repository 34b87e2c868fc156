"""签到叫号: on the left who signs in, on the right who waits, is called, missed the call or came back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.queue import segments
from app.domain.person import masked
from app.domain.queueing import Visit, VisitEvent, VisitState, in_turn
from app.printing.tickets import masked_name
from app.ui.bench import Bench
from app.ui.screens.queue.sign_in_panel import SignInPanel
from app.ui.screens.queue.view_model import QueueModel
from app.ui.screens.queue.words import SIGNS, state_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable
from app.ui.words import icon

_REFRESH_MS = 30_000  # [9556]: whether a photo has come is looked at every half minute
_LEFT_PX = 400
_STATE_COLUMN = 1


class QueueView(QWidget):
    """``begun`` carries the Visit whose matter is taken at this window now. Names are masked: the list stays open."""

    begun = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = QueueModel(bench)
        self.sign_in = SignInPanel(bench, self)
        self.sign_in.setFixedWidth(_LEFT_PX)
        self.chosen = {
            segment.id: QCheckBox(f"{segment.prefix} {segment.name(bench.language)}", self)
            for segment in segments().values()
        }
        self.now = QLabel(self)
        self.now.setObjectName("title")
        self.now.setWordWrap(True)
        heads = (
            self.tr("Number"),
            self.tr("State"),
            self.tr("Before it"),
            self.tr("Name"),
            self.tr("ID number"),
            self.tr("Business"),
            self.tr("Signed in"),
            self.tr("Calls"),
        )
        self.table = WordTable(heads, self.tr("Queue of today"), self)
        self.call = KeyButton(self.tr("Call the next"), "F6", self)
        self.call.setObjectName("next")
        self.again = KeyButton(self.tr("Call again"), "F7", self)
        self.missed = KeyButton(self.tr("No-show"), "F8", self)
        self.back = KeyButton(self.tr("Came back"), "F9", self)
        self.gone = KeyButton(self.tr("Gone"), "Ctrl+D", self)
        self.copy = KeyButton(self.tr("Reprint"), "Ctrl+P", self)
        self.begin = KeyButton(self.tr("Take the matter"), "F2", self)
        self._shown: tuple[Visit, ...] = ()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        which = QHBoxLayout()
        which.addWidget(QLabel(self.tr("This window calls"), self))
        for box in self.chosen.values():
            box.setChecked(True)
            box.setMinimumHeight(32)
            which.addWidget(box)
        which.addStretch(1)
        lower = QHBoxLayout()
        for button in (self.again, self.missed, self.back, self.gone, self.copy, self.begin):
            lower.addWidget(button)
        lower.addStretch(1)
        upper = QHBoxLayout()
        upper.addWidget(self.now, 1)
        upper.addWidget(self.call)
        right = QVBoxLayout()
        right.addLayout(which)
        right.addLayout(upper)
        right.addWidget(self.table, 1)
        right.addLayout(lower)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sign_in)
        row.addLayout(right, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)

    def _connect(self) -> None:
        self.sign_in.wanted.connect(self.model.sign_in)
        self.model.signed_in.connect(self.sign_in.show_done)
        self.model.begun.connect(self.begun)
        self.model.changed.connect(self._show)
        self.table.row_changed.connect(lambda _: self._offer())
        self.call.clicked.connect(lambda: self.model.call_next(self._segments()))
        self.copy.clicked.connect(self._copy)
        for button, event in (
            (self.again, VisitEvent.CALL),
            (self.missed, VisitEvent.MISS),
            (self.back, VisitEvent.RETURN),
            (self.gone, VisitEvent.LEAVE),
            (self.begin, VisitEvent.BEGIN),
        ):
            button.clicked.connect(lambda _=False, event=event: self._step(event))

    def enter(self) -> None:
        """The screen is shown."""
        self.model.refresh()
        self._timer.start()

    def _refresh(self) -> None:
        if self.isVisible() and self._bench.opened is not None:
            self.model.refresh()
        else:
            self._timer.stop()

    def _segments(self) -> frozenset[str]:
        return frozenset(name for name, box in self.chosen.items() if box.isChecked())

    def _visit(self) -> Visit | None:
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _step(self, event: VisitEvent) -> None:
        visit = self._visit()
        if visit is not None and self.model.may(visit, event):
            self.model.step(visit, event)

    def _copy(self) -> None:
        visit = self._visit()
        if visit is not None:
            self.model.reprint(visit)

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        """First who was called, then who waits in their order, then everybody else."""
        kept, visits = self._visit(), self.model.visits
        order = in_turn(visits, segments())
        called = sorted((v for v in visits if v.state is VisitState.CALLED), key=lambda v: v.updated, reverse=True)
        others = [v for v in visits if v.state not in (VisitState.CALLED, VisitState.WAITING)]
        self._shown = (*called, *order, *reversed(others))
        places = {visit.id: str(number) for number, visit in enumerate(order)}
        colours = self._bench.theme.colours
        signs = [
            (row, _STATE_COLUMN, icon(SIGNS[visit.state][0], colours[SIGNS[visit.state][1]]))
            for row, visit in enumerate(self._shown)
        ]
        self.table.show_rows([self._words(visit, places.get(visit.id, "")) for visit in self._shown], signs)
        at = next((row for row, visit in enumerate(self._shown) if kept is not None and visit.id == kept.id), 0)
        if self._shown:
            self.table.selectRow(0 if self.model.called is not None and kept is None else at)
        self._show_called()
        self._offer()

    def _words(self, visit: Visit, place: str) -> tuple[str, ...]:
        who = visit.applicant
        name, number = masked_name(who.name), masked(who.id_number)
        if visit.state is VisitState.CALLED:
            name, number = who.name, who.id_number  # at the window: the officer compares them
        times = str(visit.calls) if visit.calls else ""
        return visit.number, state_word(visit.state), place, name, number, visit.business, f"{visit.signed_in:%H:%M}", times

    def _show_called(self) -> None:
        called, waiting = self.model.called, len(in_turn(self.model.visits, segments()))
        if called is None:
            self.now.setText(self.tr("Nobody is called. {0} waiting.").format(waiting))
        else:
            words = self.tr("{0} is called: {1}. {2} waiting.")
            self.now.setText(words.format(called.number, called.applicant.name, waiting))

    def _offer(self) -> None:
        visit, model = self._visit(), self.model
        self.again.setEnabled(model.may(visit, VisitEvent.CALL))
        self.missed.setEnabled(model.may(visit, VisitEvent.MISS))
        self.back.setEnabled(model.may(visit, VisitEvent.RETURN))
        self.gone.setEnabled(model.may(visit, VisitEvent.LEAVE))
        self.begin.setEnabled(model.may(visit, VisitEvent.BEGIN))
        self.copy.setEnabled(visit is not None and not model.busy)
        self.call.setEnabled(not model.busy)
        self.sign_in.begin.setEnabled(not model.busy)
