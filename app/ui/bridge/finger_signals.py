"""The scanner's pictures of a wait as a Qt signal: the latest one wins."""

from __future__ import annotations

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


def grey_image(image: FingerImage) -> QImage:
    """8-bit grey, the pixels as they are; a copy."""
    width, height = image.width_px, image.height_px
    return QImage(image.pixels, width, height, width, QImage.Format.Format_Grayscale8).copy()
