"""设备: what is connected, how it is, and what to do about it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.ui.bench import Bench
from app.ui.screens.devices.view_model import DevicesModel
from app.ui.widgets.buttons import KeyButton
from app.ui.words import icon
from devices.host.camera import CameraState, CameraStatus
from devices.ports.printer import PrinterState


class DeviceCard(QFrame):
    """One device: icon, name, state, what to do."""

    def __init__(self, icon_name: str, name: str, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._icon_name = icon_name
        self._sign = QLabel(self)
        self._name = QLabel(name, self)
        self._name.setObjectName("title")
        self.state = QLabel(self)
        self.state.setObjectName("heading")
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.code = QLabel(self)
        self.code.setObjectName("muted")
        words = QVBoxLayout()
        for label in (self._name, self.state, self.detail, self.code):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.addWidget(self._sign)
        row.addSpacing(16)
        row.addLayout(words, 1)

    def show_state(self, verdict: str, state: str, detail: str, code: str = "") -> None:
        """``verdict`` is a token of the theme: pass, warn, fail, unknown."""
        self._sign.setPixmap(icon(self._icon_name, self._bench.theme.colours[verdict]).pixmap(48, 48))
        self.state.setText(state)
        self.detail.setText(detail)
        self.code.setText(code)
        self.setAccessibleName(f"{self._name.text()} {state}")


class DevicesView(QWidget):
    """Camera and printer; more cards come with more devices."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = DevicesModel(bench)
        self.camera = DeviceCard("mdi6.camera", self.tr("Camera"), bench, self)
        self.printer = DeviceCard("mdi6.printer", self.tr("Receipt printer"), bench, self)
        self.reconnect = KeyButton(self.tr("Reconnect camera"), "F6", self)
        self.ask = KeyButton(self.tr("Ask the printer"), "F5", self)
        self.ask.setObjectName("next")
        lower = QHBoxLayout()
        lower.addStretch(1)
        lower.addWidget(self.reconnect)
        lower.addWidget(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.camera)
        column.addWidget(self.printer)
        column.addStretch(1)
        column.addLayout(lower)
        bench.camera_signals.status.connect(self.show_camera)
        self.model.printer_known.connect(self._show_printer)
        self.ask.clicked.connect(self.model.ask_printer)
        self.reconnect.clicked.connect(self.model.reconnect_camera)

    def enter(self) -> None:
        """The screen is shown."""
        self.show_camera(self._bench.desk.camera.status)
        self.printer.show_state("unknown", self.tr("Asking…"), "")
        self.model.ask_printer()

    def show_camera(self, status: CameraStatus) -> None:
        """In words."""
        words = {
            CameraState.ABSENT: ("fail", self.tr("Not connected")),
            CameraState.CONNECTING: ("unknown", self.tr("Connecting…")),
            CameraState.READY: ("pass", self.tr("Ready")),
            CameraState.CAPTURING: ("pass", self.tr("Shooting")),
            CameraState.FAULT: ("fail", self.tr("Fault, being connected again")),
        }
        verdict, state = words[status.state]
        detail, code = "", ""
        if status.description is not None:
            d = status.description
            battery = "" if d.battery_percent is None else self.tr("battery {0} %").format(d.battery_percent)
            detail = " · ".join(part for part in (d.model, d.serial, d.driver, battery) if part)
        elif status.error is not None:
            text = error_text(status.error, self._bench.language)
            detail, code = f"{text.what} {text.next}", text.code
        self.camera.show_state(verdict, state, detail, code)

    def _show_printer(self) -> None:
        if self.model.printer_error is not None:
            text = error_text(self.model.printer_error, self._bench.language)
            self.printer.show_state("fail", text.what, text.next, text.code)
            return
        if self.model.printer is None:
            self.printer.show_state("unknown", self.tr("Not configured"), self.tr("Enter its address in the settings."))
            return
        words = {
            PrinterState.READY: ("pass", self.tr("Ready"), ""),
            PrinterState.NEAR_END: ("warn", self.tr("Paper nearly at its end"), self.tr("Have a new roll at hand.")),
            PrinterState.PAPER_END: ("fail", self.tr("Out of paper"), self.tr("Put in a roll.")),
            PrinterState.COVER_OPEN: ("fail", self.tr("Cover open"), self.tr("Close the cover.")),
            PrinterState.CUTTER_FAULT: ("fail", self.tr("Cutter stuck"), self.tr("Switch off and free the cutter.")),
            PrinterState.OFFLINE: ("fail", self.tr("Offline"), self.tr("Press its online key.")),
            PrinterState.ERROR: ("fail", self.tr("Fault"), self.tr("Switch it off and on.")),
            PrinterState.UNKNOWN: (
                "unknown",
                self.tr("Gives no answer"),
                self.tr("It may still print. Look whether the paper comes out."),
            ),
        }
        self.printer.show_state(*words[self.model.printer.state])
