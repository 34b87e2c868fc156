"""The door: who are you? One question, Enter answers it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.bench import Bench
from app.ui.screens.sign_in.view_model import SignInModel
from app.ui.widgets.banner import Banner


class SignInView(QWidget):
    """Account, password, a button; errors appear above them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._model = SignInModel(bench)
        panel = QFrame(self)
        panel.setObjectName("panel")
        panel.setFixedWidth(420)
        self._title = QLabel(self.tr("Sign in"), panel)
        self._title.setObjectName("title")
        self._hint = QLabel(panel)
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        self.account = self._field(panel, self.tr("Account"))
        self.password = self._field(panel, self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = QPushButton(self.tr("Sign in  ⏎"), panel)
        self.button.setObjectName("next")
        self.button.setAccessibleName(self.tr("Sign in"))
        self.banner = Banner(bench.language, bench.theme.colours["fail"], panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(32, 28, 32, 32)
        column.setSpacing(8)
        for widget in (self._title, self._hint, self.banner):
            column.addWidget(widget)
        for word, field in ((self.tr("Account"), self.account), (self.tr("Password"), self.password)):
            label = QLabel(word, panel)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addSpacing(8)
        column.addWidget(self.button)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        self.button.clicked.connect(self._submit)
        self.account.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._submit)
        self._model.waiting.connect(self._waiting)
        self._model.refused.connect(self.banner.show_error)
        self._describe(bench)

    @staticmethod
    def _field(panel: QWidget, name: str) -> QLineEdit:
        field = QLineEdit(panel)
        field.setAccessibleName(name)
        return field

    def _describe(self, bench: Bench) -> None:
        self.account.setText(self._model.last_account)
        if bench.trainee is not None:
            self.password.setText(bench.trainee[1])
            self._hint.setText(self.tr("Training mode: the training account is filled in. Press Enter."))
        elif self._model.is_new:
            self._title.setText(self.tr("First account"))
            self._hint.setText(
                self.tr("This machine is new. Choose the administrator's account and a password of at least 8 characters.")
            )
        else:
            self._hint.setText(self.tr("Your own account; it is written into every photo."))
        (self.password if self.account.text() else self.account).setFocus()

    def _submit(self) -> None:
        self.banner.hide()
        self._model.sign_in(self.account.text().strip(), self.password.text())

    def _waiting(self, waiting: bool) -> None:
        for widget in (self.account, self.password, self.button):
            widget.setEnabled(not waiting)
        self.button.setText(self.tr("Signing in…") if waiting else self.tr("Sign in  ⏎"))

    def enter_open_station(self) -> None:
        """免登录: nobody is asked."""
        self._model.enter()

    def clear(self) -> None:
        """Nobody's password stays in a field."""
        self.password.clear()
