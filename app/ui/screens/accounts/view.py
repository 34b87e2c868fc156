"""账号与权限: left who works here, right what is done to the one chosen, below the rights of every role in every room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.records import Officer, Role
from app.domain.rights import Right, Room
from app.ui.bench import Bench
from app.ui.screens.accounts.model import AccountsModel
from app.ui.screens.accounts.words import right_word, role_word, room_word
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.table import WordTable

_PANEL_PX = 400
_LETTERS = {Right.READ: "r", Right.WRITE: "w", Right.EXPORT: "x"}
# What the separation of the three administrators leaves to be granted.
_ROLES = tuple(role for role in Role if role is not Role.NONE)
_ROOMS = tuple(room for room in Room if room is not Room.DOOR)


class AccountsView(QWidget):
    """Whoever may not do a step is told so by the step itself: the table of rights decides, not the window."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = AccountsModel(bench)
        heads = (self.tr("Account"), self.tr("Name"), self.tr("Role"), self.tr("State"))
        self.table = WordTable(heads, self.tr("Accounts"), self)
        self.account, self.name, self.password = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = QComboBox(self)
        for role in Role:
            self.role.addItem(role_word(role), role)
        self.told = QLabel(self)
        self.told.setObjectName("heading")
        self.told.setWordWrap(True)
        self.add = KeyButton(self.tr("Add account"), "F3", self)
        self.reset = KeyButton(self.tr("New password"), "F4", self)
        self.grant = KeyButton(self.tr("Grant role"), "F6", self)
        self.unlock = KeyButton(self.tr("Unlock"), "F7", self)
        self.shut = KeyButton(self.tr("Disable"), "F8", self)
        self.let_go = KeyButton(self.tr("Let go of its machine"), "F9", self)
        self.rights = WordTable((self.tr("Role"), *map(room_word, _ROOMS)), self.tr("Rights"), self)
        self.of_role, self.of_room = QComboBox(self), QComboBox(self)
        for role in _ROLES:
            self.of_role.addItem(role_word(role), role)
        for room in _ROOMS:
            self.of_room.addItem(room_word(room), room)
        self.boxes = {right: QCheckBox(right_word(right), self) for right in Right}
        self.put = KeyButton(self.tr("Grant rights"), "F10", self)
        self._lay_out()
        self._connect()
        self._offer()

    def _lay_out(self) -> None:
        panel = QFrame(self)
        panel.setObjectName("panel")
        panel.setFixedWidth(_PANEL_PX)
        grid = QGridLayout(panel)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Account"), self.account),
            (self.tr("Name"), self.name),
            (self.tr("Initial password"), self.password),
            (self.tr("Role"), self.role),
        )
        for row, (word, field) in enumerate(fields):
            label = QLabel(word, panel)
            label.setBuddy(field)
            field.setAccessibleName(word)
            grid.addWidget(label, 2 * (row // 2), row % 2)
            grid.addWidget(field, 2 * (row // 2) + 1, row % 2)
        for number, button in enumerate((self.add, self.reset, self.grant, self.unlock, self.shut, self.let_go)):
            grid.addWidget(button, 8 + number // 2, number % 2)
        grid.addWidget(self.told, 11, 0, 1, 2)
        grid.setRowStretch(12, 1)
        upper = QHBoxLayout()
        upper.addWidget(self.table, 1)
        upper.addWidget(panel)
        granting = QHBoxLayout()
        for word, combo in ((self.tr("Role"), self.of_role), (self.tr("Room"), self.of_room)):
            label = QLabel(word, self)
            label.setBuddy(combo)
            combo.setAccessibleName(word)
            granting.addWidget(label)
            granting.addWidget(combo)
        for box in self.boxes.values():
            granting.addWidget(box)
        granting.addWidget(self.put)
        granting.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper, 2)
        column.addWidget(self.rights, 3)
        column.addLayout(granting)

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.done.connect(self._tell)
        self._bench.desk_closed.connect(self._forget)
        self.table.row_changed.connect(lambda _: self._chosen())
        self.rights.currentCellChanged.connect(lambda *_: self._cell_chosen())
        self.of_role.activated.connect(lambda _: self._show_boxes())
        self.of_room.activated.connect(lambda _: self._show_boxes())
        self.account.textChanged.connect(lambda _: self._offer())
        self.add.clicked.connect(self._add)
        self.reset.clicked.connect(lambda: model.reset(self._named(), self._password()))
        self.grant.clicked.connect(lambda: model.grant(self._named(), self.role.currentData()))
        self.unlock.clicked.connect(lambda: model.unlock(self._named()))
        self.shut.clicked.connect(self._shut)
        self.let_go.clicked.connect(lambda: model.let_go(self._named()))
        self.put.clicked.connect(self._put)

    def enter(self) -> None:
        """The screen is shown."""
        self.model.refresh()

    def _forget(self) -> None:
        for line in (self.account, self.name, self.password):
            line.clear()
        self.told.clear()
        self.table.show_rows([])
        self.rights.show_rows([])

    # -- accounts --------------------------------------------------------------------------------------

    def _named(self) -> str:
        return self.account.text().strip()

    def _password(self) -> str:
        """Once: nothing of it stays in the window."""
        text = self.password.text()
        self.password.clear()
        return text

    def _known(self) -> tuple[Officer, bool] | None:
        return next((each for each in self.model.accounts if each[0].account == self._named()), None)

    def _add(self) -> None:
        officer = Officer(self._named(), self.name.text().strip() or self._named(), self.role.currentData())
        self.model.add(officer, self._password())

    def _shut(self) -> None:
        known = self._known()
        if known is not None and known[1]:
            self.model.disable(known[0].account)
        elif known is not None:
            self.model.enable(known[0].account, self._password())

    def _chosen(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self.model.accounts):
            officer, _ = self.model.accounts[row]
            self.account.setText(officer.account)
            self.name.setText(officer.name)
            self.role.setCurrentIndex(self.role.findData(officer.role))
        self._offer()

    def _offer(self) -> None:
        known = self._known()
        self.add.setEnabled(known is None and bool(self._named()))
        enabled = known is not None and known[1]
        for button in (self.reset, self.grant, self.unlock, self.let_go):
            button.setEnabled(enabled)
        self.shut.setEnabled(known is not None)
        self.shut.set_words(self.tr("Enable") if known is not None and not known[1] else self.tr("Disable"))

    # -- rights ----------------------------------------------------------------------------------------

    def _cell_chosen(self) -> None:
        row, column = self.rights.currentRow(), self.rights.currentColumn()
        if row >= 0:
            self.of_role.setCurrentIndex(row)
        if column > 0:
            self.of_room.setCurrentIndex(column - 1)
        self._show_boxes()

    def _show_boxes(self) -> None:
        letters = self.model.table.letters(self.of_role.currentData(), self.of_room.currentData())
        for right, box in self.boxes.items():
            box.setChecked(_LETTERS[right] in letters)

    def _put(self) -> None:
        rights = frozenset(right.value for right, box in self.boxes.items() if box.isChecked())
        self.model.put_rights(self.of_role.currentData(), self.of_room.currentData(), rights)

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        rows = [
            (officer.account, officer.name, role_word(officer.role), self.tr("in use") if enabled else self.tr("disabled"))
            for officer, enabled in self.model.accounts
        ]
        self.table.show_rows(rows)
        table = self.model.table
        self.rights.show_rows([(role_word(role), *(self._rights(role, room) for room in _ROOMS)) for role in _ROLES])
        self.put.setEnabled(bool(table.grants))
        self._show_boxes()
        self._offer()

    def _rights(self, role: Role, room: Room) -> str:
        letters = self.model.table.letters(role, room)
        return " ".join(right_word(right) for right, letter in _LETTERS.items() if letter in letters)

    def _tell(self, word: str) -> None:
        sentences = {
            "added": self.tr("The account is made; its owner changes the password at the first sign-in."),
            "reset": self.tr("The password is new; its owner changes it at the next sign-in."),
            "granted": self.tr("The role holds from the next sign-in on."),
            "unlocked": self.tr("The account may try again."),
            "disabled": self.tr("The account opens nothing any more."),
            "enabled": self.tr("The account opens again; its owner changes the password first."),
            "unbound": self.tr("The account is bound to the machine of its next sign-in."),
            "rights": self.tr("The rights are signed; they hold from each account's next sign-in on."),
        }
        self.told.setText(sentences[word])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
