"""State without asking: camera, printer, outbox, officer, each an icon and a word, each leading to its remedy."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.bench import Bench
from app.ui.words import icon
from devices.host.camera import CameraState, CameraStatus
from devices.ports.standing import DeviceState


class StatusStrip(QFrame):
    """``wanted`` carries the screen to go to."""

    wanted = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._bench = bench
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(4)
        self.camera = self._cell(row, "devices")
        self.printer = self._cell(row, "devices")
        self.outbox = self._cell(row, "outbox")
        self.shift = self._cell(row, "devices")
        row.addStretch(1)
        self.officer = self._cell(row, "settings")
        self._show(self.camera, "mdi6.camera-off", "unknown", "")

    def _cell(self, row: QHBoxLayout, screen: str) -> QPushButton:
        cell = QPushButton(self)
        cell.setIconSize(QSize(18, 18))
        cell.setProperty("screen", screen)
        cell.clicked.connect(self._clicked)
        row.addWidget(cell)
        return cell

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("screen")))

    def _show(self, cell: QPushButton, icon_name: str, token: str, words: str) -> None:
        cell.setIcon(icon(icon_name, self._bench.theme.colours[token]))
        cell.setText(words)
        cell.setAccessibleName(words)
        cell.setVisible(bool(words))

    def show_camera(self, status: CameraStatus) -> None:
        """The camera's state changed."""
        words = {
            CameraState.ABSENT: ("mdi6.camera-off", "fail", self.tr("No camera")),
            CameraState.CONNECTING: ("mdi6.camera-retake", "unknown", self.tr("Camera connecting")),
            CameraState.READY: ("mdi6.camera", "pass", self.tr("Camera ready")),
            CameraState.CAPTURING: ("mdi6.camera-iris", "pass", self.tr("Shooting")),
            CameraState.FAULT: ("mdi6.camera-off", "fail", self.tr("Camera fault")),
        }
        self._show(self.camera, *words[status.state])

    def refresh(self) -> None:
        """Everything else, a few times a minute."""
        if self._bench.opened is None:
            for cell in (self.camera, self.printer, self.outbox, self.shift, self.officer):
                cell.hide()
            return
        desk = self._bench.desk
        self.show_camera(desk.camera.status)
        self._show_printer()
        self._show(self.officer, "mdi6.account", "accent", desk.officer.name)
        self._bench.ask(desk.outbox.owed, self._show_outbox)
        self._bench.ask(desk.devices.shift.due, self._show_shift)

    def _show_printer(self) -> None:
        row = next((r for r in self._bench.desk.devices.roster.rows() if r.kind.id == "printer"), None)
        if row is None or row.standing is None:
            self._show(self.printer, "mdi6.printer-off", "unknown", self.tr("No printer"))
        elif not row.standing.usable:
            opening = row.standing.state is DeviceState.OPENING
            words = self.tr("Printer connecting") if opening else self.tr("Printer not ready")
            self._show(self.printer, "mdi6.printer-off", "unknown" if opening else "fail", words)
        elif row.test is not None and row.test.result.passed is False:
            self._show(self.printer, "mdi6.printer-alert", "warn", self.tr("Printer: look at the devices"))
        else:
            self._show(self.printer, "mdi6.printer", "pass", self.tr("Printer ready"))

    def _show_shift(self, due: bool) -> None:
        if self._bench.opened is not None:
            words = self.tr("Shift-start check is due") if due else ""
            self._show(self.shift, "mdi6.clipboard-alert-outline", "warn", words)

    def _show_outbox(self, waiting: int) -> None:
        if self._bench.opened is None:
            return
        state = self._bench.desk.outbox.state()
        if state is None:
            self._show(
                self.outbox, "mdi6.cloud-off-outline", "unknown", self.tr("No photo library, {0} kept here").format(waiting)
            )
        elif not state.online:
            self._show(self.outbox, "mdi6.cloud-alert", "warn", self.tr("Library not reached, {0} waiting").format(waiting))
        elif waiting:
            self._show(self.outbox, "mdi6.cloud-upload", "warn", self.tr("{0} waiting to be sent").format(waiting))
        else:
            self._show(self.outbox, "mdi6.cloud-check", "pass", self.tr("All sent"))
