"""打印: every ticket and receipt, how it stands, and what to do about the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.domain.errors import WorkstationError
from app.domain.printing import PrintJob, PrintJobEvent, PrintJobState, PrintKind
from app.ui.bench import Bench
from app.ui.screens.printing.view_model import PrintingModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable
from app.ui.words import icon, print_advice

_REFRESH_MS = 2000
_SIGNS = {
    PrintJobState.QUEUED: ("mdi6.clock-outline", "unknown"),
    PrintJobState.SENT: ("mdi6.help-circle-outline", "warn"),
    PrintJobState.CONFIRMED: ("mdi6.check-circle", "pass"),
    PrintJobState.FAILED: ("mdi6.close-circle", "fail"),
    PrintJobState.EXPIRED: ("mdi6.minus-circle-outline", "unknown"),
}
_STATE_COLUMN = 3


class PrintingView(QWidget):
    """Refreshes itself while it is shown."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = PrintingModel(bench)
        heads = (
            self.tr("What"), self.tr("Of"), self.tr("Copy"), self.tr("State"), self.tr("Since"), self.tr("Why"),
        )  # fmt: skip
        self.table = WordTable(heads, self.tr("Print jobs"), self)
        self._advice = QLabel(self)
        self._advice.setObjectName("heading")
        self._advice.setWordWrap(True)
        self.on_paper = KeyButton(self.tr("It is on paper"), "Y", self)
        self.not_on_paper = KeyButton(self.tr("It is not on paper"), "N", self)
        self.withdraw = KeyButton(self.tr("Not wanted any more"), "Delete", self)
        self.copy = KeyButton(self.tr("Print a copy"), "F5", self)
        self.copy.setObjectName("next")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self.on_paper.clicked.connect(self._seen)
        self.not_on_paper.clicked.connect(self._not_seen)
        self.withdraw.clicked.connect(self._withdraw)
        self.copy.clicked.connect(self._copy)
        self.table.row_changed.connect(self._show_chosen)
        self.model.changed.connect(self._show)

    def _lay_out(self) -> None:
        lower = QHBoxLayout()
        for button in (self.withdraw, self.not_on_paper, self.on_paper):
            lower.addWidget(button)
        lower.addStretch(1)
        lower.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._advice)
        column.addLayout(lower)

    def enter(self) -> None:
        """The screen is shown."""
        self.model.refresh()
        self._timer.start()

    def _refresh(self) -> None:
        if self.isVisible() and self._bench.opened is not None:
            self.model.refresh()
        else:
            self._timer.stop()

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.table.show_rows([self._words(job) for job in self.model.jobs])
        for row, job in enumerate(self.model.jobs):
            name, token = _SIGNS[job.state]
            self.table.set_sign(row, _STATE_COLUMN, icon(name, self._bench.theme.colours[token]))
        self._show_chosen(self.table.currentRow())

    def _words(self, job: PrintJob) -> tuple[str, ...]:
        kinds = {
            PrintKind.RECEIPT: self.tr("Receipt"),
            PrintKind.QUEUE_TICKET: self.tr("Queue ticket"),
            PrintKind.PAYMENT_NOTICE: self.tr("Payment notice"),
            PrintKind.ACCEPTANCE_RECEIPT: self.tr("Receipt of acceptance"),
            PrintKind.DOCUMENT: self.tr("Document (A4)"),
        }
        copy = self.tr("Copy {0}").format(job.copy_number) if job.copy_number else self.tr("First print")
        why = error_text(WorkstationError(job.error), self._bench.language).what if job.error else ""
        when = f"{job.updated.astimezone():%m-%d %H:%M:%S}"
        return kinds[job.kind], job.subject[-12:], copy, self._state_word(job.state), when, why

    def _state_word(self, state: PrintJobState) -> str:
        words = {
            PrintJobState.QUEUED: self.tr("Waits for the printer"),
            PrintJobState.SENT: self.tr("Sent, not confirmed"),
            PrintJobState.CONFIRMED: self.tr("Printed"),
            PrintJobState.FAILED: self.tr("Failed"),
            PrintJobState.EXPIRED: self.tr("Never printed"),
        }
        return words[state]

    def _show_chosen(self, row: int) -> None:
        job = self._job(row)
        for button, event in (
            (self.on_paper, PrintJobEvent.SEEN_ON_PAPER),
            (self.not_on_paper, PrintJobEvent.NOT_ON_PAPER),
            (self.withdraw, PrintJobEvent.WITHDRAWN),
        ):
            button.setEnabled(job is not None and self.model.may(job, event))
        self.copy.setEnabled(job is not None and self.model.may_copy(job))
        self._advice.setText("" if job is None else self._advice_for(job))

    def _advice_for(self, job: PrintJob) -> str:
        if self.model.busy:
            return self.tr("Waiting for the printer…")
        return print_advice(job.state)

    def _job(self, row: int) -> PrintJob | None:
        return self.model.jobs[row] if 0 <= row < len(self.model.jobs) else None

    # -- doing -----------------------------------------------------------------------------------------

    def _seen(self) -> None:
        if (job := self._job(self.table.currentRow())) is not None:
            self.model.looked(job, on_paper=True)

    def _not_seen(self) -> None:
        if (job := self._job(self.table.currentRow())) is not None:
            self.model.looked(job, on_paper=False)

    def _withdraw(self) -> None:
        if (job := self._job(self.table.currentRow())) is not None:
            self.model.withdraw(job)

    def _copy(self) -> None:
        if (job := self._job(self.table.currentRow())) is not None:
            self.model.copy(job)
