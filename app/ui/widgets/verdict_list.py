"""The checks of a photo as people read them: failures first, icon and word, what to do, the number behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.config.texts import advice, check_name, check_unit
from app.domain.judgement import CheckResult, QualityReport, Verdict
from app.ui.theme import Theme
from app.ui.words import verdict_icon, verdict_word


class VerdictList(QListWidget):
    """``picked`` tells which check is looked at (a CheckResult, or None)."""

    picked = Signal(object)

    def __init__(self, language: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._theme = theme
        self.setWordWrap(True)
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Checks"))
        self._checks: tuple[CheckResult, ...] = ()
        self.currentRowChanged.connect(self._moved)

    def show_report(self, report: QualityReport | None) -> None:
        """None empties the list."""
        self.clear()
        self._checks = report.shown() if report is not None else ()
        for result in self._checks:
            item = QListWidgetItem(
                verdict_icon(result.verdict, self._theme.colours[result.verdict.value]), self._line(result)
            )
            item.setToolTip(self._number(result))
            self.addItem(item)

    def _line(self, result: CheckResult) -> str:
        name = check_name(result.measurement.id, self._language)
        tip = advice(result.advice, self._language)
        if result.verdict is Verdict.PASS or not tip:
            return f"{name}  {verdict_word(result.verdict)}"
        return f"{name}\n{tip}"

    def _number(self, result: CheckResult) -> str:
        measured, limit = result.measurement, result.limit
        value = "—" if measured.value is None else f"{measured.value:.4g}"
        low = "…" if limit.low is None else f"{limit.low:g}"
        high = "…" if limit.high is None else f"{limit.high:g}"
        return f"{value} {check_unit(measured.unit, self._language)}  [{low} – {high}]"

    def _moved(self, row: int) -> None:
        self.picked.emit(self._checks[row] if 0 <= row < len(self._checks) else None)
