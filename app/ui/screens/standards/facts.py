"""A standard's basic information as a form (基本信息表单): what the file is, for whom, since when, by which sources."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import Coded
from app.domain.errors import BadInput
from app.domain.photo_standard import Background, BackgroundRule, OutputFormat, PhotoStandard, Processing
from app.photo.flt import SERVICES
from app.ui.bench import Bench
from app.ui.screens.standards.view_model import StandardsModel
from app.ui.screens.standards.words import service_word, value_word
from app.ui.widgets.wrong_sentences import show_wrong_sentences

_NUMBERS = {
    "width_px": (16, 4000),
    "height_px": (16, 4000),
    "dpi": (30, 2400),
    "bytes_min": (1, 2**26),
    "bytes_max": (2, 2**26),
    "quality_min": (1, 100),
}
_TEXTS = ("name_zh", "name_en", "id", "client", "effective", "expires")
_FLAGS = ("tone", "retouch", "automatic_tone")
_COLOUR = re.compile(r"\s*(\d{1,3})\s*[,，\s]\s*(\d{1,3})\s*[,，\s]\s*(\d{1,3})\s*")


class FactsForm(QWidget):
    """Hands the model's draft back with what was typed, and the fields that cannot be read."""

    def __init__(self, bench: Bench, model: StandardsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        self._filling = False
        self.wrong: dict[str, QLabel] = {}
        self.lines = {name: QLineEdit(self) for name in (*_TEXTS, "rgb")}
        self.lines["expires"].setPlaceholderText(self.tr("Empty: no end"))
        self.service, self.rule = QComboBox(self), QComboBox(self)
        for service in SERVICES:
            self.service.addItem(service_word(service), service)
        for rule in BackgroundRule:
            self.rule.addItem(value_word("background.rule", rule.value), rule.value)
        self.numbers: dict[str, QSpinBox] = {}
        for name, (low, high) in _NUMBERS.items():
            self.numbers[name] = QSpinBox(self)
            self.numbers[name].setRange(low, high)
        words = (
            self.tr("Light and colour may be corrected"),
            self.tr("May be retouched by hand"),
            self.tr("Light is corrected without asking"),
        )
        self.flags = {name: QCheckBox(word, self) for name, word in zip(_FLAGS, words, strict=True)}
        self.sources = QPlainTextEdit(self)
        self.sources.setTabChangesFocus(True)
        self.sources.setFixedHeight(76)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        size = self._side_by_side(self.numbers["width_px"], "×", self.numbers["height_px"])
        window = self._side_by_side(self.numbers["bytes_min"], "–", self.numbers["bytes_max"])
        cells = (
            self._cell("name_zh", self.tr("Chinese name"), self.lines["name_zh"]),
            self._cell("name_en", self.tr("English name"), self.lines["name_en"]),
            self._cell("id", self.tr("Standard id"), self.lines["id"]),
            self._cell("service", self.tr("Photo purpose"), self.service),
            self._cell("client", self.tr("Department that demands it"), self.lines["client"]),
            self._cell("effective", self.tr("First day"), self.lines["effective"]),
            self._cell("expires", self.tr("Last day"), self.lines["expires"]),
            self._cell("size", self.tr("Width × height (pixels)"), size, self.numbers["width_px"]),
            self._cell("bytes", self.tr("File size (bytes)"), window, self.numbers["bytes_min"]),
            self._cell("dpi", self.tr("Resolution (DPI)"), self.numbers["dpi"]),
            self._cell("quality_min", self.tr("Lowest JPEG quality"), self.numbers["quality_min"]),
            self._cell("rgb", self.tr("Background, red green blue"), self.lines["rgb"]),
            self._cell("rule", self.tr("Background rule"), self.rule),
        )
        for number, cell in enumerate(cells):
            grid.addLayout(cell, number // 3, number % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        flags = QVBoxLayout()
        flags.setSpacing(0)
        for box in self.flags.values():
            box.setMinimumHeight(26)
            box.setAccessibleName(box.text())
            flags.addWidget(box)
        grid.addLayout(flags, 4, 1, 1, 2)
        self.numbers["height_px"].setAccessibleName(self.tr("Height (px)"))
        self.numbers["bytes_max"].setAccessibleName(self.tr("Largest file (bytes)"))
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(12, 8, 12, 8)
        column_of_all.addLayout(grid)
        column_of_all.addLayout(self._cell("sources", self.tr("Sources, one a line"), self.sources))
        column_of_all.addStretch(1)

    def _side_by_side(self, first: QWidget, sign: str, second: QWidget) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(first, 1)
        line.addWidget(QLabel(sign, row))
        line.addWidget(second, 1)
        return row

    def _cell(self, name: str, word: str, field: QWidget, buddy: QWidget | None = None) -> QVBoxLayout:
        label, wrong = QLabel(word, self), QLabel(self)
        label.setBuddy(buddy or field)
        (buddy or field).setAccessibleName(word)
        wrong.setObjectName("wrong")
        wrong.setWordWrap(True)
        wrong.hide()
        self.wrong[name] = wrong
        cell = QVBoxLayout()
        cell.setSpacing(2)
        for widget in (label, field, wrong):
            cell.addWidget(widget)
        cell.addStretch(1)
        return cell

    def _listen(self) -> None:
        for line in self.lines.values():
            line.textEdited.connect(self._told)
        for box in (self.service, self.rule):
            box.activated.connect(self._told)
        for number in self.numbers.values():
            number.valueChanged.connect(self._told)
        for flag in self.flags.values():
            flag.clicked.connect(self._told)
        self.sources.textChanged.connect(self._told)

    # --------------------------------------------------------------------------------------------------

    def show_standard(self, standard: PhotoStandard, *, fresh: bool, editable: bool) -> None:
        """Fill every field; says nothing. Only a ``fresh`` one may still be given its id."""
        self._filling = True
        for name in _TEXTS:
            self.lines[name].setText(getattr(standard, name))
        self.lines["rgb"].setText(", ".join(str(part) for part in standard.background.rgb))
        self.service.setCurrentIndex(self.service.findData(standard.service))
        self.rule.setCurrentIndex(self.rule.findData(standard.background.rule.value))
        for name, number in self.numbers.items():
            number.setValue(getattr(standard.output, name))
        for name, flag in self.flags.items():
            flag.setChecked(getattr(standard.processing, name))
        self.sources.setPlainText("\n".join(standard.sources))
        for line in self.lines.values():
            line.setReadOnly(not editable)
        self.sources.setReadOnly(not editable)
        for number in self.numbers.values():
            number.setReadOnly(not editable)
        self.lines["id"].setReadOnly(not (editable and fresh))
        for control in (self.service, self.rule, *self.numbers.values(), *self.flags.values()):
            control.setEnabled(editable)
        self.show_wrong({})
        self._filling = False

    def _told(self) -> None:
        if self._filling or self._model.draft is None:
            return
        self._model.edit_facts(*self._read(self._model.draft))

    def _read(self, base: PhotoStandard) -> tuple[PhotoStandard, dict[str, BadInput]]:
        wrong: dict[str, BadInput] = {}
        texts = {name: self.lines[name].text().strip() for name in _TEXTS}
        match = _COLOUR.fullmatch(self.lines["rgb"].text())
        rgb = base.background.rgb
        if match is None or any(int(part) > 255 for part in match.groups()):
            wrong["rgb"] = BadInput("STD-118", text=self.lines["rgb"].text()[:40])
        else:
            rgb = (int(match[1]), int(match[2]), int(match[3]))
        draft = replace(
            base,
            name_zh=texts["name_zh"],
            name_en=texts["name_en"],
            id=texts["id"],
            client=texts["client"],
            effective=texts["effective"],
            expires=texts["expires"],
            service=str(self.service.currentData()),
            output=OutputFormat(**{name: number.value() for name, number in self.numbers.items()}),
            background=Background(rgb, BackgroundRule(self.rule.currentData()), base.background.also),
            processing=Processing(**{name: flag.isChecked() for name, flag in self.flags.items()}),
            sources=tuple(line.strip() for line in self.sources.toPlainText().splitlines() if line.strip()),
        )
        return draft, wrong

    def show_wrong(self, fields: dict[str, Coded]) -> None:
        """A sentence under every wrong field, none under the others."""
        show_wrong_sentences(self.wrong, fields, self._bench.language)
