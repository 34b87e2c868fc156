"""A USB video camera (UVC) through OpenCV: its MJPEG pictures as they are, others encoded once.

``uvc:0`` is the first camera, ``uvc:/dev/video2`` a device, ``uvc:/path/file.avi`` a recording for tests and training.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import cv2
import numpy as np

from devices.drivers.jpeg import live_jpeg, require_whole_jpeg
from devices.ports.camera import (
    CameraDescription,
    CameraEvent,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    LiveFrame,
)
from devices.ports.errors import DeviceAbsent, DeviceLost, NotSupported

_QUALITY = 95


def open_camera(where: str, options: Mapping[str, str]) -> UvcCamera:
    """Options ``width`` and ``height`` ask for a picture size. Raises DeviceAbsent."""
    source: int | str = int(where) if where.isdecimal() else where
    video = cv2.VideoCapture(source)
    if not video.isOpened():
        video.release()
        raise DeviceAbsent(where)
    for name, code in (("width", cv2.CAP_PROP_FRAME_WIDTH), ("height", cv2.CAP_PROP_FRAME_HEIGHT)):
        if options.get(name, "").isdecimal():
            video.set(code, int(options[name]))
    return UvcCamera(where, video)


class UvcCamera:
    """The port ``camera`` over a video stream."""

    def __init__(self, where: str, video: cv2.VideoCapture) -> None:
        self._where = where
        self._video = video
        self._frames = 0

    def _picture(self) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        good, picture = self._video.read()
        if not good and self._video.get(cv2.CAP_PROP_FRAME_COUNT) > 0:
            self._video.set(cv2.CAP_PROP_POS_FRAMES, 0)  # a recording begins again
            good, picture = self._video.read()
        if not good:
            raise DeviceLost(self._where)
        return np.asarray(picture, dtype=np.uint8)

    def describe(self) -> CameraDescription:
        """A UVC camera tells no serial and no battery."""
        width, height = (int(self._video.get(c)) for c in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        return CameraDescription(
            model=f"UVC {width}x{height}",
            serial="",
            driver=f"uvc/opencv-{cv2.__version__}",
            live_view=True,
            burst_max=10,
            battery_percent=None,
            settings=(),
        )

    def configure(self, values: dict[CameraSetting, str]) -> CameraDescription:
        """Exposure of web cameras is their own affair."""
        if values:
            raise NotSupported(", ".join(setting.value for setting in values))
        return self.describe()

    def live_frame(self) -> LiveFrame:
        """The next picture, at most 640 wide."""
        self._frames += 1
        return LiveFrame(live_jpeg(self._picture()), self._frames, time.monotonic())

    def capture(self, request: CaptureRequest, deliver: Callable[[CapturedFile], None]) -> int:
        """Pictures at full size, quality 95, 4:4:4."""
        for index in range(1, request.count + 1):
            parameters = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
            parameters += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
            data = cv2.imencode(".jpg", self._picture(), parameters)[1].tobytes()
            require_whole_jpeg(data)
            deliver(CapturedFile(data, f"UVC_{self._frames:05}_{index:02}.JPG", index))
        return request.count

    def events(self, timeout_s: float) -> tuple[CameraEvent, ...]:
        """Nothing is reported; an unplugged camera shows at the next picture."""
        if not self._video.isOpened():
            raise DeviceLost(self._where)
        return ()

    def close(self) -> None:
        """Let go of the device."""
        self._video.release()
