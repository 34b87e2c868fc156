"""设置: the declared settings, each with its sentence; what needs a restart says so."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.config.settings import SettingDeclaration, SettingKind
from app.ui.bench import Bench
from app.ui.screens.settings.find import FindPanel
from app.ui.screens.settings.view_model import SettingsModel
from app.ui.widgets.buttons import KeyButton

_ROWS_A_TURN = 14


class SettingsView(QWidget):
    """Every field takes effect when it is left; there is no Save to forget."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = SettingsModel(bench)
        self.fields: dict[str, QWidget] = {}
        panel = QFrame(self)
        panel.setObjectName("panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 2)
        self._rows_to_come = list(enumerate(self.model.shown))
        self._add_rows(grid, panel)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(panel)
        self._said = QLabel(self)
        self._said.setObjectName("heading")
        self.find_devices = KeyButton(self.tr("Find devices"), "F4", self)
        self._finding: FindPanel | None = None
        self._pages = QStackedWidget(self)
        self._lay_out(area)
        self.find_devices.clicked.connect(self.show_find)
        self.model.changed.connect(self._changed)

    def _lay_out(self, area: QScrollArea) -> None:
        fields = QWidget(self)
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        lower = QHBoxLayout()
        lower.addWidget(self._said, 1)
        lower.addWidget(self.find_devices)
        column.addLayout(lower)
        self._pages.addWidget(fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    @property
    def finding(self) -> FindPanel:
        """Made when it is first wanted: all screens together are made in one moment of the sign-in."""
        if self._finding is None:
            self._finding = FindPanel(self._bench, self)
            self._finding.left.connect(self.show_settings)
            self._finding.used.connect(self._used)
            self._pages.addWidget(self._finding)
        return self._finding

    def show_find(self) -> None:
        """What is connected, to choose from."""
        self._pages.setCurrentWidget(self.finding)
        self.finding.look()
        self.finding.kind.setFocus()

    def show_settings(self) -> None:
        """The fields."""
        self._pages.setCurrentIndex(0)

    def _used(self, key: str) -> None:
        """An address was found and written: its field shows it."""
        for declaration in self.model.shown:
            if declaration.key == key:
                self._put_back(declaration)
        self.show_settings()
        self._said.setText(self.tr("Kept. It is connected at the next sign-in; the camera with “Connect again”."))

    def _add_rows(self, grid: QGridLayout, panel: QWidget) -> None:
        """A screenful now, the rest a few each turn of the event loop: all at once would hold it up."""
        turn, self._rows_to_come = self._rows_to_come[:_ROWS_A_TURN], self._rows_to_come[_ROWS_A_TURN:]
        for row, declaration in turn:
            self._row(grid, row, declaration, panel)
        if self._rows_to_come:
            QTimer.singleShot(0, panel, lambda: self._add_rows(grid, panel))

    def _row(self, grid: QGridLayout, row: int, declaration: SettingDeclaration, panel: QWidget) -> None:
        language = self._bench.language
        label = QLabel(declaration.label(language), panel)
        field = self._field(declaration, panel)
        field.setAccessibleName(declaration.label(language))
        label.setBuddy(field)
        note = declaration.help(language)
        hint = QLabel(note, panel)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
        grid.addWidget(hint, row, 2)
        self.fields[declaration.key] = field

    def _field(self, declaration: SettingDeclaration, panel: QWidget) -> QWidget:
        kind = declaration.kind
        if kind is SettingKind.BOOLEAN:
            box = QCheckBox(panel)
            box.setMinimumHeight(40)
            box.setChecked(bool(self._bench.settings.value(declaration.key)))
            box.clicked.connect(self._left)
            return box
        if kind is SettingKind.CHOICE:
            choice = QComboBox(panel)
            choice.addItems(list(declaration.choices))
            choice.setCurrentText(self._bench.settings.text(declaration.key))
            choice.activated.connect(self._left)
            return choice
        if kind is SettingKind.INTEGER:
            number = QSpinBox(panel)
            number.setRange(declaration.low or 0, declaration.high or 0)
            number.setValue(self._bench.settings.number(declaration.key))
            number.editingFinished.connect(self._left)
            return number
        line = QLineEdit(self._bench.settings.text(declaration.key), panel)
        line.editingFinished.connect(self._left)
        return line

    def enter(self) -> None:
        """The screen is shown."""
        self._said.clear()
        self.show_settings()

    def _left(self) -> None:
        field = self.sender()
        key = next((k for k, f in self.fields.items() if f is field), None)
        if key is not None:
            self.model.change(key, _value(self.fields[key]))

    def _changed(self, key: str) -> None:
        if not key:
            for declaration in self.model.shown:
                self._put_back(declaration)
            return
        restart = next(d.restart for d in self.model.shown if d.key == key)
        self._said.setText(self.tr("Kept; takes effect at the next start.") if restart else self.tr("Kept."))

    def _put_back(self, declaration: SettingDeclaration) -> None:
        field = self.fields[declaration.key]
        if isinstance(field, QLineEdit):
            field.setText(self._bench.settings.text(declaration.key))


def _value(field: QWidget) -> str | int | bool:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QSpinBox):
        return field.value()
    return field.text() if isinstance(field, QLineEdit) else ""
