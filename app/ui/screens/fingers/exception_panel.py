"""Why a finger is not taken, or taken below the score, and who else stands for it; beside the picture, never modal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.fingers import NextStep
from app.fingerprint.register import finger_name, reasons
from app.ui.bench import Bench
from app.ui.screens.fingers.view_model import ExceptionWish
from app.ui.widgets.buttons import KeyButton

_WIDTH = 320


class ExceptionPanel(QFrame):
    """``asked`` carries an ExceptionWish; what was filled in stays until it was granted."""

    asked = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self._language = language = bench.language
        self._accept = False
        self.title = QLabel(self)
        self.title.setObjectName("title")
        self.title.setWordWrap(True)
        self._words = QLabel(self)
        self._words.setObjectName("muted")
        self._words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self._words)
        self.reason = QComboBox(self)
        self.reason.addItem(self.tr("choose…"), "")
        for row in reasons():
            self.reason.addItem(row.name(language), row.id)
        self.note, self.account, self.password = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        named = (
            (self.tr("Reason"), self.reason),
            (self.tr("Note (needed for “other”)"), self.note),
            (self.tr("Second officer's account"), self.account),
            (self.tr("Second officer's password"), self.password),
        )
        for word, field in named:
            label = QLabel(word, self)
            label.setBuddy(field)
            field.setAccessibleName(word)
            column.addSpacing(4)
            column.addWidget(label)
            column.addWidget(field)
        self.confirm = KeyButton(self.tr("Both officers confirm"), "Return / Enter", self)
        self.confirm.clicked.connect(self._confirmed)
        if bench.second_trainee is not None:
            hint = QLabel(self.tr("Training mode: {0}, password {1}").format(*bench.second_trainee), self)
            hint.setObjectName("training")
            hint.setWordWrap(True)
            column.addWidget(hint)
        column.addSpacing(12)
        column.addWidget(self.confirm)
        column.addStretch(1)
        self.hide()

    def open(self, step: NextStep, *, accept: bool) -> None:
        """For the finger that is due."""
        if step.finger is None:
            return
        self._accept = accept
        finger = finger_name(step.finger, self._language)
        best = step.best.score if step.best is not None else 0
        if accept:
            self.title.setText(self.tr("Use the best press ({1}): {0}").format(finger, best))
            words = self.tr("Below this site's score. Reason and both officers are kept with the print.")
        else:
            self.title.setText(self.tr("Cannot be taken: {0}").format(finger))
            words = self.tr("The next finger is asked for then. Reason and both officers are kept.")
        self._words.setText(words)
        self.show()
        self.reason.setFocus()

    def wait(self, waiting: bool) -> None:
        """The password is being looked at."""
        for widget in (self.reason, self.note, self.account, self.password, self.confirm):
            widget.setEnabled(not waiting)
        self.confirm.set_words(self.tr("Checking…") if waiting else self.tr("Both officers confirm"))

    def try_again(self) -> None:
        """Refused: everything but the password stays."""
        self.password.clear()
        (self.password if self.reason.currentData() and self.account.text() else self.reason).setFocus()

    def clear(self) -> None:
        """Granted, or not wanted any more."""
        self.hide()
        self.reason.setCurrentIndex(0)
        for field in (self.note, self.account, self.password):
            field.clear()

    def _confirmed(self) -> None:
        self.asked.emit(
            ExceptionWish(
                self._accept,
                str(self.reason.currentData()),
                self.note.text(),
                self.account.text().strip(),
                self.password.text(),
            )
        )
