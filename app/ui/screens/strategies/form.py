"""A strategy's basic information as a form (基本信息表单): each wrong field has its sentence beneath."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import Coded
from app.domain.strategy import DEVICE_TYPES, PURPOSES, Strategy
from app.ui.bench import Bench
from app.ui.screens.strategies.flow import StationFlow
from app.ui.screens.strategies.view_model import StrategiesModel
from app.ui.screens.strategies.words import device_type_word, purpose_word
from app.ui.widgets.wrong_sentences import show_wrong_sentences

_BETWEEN_DEVICES = re.compile(r"[,，、;；\n]")


class StrategyForm(QFrame):
    """``edited`` whenever the officer changed something."""

    edited = Signal()

    def __init__(self, bench: Bench, model: StrategiesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._model = model
        self._shown = model.blank()
        self.wrong: dict[str, QLabel] = {}
        self.name_zh, self.name_en = QLineEdit(self), QLineEdit(self)
        self.department, self.device_type = QLineEdit(self), QComboBox(self)
        for device_type in DEVICE_TYPES:
            self.device_type.addItem(device_type_word(device_type), device_type)
        self.photo_library, self.numbering = QLineEdit(self), QLineEdit(self)
        self.photo_library.setPlaceholderText(self.tr("Empty: the station's own"))
        self.purpose = QComboBox(self)
        for purpose in PURPOSES:
            self.purpose.addItem(purpose_word(purpose), purpose)
        self.standards: dict[str, QCheckBox] = {}
        self.devices = QLineEdit(self)
        self.devices.setPlaceholderText(self.tr("Empty: any device. Several with commas between."))
        self.this_camera = QPushButton(self.tr("This camera"), self)
        self.this_camera.setAccessibleName(self.tr("Bind to the connected camera"))
        self.example = QLabel(self)
        self.example.setObjectName("muted")
        self.remark = QPlainTextEdit(self)
        self.remark.setFixedHeight(48)
        self.remark.setTabChangesFocus(True)
        self.special = QCheckBox(self.tr("Every photo needs a reason of special inspection"), self)
        self.before = QCheckBox(self.tr("Issue before the back end has answered"), self)
        self.flow = StationFlow(bench.theme, self)
        self._lay_out()
        self._listen()
        self._clean = self._shown
        self.show_strategy(self._shown)

    # -- laying out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(self._field("stations", self.tr("Inspection stations, in the photo's order"), self.flow))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        cells = (
            self._field("name_zh", self.tr("Chinese name"), self.name_zh),
            self._field("name_en", self.tr("English name"), self.name_en),
            self._field("department", self.tr("Department"), self.department),
            self._field("purpose", self.tr("Photo purpose"), self.purpose),
            self._field("device_type", self.tr("Device type"), self.device_type),
            self._field("devices", self.tr("Bound to devices"), self._device_row(), self.devices),
            self._numbering_cell(),
            self._field("photo_library", self.tr("Photo library"), self.photo_library),
            self._field("standards", self.tr("Photo standards"), self._standards_list()),
            self._remark_cell(),
        )
        for number, cell in enumerate(cells):
            grid.addLayout(cell, number // 2, number % 2)
        column.addLayout(grid)
        column.addStretch(1)

    def _field(self, name: str, word: str, field: QWidget, buddy: QWidget | None = None) -> QVBoxLayout:
        label, wrong = QLabel(word, self), QLabel(self)
        (buddy or field).setAccessibleName(word)
        label.setBuddy(buddy or field)
        label.setObjectName("heading" if name == "stations" else "")
        wrong.setObjectName("wrong")
        wrong.setWordWrap(True)
        wrong.hide()
        self.wrong[name] = wrong
        cell = QVBoxLayout()
        cell.setSpacing(3)
        for widget in (label, field, wrong):
            cell.addWidget(widget)
        cell.addStretch(1)
        return cell

    def _numbering_cell(self) -> QVBoxLayout:
        cell = self._field("numbering", self.tr("Rule for acceptance numbers"), self.numbering)
        cell.insertWidget(2, self.example)
        return cell

    def _remark_cell(self) -> QVBoxLayout:
        cell = self._field("remark", self.tr("Remark"), self.remark)
        self.special.setAccessibleName(self.special.text())
        self.before.setAccessibleName(self.before.text())
        cell.insertWidget(3, self.special)
        cell.insertWidget(4, self.before)
        return cell

    def _device_row(self) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.devices, 1)
        line.addWidget(self.this_camera)
        return row

    def _standards_list(self) -> QWidget:
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for standard in self._bench.desk.standards:
            box = QCheckBox(standard.name(self._bench.language), rows)
            box.setMinimumHeight(28)
            box.setAccessibleName(box.text())
            self.standards[standard.id] = box
            column.addWidget(box)
        return rows

    def _listen(self) -> None:
        for line in (self.name_zh, self.name_en, self.department, self.photo_library, self.devices):
            line.textEdited.connect(self._told)
        self.numbering.textChanged.connect(self._show_example)
        self.numbering.textEdited.connect(self._told)
        self.remark.textChanged.connect(self._told)
        self.purpose.activated.connect(self._told)
        self.purpose.activated.connect(self._show_example)
        self.device_type.activated.connect(self._told)
        for box in (*self.standards.values(), self.special, self.before):
            box.clicked.connect(self._told)
        self.flow.changed.connect(self._told)
        self.this_camera.clicked.connect(self._bind_camera)

    # -- what it holds ---------------------------------------------------------------------------------

    @property
    def shown(self) -> Strategy:
        """What was put in, before any edit."""
        return self._shown

    @property
    def dirty(self) -> bool:
        """Whether the officer changed something that is not saved."""
        return self.draft() != self._clean

    def show_strategy(self, strategy: Strategy) -> None:
        """Fill every field; says nothing."""
        self._shown = strategy
        self.name_zh.setText(strategy.name_zh)
        self.name_en.setText(strategy.name_en)
        self.department.setText(strategy.department)
        if self.device_type.findData(strategy.device_type) < 0:
            self.device_type.addItem(device_type_word(strategy.device_type), strategy.device_type)
        self.device_type.setCurrentIndex(self.device_type.findData(strategy.device_type))
        self.photo_library.setText(strategy.photo_library)
        self.numbering.setText(strategy.numbering)
        self.devices.setText(", ".join(strategy.devices))
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(strategy.purpose)))
        for standard_id, box in self.standards.items():
            box.setChecked(standard_id in strategy.standard_ids)
        self.special.setChecked(strategy.special_reason_needed)
        self.before.setChecked(strategy.issue_before_answer)
        self.remark.blockSignals(True)
        self.remark.setPlainText(strategy.remark)
        self.remark.blockSignals(False)
        self.flow.show_stations(strategy.stations)
        self._show_example()
        self.show_wrong({})
        self._clean = self.draft()

    def draft(self) -> Strategy:
        """The strategy as the form says now, under the version it was opened with."""
        return replace(
            self._shown,
            name_zh=self.name_zh.text().strip(),
            name_en=self.name_en.text().strip(),
            department=self.department.text().strip(),
            device_type=str(self.device_type.currentData()),
            purpose=str(self.purpose.currentData()),
            standard_ids=self._ticked(),
            stations=self.flow.stations,
            numbering=self.numbering.text().strip(),
            photo_library=self.photo_library.text().strip(),
            devices=self._device_names(),
            remark=self.remark.toPlainText(),
            special_reason_needed=self.special.isChecked(),
            issue_before_answer=self.before.isChecked(),
        )

    def _ticked(self) -> tuple[str, ...]:
        """In the order they were kept in, newly ticked ones behind."""
        ticked = {s for s, box in self.standards.items() if box.isChecked()}
        former = [s for s in self._shown.standard_ids if s in ticked]
        return (*former, *(s for s in self.standards if s in ticked and s not in former))

    def _device_names(self) -> tuple[str, ...]:
        if self.devices.text() == ", ".join(self._shown.devices):
            return self._shown.devices
        return tuple(part.strip() for part in _BETWEEN_DEVICES.split(self.devices.text()) if part.strip())

    # -- what it says ----------------------------------------------------------------------------------

    def show_wrong(self, fields: dict[str, Coded]) -> None:
        """A sentence under every wrong field, none under the others."""
        show_wrong_sentences(self.wrong, fields, self._bench.language)

    def first_wrong(self) -> QLabel | None:
        """The uppermost sentence, for the window to bring into sight."""
        shown = [label for label in self.wrong.values() if label.text()]
        return shown[0] if shown else None

    def _told(self) -> None:
        self.edited.emit()

    def _show_example(self) -> None:
        number = self._model.example(self.numbering.text().strip(), str(self.purpose.currentData()))
        self.example.setText(
            self.tr("Example: {0}").format(number) if number else self.tr("No number can be made by this rule.")
        )

    def _bind_camera(self) -> None:
        camera = self._model.camera()
        names = self._device_names()
        if camera and camera not in names:
            self.devices.setText(", ".join((*names, camera)))
            self._told()
