"""The door: who are you? One question, Enter answers it; a second one where the first is not enough."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.config.texts import Coded
from app.desk.second_factor import Enrolment
from app.domain.errors import BadInput
from app.ui.bench import Bench
from app.ui.screens.sign_in.view_model import SignInModel
from app.ui.widgets.banner import Banner
from app.ui.widgets.door_panel import DoorPanel

_QR_PX = 180
_LETTERS = 4  # of a secret, at a time
_STILL_PROVING = {"AUT-107", "AUT-108", "AUT-109"}


class SignInView(QWidget):
    """Account, password, a button; errors appear above them, a new password and a token's code below when wanted."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._model = SignInModel(bench)
        self._panel = panel = DoorPanel(self)
        self._title = QLabel(self.tr("Sign in"), panel)
        self._title.setObjectName("title")
        self._hint = QLabel(panel)
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        self.account = self._field(panel, self.tr("Account"))
        self.password = self._hidden_field(panel, self.tr("Password"))
        self.new = self._hidden_field(panel, self.tr("New password"))
        self.again = self._hidden_field(panel, self.tr("New password again"))
        self.code = self._field(panel, self.tr("Code of the token"))
        self.code.setMaxLength(6)
        self.token, self.secret = QLabel(panel), QLabel(panel)
        self.token.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.token.setMinimumHeight(_QR_PX)
        self.secret.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(self.tr("Sign in  ⏎"), panel)
        self.button.setObjectName("next")
        self.button.setAccessibleName(self.tr("Sign in"))
        self.banner = Banner(bench.language, bench.theme.colours["fail"], panel)
        self._lay_out(panel)
        self._join()
        self._describe(bench)

    def _lay_out(self, panel: DoorPanel) -> None:
        column = panel.column
        for widget in (self._title, self._hint, self.banner):
            column.addWidget(widget)
        self._asked_first = (*self._labelled(column, self.account), *self._labelled(column, self.password))
        self._changing = (*self._labelled(column, self.new), *self._labelled(column, self.again))
        column.addWidget(self.token)
        column.addWidget(self.secret)
        self._proving = self._labelled(column, self.code)
        self._show_only_password()
        column.addSpacing(8)
        column.addWidget(self.button)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)

    def _join(self) -> None:
        self.button.clicked.connect(self._submit)
        self.account.returnPressed.connect(self.password.setFocus)
        self.new.returnPressed.connect(self.again.setFocus)
        for field in (self.password, self.again, self.code):
            field.returnPressed.connect(self._submit)
        self._model.waiting.connect(self._waiting)
        self._model.refused.connect(self._refused)
        self._model.change_wanted.connect(self._ask_for_change)
        self._model.code_wanted.connect(self._ask_for_code)
        self._model.enrolment.connect(self._show_enrolment)

    @staticmethod
    def _field(panel: QWidget, name: str) -> QLineEdit:
        field = QLineEdit(panel)
        field.setAccessibleName(name)
        return field

    def _hidden_field(self, panel: QWidget, name: str) -> QLineEdit:
        field = self._field(panel, name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    @staticmethod
    def _labelled(column: QVBoxLayout, field: QLineEdit) -> tuple[QWidget, QWidget]:
        label = QLabel(field.accessibleName(), field.parentWidget())
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        return label, field

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

    # -- what is asked besides -------------------------------------------------------------------------

    def _show_only_password(self) -> None:
        for widget in (*self._changing, *self._proving, self.token, self.secret):
            widget.hide()
        for widget in self._asked_first:
            widget.show()
        self._panel.shrink()

    def _refused(self, error: Coded) -> None:
        if error.code not in _STILL_PROVING:
            for widget in self._asked_first:
                widget.show()
        self.banner.show_error(error)
        self._panel.fit()

    def _ask_for_change(self) -> None:
        for widget in self._changing:
            widget.show()
        self.new.setFocus()

    def _ask_for_code(self) -> None:
        for widget in self._proving:
            widget.show()
        self.code.clear()
        self.code.setFocus()

    def _show_enrolment(self, enrolment: Enrolment) -> None:
        """The secret, this once: as a picture for a token that takes one, as letters for one that is typed into."""
        picture = QPixmap()
        picture.loadFromData(enrolment.qr())
        self.token.setPixmap(picture.scaledToWidth(_QR_PX))
        letters = enrolment.secret
        self.secret.setText(" ".join(letters[at : at + _LETTERS] for at in range(0, len(letters), _LETTERS)))
        self.token.show()
        self.secret.show()
        for widget in (*self._asked_first, *self._changing):  # there is no room for all of it
            widget.hide()
        self._ask_for_code()
        self._panel.fit()

    # -- answering -------------------------------------------------------------------------------------

    def _submit(self) -> None:
        self.banner.hide()
        if self.new.text() != self.again.text():
            self.banner.show_error(BadInput("AUT-115"))
            return
        self._model.sign_in(self.account.text().strip(), self.password.text(), self.code.text().strip(), self.new.text())

    def _waiting(self, waiting: bool) -> None:
        for widget in (self.account, self.password, self.new, self.again, self.code, self.button):
            widget.setEnabled(not waiting)
        self.button.setText(self.tr("Signing in…") if waiting else self.tr("Sign in  ⏎"))

    def enter_open_station(self) -> None:
        """免登录: nobody is asked."""
        self._model.enter()

    def clear(self) -> None:
        """Nobody's password stays in a field, and nobody's secret on the screen."""
        for field in (self.password, self.new, self.again, self.code):
            field.clear()
        self.token.clear()
        self.secret.clear()
        self._show_only_password()
