"""临期与统计: what presses, and the requirement's figures of day, week and month on one page."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QVBoxLayout, QWidget

from app.desk.casework import Overview, Span
from app.domain.cases.metrics import CaseMetrics
from app.ui.bench import Bench
from app.ui.screens.cases.bars import Bar, BarChart
from app.ui.screens.cases.words import deadline_words, subject_of, urgency_icon
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable

_DAYS = 14
_FIGURE_PX, _HEAD_PX = 28, 42
_SPANS = 3


class FiguresPage(QWidget):
    """``case_wanted`` carries the id of a pressing case to be opened in the list."""

    case_wanted = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.overview: Overview | None = None
        self.heading = QLabel(self)
        self.heading.setObjectName("heading")
        heads = (self.tr("Time limit"), self.tr("Number"), self.tr("Matter"), self.tr("Name"), self.tr("State"))
        self.pressing = WordTable(heads, self.tr("Due soon and overdue"), self)
        spans = (self.tr("Figure"), self.tr("Today"), self.tr("Seven days"), self.tr("This month"))
        self.figures = WordTable(spans, self.tr("Figures"), self)
        self.figures.verticalHeader().setDefaultSectionSize(_FIGURE_PX)
        self.figures.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.figures.setMaximumHeight(_HEAD_PX + _FIGURE_PX * len(self._names()))
        words = (self.tr("submitted"), self.tr("answered of these"), self.tr("late"))
        self.chart = BarChart(bench.theme.colours, words, self)
        self.chart.setAccessibleName(self.tr("Cases of the last days"))
        self.open_button = KeyButton(self.tr("Open the case"), "Return", self)
        self.open_button.setObjectName("next")
        self.refresh_button = KeyButton(self.tr("Refresh"), "F5", self)
        self._lay_out()
        self.open_button.clicked.connect(self._open)
        self.refresh_button.clicked.connect(self.enter)
        self.pressing.itemDoubleClicked.connect(self._open)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.heading)
        left.addWidget(self.pressing, 1)
        right = QVBoxLayout()
        title = QLabel(self.tr("Cases submitted in the span, as they stand now"), self)
        title.setObjectName("heading")
        right.addWidget(title)
        right.addWidget(self.figures, 3)
        days = QLabel(self.tr("The last {0} days").format(_DAYS), self)
        days.setObjectName("heading")
        right.addWidget(days)
        right.addWidget(self.chart, 1)
        middle = QHBoxLayout()
        middle.addLayout(left, 1)
        middle.addLayout(right, 1)
        note = QLabel(self.tr("Handling time is calendar time from submission to answer."), self)
        note.setObjectName("muted")
        lower = QHBoxLayout()
        lower.addWidget(self.refresh_button)
        lower.addWidget(note, 1)
        lower.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(middle, 1)
        column.addLayout(lower)

    def enter(self) -> None:
        """The page is shown: counted anew."""
        desk = self._bench.desk.casework
        self._bench.ask(lambda: desk.overview(_DAYS), self._show)

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self, overview: Overview) -> None:
        if self._bench.opened is None:
            return
        self.overview = overview
        desk, language = self._bench.desk.casework, self._bench.language
        rows = []
        for row in overview.pressing:
            state = desk.flow.states[row.case.state].words.in_language(language)
            name, _ = subject_of(row.case)
            limit = deadline_words(row.case, row.urgency)
            rows.append((limit, row.case.number, row.matter, name, state))
        colours = self._bench.theme.colours
        signs = [(n, 0, urgency_icon(row.urgency, colours)) for n, row in enumerate(overview.pressing)]
        self.pressing.show_rows(rows, signs)
        words = self.tr("Due soon and overdue: {0}").format(len(rows))
        self.heading.setText(words if rows else self.tr("Nothing is due soon or overdue."))
        self.open_button.setEnabled(bool(rows))
        spans = (overview.day, overview.week, overview.month)
        columns = [self._figures(span.figures) for span in spans]
        names = self._names()
        self.figures.show_rows([(name, *(column[n] for column in columns)) for n, name in enumerate(names)])
        self.chart.show_bars(tuple(_bar(span) for span in overview.days))

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Submitted"),
            self.tr("Answered"),
            self.tr("Open"),
            self.tr("Overdue, open"),
            self.tr("Share answered"),
            self.tr("Answered in time"),
            self.tr("Share overdue"),
            self.tr("Papers asked for"),
            self.tr("Mean handling time"),
        )

    def _figures(self, figures: CaseMetrics) -> tuple[str, ...]:
        return (
            str(figures.submitted),
            str(figures.answered),
            str(figures.open),
            str(figures.overdue),
            _share(figures.answered_rate),
            _share(figures.in_time_rate),
            _share(figures.overdue_rate),
            _share(figures.sent_back_rate),
            self._duration(figures.mean_handling),
        )

    def _duration(self, span: timedelta | None) -> str:
        if span is None:
            return "—"
        hours = span.total_seconds() / 3600
        if hours < 1:
            return self.tr("{0} min").format(f"{60 * hours:.0f}")
        return self.tr("{0} h").format(f"{hours:.1f}") if hours < 48 else self.tr("{0} days").format(f"{hours / 24:.1f}")

    def _open(self) -> None:
        row = self.pressing.currentRow()
        if self.overview is not None and 0 <= row < len(self.overview.pressing):
            self.case_wanted.emit(self.overview.pressing[row].case.id)


def _share(value: float | None) -> str:
    """Per cent, a dash where nothing was counted."""
    return "—" if value is None else f"{100 * value:.1f} %"


def _bar(span: Span) -> Bar:
    figures = span.figures
    late = figures.answered_late
    return Bar(f"{span.first:%m-%d}", figures.submitted, figures.answered, late)
