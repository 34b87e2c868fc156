"""The scanner's pictures of a wait as a Qt signal, the latest one wins; and how a wait is called off."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from devices.ports.fingerprint import FingerImage


class FingerSignals(QObject):
    """``on_image`` runs on the scanner host's reader thread. A picture the window has not taken yet is replaced."""

    image_ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: FingerImage | None = None

    def on_image(self, image: FingerImage) -> None:
        """From the reader thread."""
        waiting = self._latest is not None
        self._latest = image
        if not waiting:
            self.image_ready.emit()

    def take(self) -> FingerImage | None:
        """The latest picture; on the GUI thread."""
        image, self._latest = self._latest, None
        return image


class FingerWait:
    """One wait for a finger: its pictures go to the window until it is called off."""

    def __init__(self, signals: FingerSignals, cancel: Callable[[], None]) -> None:
        self._signals = signals
        self._cancel = cancel
        self._called_off = threading.Event()

    def preview(self, image: FingerImage) -> None:
        """From the reader thread."""
        if self._called_off.is_set():
            self._cancel()  # the first word may have come before the worker had begun to wait
        else:
            self._signals.on_image(image)

    def call_off(self) -> None:
        """On the GUI thread; returns at once."""
        self._called_off.set()
        self._cancel()


def grey_image(image: FingerImage) -> QImage:
    """8-bit grey, the pixels as they are; a copy."""
    width, height = image.width_px, image.height_px
    return QImage(image.pixels, width, height, width, QImage.Format.Format_Grayscale8).copy()
