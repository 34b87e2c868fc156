"""本地照片加载 as a camera: a folder's JPEGs are its shots, byte for byte, in the order of their names."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import simplejpeg

from devices.drivers.jpeg import live_jpeg, require_whole_jpeg
from devices.ports.camera import (
    CameraDescription,
    CameraEvent,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    LiveFrame,
)
from devices.ports.errors import DeviceAbsent, DeviceLost, NotSupported, ShotMissing

_SUFFIXES = {".jpg", ".jpeg"}
_FRAME_CHANGE_S = 1.0


def open_camera(where: str, _options: Mapping[str, str]) -> FolderCamera:
    """Raises DeviceAbsent when the folder is not there."""
    folder = Path(where)
    if not folder.is_dir():
        raise DeviceAbsent(where)
    return FolderCamera(folder)


class FolderCamera:
    """The port ``camera`` over a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = 0
        self._frames = 0
        self._finder: tuple[Path, bytes] | None = None

    def _files(self) -> list[Path]:
        try:
            return sorted(p for p in self._folder.iterdir() if p.suffix.lower() in _SUFFIXES)
        except OSError as error:
            raise DeviceLost(error.strerror or "") from error

    def describe(self) -> CameraDescription:
        """The folder's name stands for the model."""
        return CameraDescription(
            model=f"folder {self._folder.name}",
            serial="",
            driver="folder/1",
            live_view=True,
            burst_max=max(1, len(self._files())),
            battery_percent=None,
            settings=(),
        )

    def configure(self, values: dict[CameraSetting, str]) -> CameraDescription:
        """A folder has nothing to set."""
        if values:
            raise NotSupported(", ".join(setting.value for setting in values))
        return self.describe()

    def live_frame(self) -> LiveFrame:
        """The picture the next shot will be, small."""
        files = self._files()
        if not files:
            raise ShotMissing(self._folder.name)
        path = files[self._next % len(files)]
        if self._finder is None or self._finder[0] != path:
            data = path.read_bytes()
            require_whole_jpeg(data)
            self._finder = path, live_jpeg(simplejpeg.decode_jpeg(data, colorspace="BGR", min_width=640, min_height=1))
        self._frames += 1
        return LiveFrame(self._finder[1], self._frames, time.monotonic())

    def capture(self, request: CaptureRequest, deliver: Callable[[CapturedFile], None]) -> int:
        """The next pictures of the folder, beginning again after the last."""
        files = self._files()
        if not files:
            raise ShotMissing(self._folder.name)
        for index in range(1, request.count + 1):
            path = files[self._next % len(files)]
            self._next += 1
            try:
                data = path.read_bytes()
            except OSError as error:
                raise DeviceLost(error.strerror or "") from error
            require_whole_jpeg(data)
            deliver(CapturedFile(data, path.name, index))
        return request.count

    def events(self, timeout_s: float) -> tuple[CameraEvent, ...]:
        """A folder says nothing; when it is gone, that is DeviceLost."""
        if not self._folder.is_dir():
            raise DeviceLost(str(self._folder))
        return ()

    def close(self) -> None:
        """Nothing is held."""
