"""Every device's state; asking the printer blocks, so it is asked off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.ui.bench import Bench
from devices.ports.printer import PrinterStatus


class DevicesModel(QObject):
    """``printer_known`` after the printer answered or did not."""

    printer_known = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.printer: PrinterStatus | None = None
        self.printer_error: Coded | None = None

    def ask_printer(self) -> None:
        """DLE EOT 1-4."""
        desk = self._bench.desk
        self._bench.ask(desk.receipts.printer_status, self._answered, self._refused)

    def _answered(self, status: PrinterStatus | None) -> None:
        self.printer, self.printer_error = status, None
        self.printer_known.emit()

    def _refused(self, error: Coded) -> None:
        self.printer, self.printer_error = None, error
        self.printer_known.emit()

    def reconnect_camera(self) -> None:
        """A fresh worker on the address in the settings."""
        desk = self._bench.desk
        self._bench.ask(desk.camera.reconnect, lambda _: None)
