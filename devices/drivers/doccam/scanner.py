"""The port ``scanner`` over a document camera: every new page that lies still is shot, cut out and handed over.

``doccam:0`` is the first camera, ``doccam:/dev/video2`` a device, ``doccam:/path/film.avi`` a recording. Options
``width`` and ``height`` ask for a picture size; ``once=yes`` plays a recording once and as fast as it is read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

import cv2
import numpy as np

from devices.drivers.doccam.finding import FoundPages, Picture, find_pages, rectified
from devices.drivers.doccam.stillness import Limits, Watch, look_of, step
from devices.drivers.jpeg import live_jpeg
from devices.drivers.page_image import jpeg_page
from devices.ports.errors import BadAddress, Cancelled, DeviceAbsent, DeviceLost, SettingRefused
from devices.ports.scanner import (
    CameraView,
    ColourMode,
    PageSide,
    ScannedPage,
    ScannerDescription,
    ScannerState,
    ScannerStatus,
    ScanRequest,
    ScanSink,
    ScanSource,
    SourceAbilities,
)

_LIVE_WIDTH = 640
_OPTIONS = {"width": cv2.CAP_PROP_FRAME_WIDTH, "height": cv2.CAP_PROP_FRAME_HEIGHT}
# What every document camera of use gives; asked for when the address does not say.
_USUAL_WIDTH, _USUAL_HEIGHT = 2592, 1944


def open_scanner(where: str, options: Mapping[str, str]) -> DocumentCamera:
    """Raises BadAddress, DeviceAbsent."""
    if unknown := options.keys() - {*_OPTIONS, "once"}:
        raise BadAddress(", ".join(sorted(unknown)))
    source: int | str = int(where) if where.isdecimal() else where
    video = cv2.VideoCapture(source)
    if not video.isOpened():
        video.release()
        raise DeviceAbsent(where)
    recording = video.get(cv2.CAP_PROP_FRAME_COUNT) > 0
    if not recording:
        # Full-size pictures come at a useful rate only as MJPEG over USB 2.
        video.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        for name, usual in (("width", _USUAL_WIDTH), ("height", _USUAL_HEIGHT)):
            wanted = options.get(name, str(usual))
            video.set(_OPTIONS[name], int(wanted) if wanted.isdecimal() else usual)
    return DocumentCamera(where, video, recording=recording, once=options.get("once") == "yes")


class _Ended(Exception):
    """A recording that is played once is over."""


class DocumentCamera:
    """One open camera; one thread."""

    def __init__(self, where: str, video: cv2.VideoCapture, *, recording: bool, once: bool) -> None:
        self._where = where
        self._video = video
        self._recording = recording
        self._once = once
        self._frames = 0

    def describe(self) -> ScannerDescription:
        """A camera's pages have no resolution of their own: 0 mm, no dpi."""
        width, height = (int(self._video.get(c)) for c in _OPTIONS.values())
        abilities = SourceAbilities(ScanSource.CAMERA, (), (ColourMode.GREY, ColourMode.COLOUR), 0.0, 0.0)
        return ScannerDescription(f"UVC {width}x{height}", "", f"doccam/opencv-{cv2.__version__}", (abilities,))

    def status(self) -> ScannerStatus:
        """A camera that still gives pictures is ready."""
        if not self._video.isOpened():
            raise DeviceLost(self._where)
        return ScannerStatus(ScannerState.READY)

    def _frame(self) -> tuple[Picture, float]:
        """The next picture and its time. Raises DeviceLost, _Ended."""
        good, picture = self._video.read()
        if not good and self._recording:
            if self._once:
                raise _Ended
            self._video.set(cv2.CAP_PROP_POS_FRAMES, 0)
            good, picture = self._video.read()
        if not good or picture is None or picture.ndim != 3 or min(picture.shape[:2]) < 64:
            raise DeviceLost(self._where)
        self._frames += 1
        rate = max(float(self._video.get(cv2.CAP_PROP_FPS)), 1.0)
        if self._recording and not self._once:
            threading.Event().wait(1.0 / rate)
        taken_s = self._frames / rate if self._recording else time.monotonic()
        return np.asarray(picture, np.uint8), taken_s

    def scan(self, request: ScanRequest, sink: ScanSink) -> int:
        """Pages as they are laid, until ``most_pages``, the officer's wish, or the end of a recording."""
        if request.source is not ScanSource.CAMERA or request.mode is ColourMode.LINEART:
            raise SettingRefused(f"{request.source.value} {request.mode.value}", "SCN-110")
        watch, limits, pages = Watch(), Limits(), 0
        while not request.most_pages or pages < request.most_pages:
            if sink.cancelled():
                raise Cancelled(f"after page {pages}")
            try:
                picture, taken_s = self._frame()
            except _Ended:
                break
            found = find_pages(picture)
            sink.show(_view(picture, found))
            watch, fresh = step(watch, look_of(picture, found, taken_s), limits)
            for index in fresh:
                pages += 1
                sink.deliver(_page(rectified(picture, found.pages[index]), pages, request.mode))
                if request.most_pages and pages >= request.most_pages:
                    break
        return pages

    def close(self) -> None:
        """Let go of the device."""
        self._video.release()


def _page(straight: Picture, number: int, mode: ColourMode) -> ScannedPage:
    pixels = cv2.cvtColor(straight, cv2.COLOR_BGR2GRAY if mode is ColourMode.GREY else cv2.COLOR_BGR2RGB)
    data = jpeg_page(np.asarray(pixels, np.uint8), 0)
    return ScannedPage(data, number, PageSide.FRONT, straight.shape[1], straight.shape[0], 0)


def _view(picture: Picture, found: FoundPages) -> CameraView:
    scale = min(1.0, _LIVE_WIDTH / picture.shape[1])
    pages = tuple(tuple((float(x * scale), float(y * scale)) for x, y in page.corners) for page in found.pages)
    return CameraView(live_jpeg(picture, _LIVE_WIDTH), pages)
