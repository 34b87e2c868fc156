"""审计: who did what to whose data and when; whether the log is whole; the log as a signed file. For the auditor alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.config.texts import audit_word
from app.domain.audit import DONE, AuditEntry, AuditEvent, AuditFault, AuditFinding, AuditQuery, AuditReport
from app.ui.bench import Bench
from app.ui.screens.audit.view_model import AuditModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable

_DAYS = 30


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())


class AuditView(QWidget):
    """A search above, the rows below, the answer of the check beneath them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = AuditModel(bench)
        self.since, self.until = QDateEdit(self), QDateEdit(self)
        self.account = QLineEdit(self)
        self.what = QComboBox(self)
        self._fill_search()
        self.search = KeyButton(self.tr("Search"), "F5", self)
        self.search.setObjectName("next")
        heads = (
            self.tr("Time"),
            self.tr("Account"),
            self.tr("Terminal"),
            self.tr("Event"),
            self.tr("ID number"),
            self.tr("Record"),
            self.tr("Detail"),
            self.tr("Result"),
        )
        self.table = WordTable(heads, self.tr("Audit log"), self)
        self.state = QLabel(self)
        self.state.setObjectName("heading")
        self.state.setWordWrap(True)
        self.older = KeyButton(self.tr("Older rows"), "F6", self)
        self.verify = KeyButton(self.tr("Check the log"), "F8", self)
        self.export = KeyButton(self.tr("Export signed"), "F9", self)
        self._lay_out()
        self.search.clicked.connect(self._search)
        self.account.returnPressed.connect(self._search)
        self.older.clicked.connect(self.model.older)
        self.verify.clicked.connect(self._verify)
        self.export.clicked.connect(self._export)
        self.model.found.connect(self._show)
        self.model.verified.connect(self._show_report)
        self.model.exported.connect(self._show_exported)

    def _fill_search(self) -> None:
        today = QDate.currentDate()
        for field, day, name in (
            (self.since, today.addDays(-_DAYS), self.tr("From")),
            (self.until, today, self.tr("To")),
        ):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy-MM-dd")
            field.setDate(day)
            field.setAccessibleName(name)
        self.account.setAccessibleName(self.tr("Account"))
        self.account.setMaximumWidth(160)
        self.what.setAccessibleName(self.tr("Event"))
        self.what.addItem(self.tr("Every event"), "")
        for event in AuditEvent:
            self.what.addItem(audit_word(event.word, self._bench.language), event.word)

    def _lay_out(self) -> None:
        upper, lower = QHBoxLayout(), QHBoxLayout()
        words = (self.tr("From"), self.tr("To"), self.tr("Account"), self.tr("Event"))
        for word, field in zip(words, (self.since, self.until, self.account, self.what), strict=True):
            label = QLabel(word, self)
            label.setBuddy(field)
            upper.addWidget(label)
            upper.addWidget(field)
        upper.addStretch(1)
        upper.addWidget(self.search)
        lower.addWidget(self.state, 1)
        for button in (self.older, self.verify, self.export):
            lower.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper)
        column.addWidget(self.table, 1)
        column.addLayout(lower)

    def enter(self) -> None:
        """The screen is shown."""
        self._search()

    def _query(self) -> AuditQuery:
        return AuditQuery(
            since=_day(self.since),
            until=_day(self.until),
            account=self.account.text().strip(),
            event=str(self.what.currentData()),
        )

    def _search(self) -> None:
        self.model.search(self._query())

    def _show(self) -> None:
        self.table.show_rows([self._words(entry) for entry in self.model.entries])
        self.older.setEnabled(self.model.more)
        self.state.setText(self.tr("{0} rows").format(len(self.model.entries)))

    def _words(self, entry: AuditEntry) -> tuple[str, ...]:
        result = self.tr("done") if entry.result == DONE else entry.result
        when = entry.at[:19].replace("T", " ")
        event = audit_word(entry.event, self._bench.language)
        return when, entry.account, entry.terminal, event, entry.person, entry.record, entry.detail, result

    def _verify(self) -> None:
        self.state.setText(self.tr("Checking…"))
        self.model.verify()

    def _show_report(self, report: AuditReport) -> None:
        if not report.findings:
            text = self.tr("The log is whole: {0} rows, {1} signatures. The clock was set back {2} times.")
            self.state.setText(text.format(report.entries, report.anchors, report.clock_set_back))
            return
        places = "; ".join(self._place(finding) for finding in report.findings[:5])
        self.state.setText(self.tr("The log was tampered with, {0} places: {1}").format(len(report.findings), places))

    def _place(self, finding: AuditFinding) -> str:
        words = {
            AuditFault.EDITED: self.tr("row {0} changed"),
            AuditFault.DELETED: self.tr("row {0} removed"),
            AuditFault.REORDERED: self.tr("row {0} moved"),
            AuditFault.TRUNCATED: self.tr("row {0} cut off"),
            AuditFault.REWRITTEN: self.tr("row {0} is not the one that was signed"),
            AuditFault.CLOCK: self.tr("row {0}: time runs back"),
            AuditFault.ANCHOR: self.tr("signature at row {0} missing or foreign"),
            AuditFault.HEAD: self.tr("the mark beside the log is missing or altered"),
        }
        rows = str(finding.first) if finding.first == finding.last else f"{finding.first}-{finding.last}"
        return words[finding.fault].format(rows)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export signed"), "audit.csv", "CSV (*.csv)")
        if name:
            self.model.export(Path(name))

    def _show_exported(self, count: int) -> None:
        self.state.setText(self.tr("{0} rows exported, with a signature beside the file.").format(count))
