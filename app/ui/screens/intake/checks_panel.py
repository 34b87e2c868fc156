"""核对: everything that stands against accepting, the gravest first; what the officer must make sure of has its tick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.cases.matter import FindingKind
from app.domain.person import masked
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from app.ui.words import icon

_SIGNS = {
    "fail": "mdi6.close-circle",
    "warn": "mdi6.alert",
    "ask": "mdi6.account-question",
    "pass": "mdi6.check-circle",
}


@dataclass(frozen=True)
class Line:
    """``sign``: fail, warn, ask or pass. ``rule``, ``row``: of what can be ticked, "" = nothing to tick."""

    sign: str
    text: str
    source: str = ""
    rule: str = ""
    row: int = 0


class ChecksPanel(QScrollArea):
    """``made_sure``: rule, row, ticked."""

    made_sure = Signal(str, int, bool)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Checks"))
        self.lines: tuple[Line, ...] = ()
        self.ticks: list[QCheckBox] = []

    def show_sheet(self, sheet: Sheet) -> None:
        """Made anew only where the lines differ, so that a tick keeps the keyboard."""
        lines = tuple(self._lines(sheet))
        if lines != self.lines or self.widget() is None:
            self.lines = lines
            self._build()
        for tick in self.ticks:
            tick.blockSignals(True)
            tick.setChecked((tick.property("rule"), tick.property("row")) in sheet.sure)
            tick.blockSignals(False)

    def _lines(self, sheet: Sheet) -> Iterator[Line]:
        assessment, language = sheet.assessment, self._bench.language
        asking = {each.rule.id for each in assessment.asking}
        for finding in assessment.findings:
            if finding.blocks:
                yield Line("fail", finding.text, finding.source)
        if sheet.unreasoned:
            yield Line("fail", self.tr("Somebody was typed by hand and no reason is given."))
        for each in assessment.asking:
            row = f"{each.row}: " if each.row else ""
            yield Line("ask", row + each.rule.sentence(language), str(each.rule.source), each.rule.id, each.row)
        for finding in assessment.findings:
            if finding.kind is FindingKind.WARNING and finding.subject not in asking:
                yield Line("warn", finding.text, finding.source)
        for case in sheet.unfinished:
            words = self.tr("{0} {1} has an unfinished case of this matter: {2}")
            name, number = sheet.applicant()
            yield Line("warn", words.format(name, masked(number), case.number))
        if sheet.registers_silent:
            yield Line("warn", self.tr("The back end's registers do not answer: look at what they would have filled in."))
        if not assessment.blocked:
            yield Line("pass", self.tr("Form and mandatory materials are complete."))

    def _build(self) -> None:
        inner = QFrame(self)
        inner.setObjectName("panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        self.ticks = []
        for line in self.lines:
            column.addWidget(self._row(line, inner))
        column.addStretch(1)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(inner)

    def _row(self, line: Line, parent: QWidget) -> QWidget:
        row = QWidget(parent)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        sign = QLabel(row)
        token = "warn" if line.sign == "ask" else line.sign
        sign.setPixmap(icon(_SIGNS[line.sign], self._bench.theme.colours[token]).pixmap(24, 24))
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        text = QLabel(line.text, row)
        text.setWordWrap(True)
        words.addWidget(text)
        if line.source:
            source = QLabel(line.source, row)
            source.setObjectName("muted")
            words.addWidget(source)
        layout.addLayout(words, 1)
        if line.rule:
            layout.addWidget(self._tick(line, row), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _tick(self, line: Line, parent: QWidget) -> QCheckBox:
        tick = QCheckBox(self.tr("Made sure"), parent)
        tick.setAccessibleName(f"{tick.text()}: {line.text}")
        tick.setMinimumHeight(32)
        tick.setProperty("rule", line.rule)
        tick.setProperty("row", line.row)
        tick.toggled.connect(self._ticked)
        self.ticks.append(tick)
        return tick

    def _ticked(self, on: bool) -> None:
        sender = self.sender()
        if sender is not None:
            self.made_sure.emit(str(sender.property("rule")), int(sender.property("row")), on)
