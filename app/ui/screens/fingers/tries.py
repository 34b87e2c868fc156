"""Every press of the enrolment with every score it got, the newest on top; the chosen one is shown large."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.fingers import Enrolment, FingerAttempt
from app.ui.screens.fingers.progress import try_stand
from app.ui.screens.fingers.words import TRY_ICONS, try_words
from app.ui.theme import Theme
from app.ui.words import icon


class TriesList(QListWidget):
    """``chosen`` carries a FingerAttempt, only when the officer chose it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._attempts: tuple[FingerAttempt, ...] = ()
        self.setObjectName("entries")
        self.setAccessibleName(self.tr("Presses"))
        self.setIconSize(QSize(22, 22))
        self.setWordWrap(True)
        self.currentRowChanged.connect(self._chosen)

    def show_tries(self, enrolment: Enrolment) -> None:
        """Replace all lines; the newest one is marked."""
        self.blockSignals(True)
        self.clear()
        self._attempts = tuple(reversed(enrolment.attempts))
        for attempt in self._attempts:
            name, token = TRY_ICONS[try_stand(enrolment, attempt)]
            sign = icon(name, self._theme.colours[token])
            self.addItem(QListWidgetItem(sign, try_words(enrolment, attempt, self._language)))
        self.setCurrentRow(0 if self._attempts else -1)
        self.blockSignals(False)

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self._attempts):
            self.chosen.emit(self._attempts[row])
