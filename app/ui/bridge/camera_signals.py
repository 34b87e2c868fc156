"""The camera's reports as Qt signals: decoded off the GUI thread, latest frame wins."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from devices.host.camera import CameraStatus
from devices.ports.camera import CameraEvent, LiveFrame


class CameraSignals(QObject):
    """Implements ``CameraListener``; its methods run on the camera host's reader thread.

    ``frame``: QImage (RGB, at most 640 wide). A frame that the window has not painted yet is replaced, never queued.
    """

    status = Signal(object)  # CameraStatus
    frame_ready = Signal()
    painted = Signal(object)  # the QImage just taken, for the applicant's mirror
    reported = Signal(object)  # CameraEvent

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: QImage | None = None

    def on_status(self, status: CameraStatus) -> None:
        """From the reader thread."""
        self.status.emit(status)

    def on_frame(self, frame: LiveFrame) -> None:
        """From the reader thread: decode here, not on the GUI thread."""
        image = QImage.fromData(frame.jpeg)
        if image.isNull():
            return
        waiting = self._latest is not None
        self._latest = image
        if not waiting:
            self.frame_ready.emit()

    def on_event(self, event: CameraEvent) -> None:
        """From the reader thread."""
        self.reported.emit(event)

    def take_frame(self) -> QImage | None:
        """The latest frame; on the GUI thread."""
        image, self._latest = self._latest, None
        if image is not None:
            self.painted.emit(image)
        return image
