"""The second officer's signature for doubtful pages: account and password, in the window itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.bench import Bench


class SignBar(QFrame):
    """``signed`` carries account and password."""

    signed = Signal(str, str)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.account, self.password = QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for line, word in (
            (self.account, self.tr("Second officer's account")),
            (self.password, self.tr("Second officer's password")),
        ):
            line.setAccessibleName(word)
            line.setPlaceholderText(word)
        self.go = QPushButton(self.tr("Sign"), self)
        self.drop = QPushButton(self.tr("Not now"), self)
        row = QHBoxLayout()
        for widget in (self.account, self.password, self.go, self.drop):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        words = QLabel(self.tr("The second officer has seen the doubtful pages and takes them as they are."), self)
        words.setWordWrap(True)
        column.addWidget(words)
        column.addLayout(row)
        if bench.second_trainee is not None:
            hint = QLabel(self.tr("Training mode: {0}, password {1}").format(*bench.second_trainee), self)
            hint.setObjectName("training")
            column.addWidget(hint)
        self.password.returnPressed.connect(self._go)
        self.go.clicked.connect(self._go)
        self.drop.clicked.connect(self.clear)
        self.hide()

    def open(self) -> None:
        """Both officers stand here."""
        self.show()
        self.account.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing of it stays."""
        self.account.clear()
        self.password.clear()
        self.hide()

    def _go(self) -> None:
        account, password = self.account.text().strip(), self.password.text()
        if account and password:
            self.clear()
            self.signed.emit(account, password)
