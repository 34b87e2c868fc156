"""设备: every device of every kind, how it is, and what to do about it; the shift check and the export beside them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.shift import ShiftCheck
from app.ui.bench import Bench
from app.ui.screens.devices.detail import DeviceDetail
from app.ui.screens.devices.shift import ShiftPanel
from app.ui.screens.devices.view_model import DevicesModel
from app.ui.screens.devices.words import state_shape, state_token, state_word
from app.ui.widgets.buttons import KeyButton
from app.ui.words import icon


class DevicesView(QWidget):
    """The list on the left, the chosen device on the right; F8 turns to the shift check."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = DevicesModel(bench)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Devices"))
        self.list.setObjectName("entries")
        self.list.setIconSize(QSize(28, 28))
        self.list.setFixedWidth(300)
        self.detail = DeviceDetail(bench, self)
        self._shift: ShiftPanel | None = None
        self._due = QLabel(self)
        self._due.setObjectName("heading")
        self._said = QLabel(self)
        self._said.setObjectName("muted")
        self.reconnect = KeyButton(self.tr("Connect again"), "F6", self)
        self.test = KeyButton(self.tr("Self-test"), "F5", self)
        self.test.setObjectName("next")
        self.check = KeyButton(self.tr("Shift-start check"), "F8", self)
        self.export = KeyButton(self.tr("Export diagnosis"), "F9", self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.list.currentRowChanged.connect(self._choose)
        self.test.clicked.connect(self._test)
        self.reconnect.clicked.connect(self._reconnect)
        self.check.clicked.connect(self.show_shift)
        self.export.clicked.connect(self._export)
        self.model.rows_known.connect(self._show_rows)
        self.model.shift_known.connect(self._show_shift)
        self.model.signed.connect(self._signed)
        self.model.exported.connect(self._exported)

    def _lay_out(self) -> None:
        devices = QWidget(self)
        both = QHBoxLayout()
        both.addWidget(self.list)
        both.addWidget(self.detail, 1)
        lower = QHBoxLayout()
        lower.addWidget(self.check)
        lower.addWidget(self._due)
        lower.addStretch(1)
        lower.addWidget(self.export)
        lower.addWidget(self.reconnect)
        lower.addWidget(self.test)
        column = QVBoxLayout(devices)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(both, 1)
        column.addWidget(self._said)
        column.addLayout(lower)
        self._pages.addWidget(devices)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    @property
    def shift(self) -> ShiftPanel:
        """Made when it is first wanted: all screens together are made in one moment of the sign-in."""
        if self._shift is None:
            self._shift = ShiftPanel(self._bench, self._bench.desk.devices.shift.items, self)
            self._shift.left.connect(self.show_devices)
            self._shift.to_sign.connect(self.model.sign)
            self._pages.addWidget(self._shift)
            self._shift.show_rows(self.model.rows)
            self._shift.show_last(self.model.last_check, due=self.model.due)
        return self._shift

    def enter(self) -> None:
        """The screen is shown: look, and ask the printer once whether it has paper."""
        self._said.clear()
        self.show_devices()
        self.model.watch(True)
        for row in self.model.rows:
            if row.kind.self_test == "paper" and row.standing is not None and row.standing.usable:
                self.model.test(row.kind.id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        self.model.watch(False)
        super().hideEvent(event)

    def show_devices(self) -> None:
        """The list."""
        self._pages.setCurrentIndex(0)
        self.list.setFocus()

    def show_shift(self) -> None:
        """The check."""
        self._pages.setCurrentWidget(self.shift)
        self.shift.lines[0].good.setFocus()

    def choose(self, kind: str) -> None:
        """Another device."""
        for number in range(self.list.count()):
            if self.list.item(number).data(Qt.ItemDataRole.UserRole) == kind:
                self.list.setCurrentRow(number)

    def chosen(self) -> str:
        """The kind under the cursor."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _show_rows(self) -> None:
        while self.list.count() < len(self.model.rows):
            item = QListWidgetItem(self.list)
            item.setSizeHint(QSize(0, 60))
        for number, row in enumerate(self.model.rows):
            item = self.list.item(number)
            item.setData(Qt.ItemDataRole.UserRole, row.kind.id)
            item.setText(f"{row.kind.name(self._bench.language)}\n{state_word(row.standing)}")
            item.setIcon(icon(state_shape(row), self._bench.theme.colours[state_token(row)]))
        if self.list.currentRow() < 0 and self.model.rows:
            self.list.setCurrentRow(0)
        self._choose()
        if self._shift is not None:
            self._shift.show_rows(self.model.rows)

    def _choose(self) -> None:
        row = self.model.row(self.chosen())
        if row is None:
            return
        busy = row.kind.id in self.model.testing
        self.detail.show_row(row, testing=busy)
        for button in (self.test, self.reconnect):
            button.setEnabled(row.standing is not None and not busy)
        lasting = row.standing is not None and row.standing.lasting
        self.reconnect.set_words(self.tr("Try now") if lasting else self.tr("Connect again"))

    def _test(self) -> None:
        self.model.test(self.chosen())

    def _reconnect(self) -> None:
        self.model.reconnect(self.chosen())

    def _show_shift(self) -> None:
        self._due.setText(self.tr("Shift-start check is due") if self.model.due else "")
        if self._shift is not None:
            self._shift.show_last(self.model.last_check, due=self.model.due)

    def _signed(self, check: ShiftCheck) -> None:
        self.shift.clear()
        self.show_devices()
        self._said.setText(self.tr("Check signed at {0}.").format(f"{check.signed.astimezone():%H:%M}"))

    def _export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export diagnosis"), self.model.export_name(), "ZIP (*.zip)")
        if chosen:
            self.model.export(Path(chosen))

    def _exported(self, path: str) -> None:
        self._said.setText(self.tr("Written: {0}").format(path))
