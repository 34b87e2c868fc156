"""The port ``fingerprint`` over the standard's C interface: ``livescan:/path/ID_FprCap.so[?features=/path/ID_Fpr.so…]``.

Capturing: BeginCapture, pictures until a finger lies still long enough or the time is over, EndCapture always. A call
that never returns or ends the process is the supervisor's business, not ours.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from devices.drivers.ga_livescan.library import (
    CARD_HEIGHT,
    CARD_WIDTH,
    FEATURE_BYTES,
    Library,
    capture_library,
    description_words,
    feature_library,
    require,
)
from devices.ports.errors import BadAddress, DeviceError, FingerMissing, FingerScannerFault, FingerUnusable, NotSupported
from devices.ports.fingerprint import (
    EmptyCause,
    FingerCapability,
    FingerCapture,
    FingerImage,
    FingerMatch,
    FingerRequest,
    FingerScannerDescription,
    MatchRequest,
)

_DPI = 500
_FRAME_S = 0.1  # the makers' demos ask ten times a second
_STILL_FRAMES = 3
_INK_GREY = 40  # darker than the bare glass by this much is skin
_INK_SHARE = 0.08  # of the window; a finger laid on covers 30 % and more
_TRACE_SHARE = 0.02
_RECTIFY_FAILED = 2
_UNKNOWN_SCANNER = 0
_OPTIONS = {"features", "channel", "brightness", "contrast", "type"}


def open_scanner(where: str, options: Mapping[str, str]) -> GaLivescan:
    """``where``: the library ID_FprCap. Raises BadAddress, DriverMissing, DeviceAbsent."""
    if unknown := options.keys() - _OPTIONS:
        raise BadAddress(", ".join(sorted(unknown)))
    try:
        channel, kind = int(options.get("channel", "0")), int(options.get("type", str(_UNKNOWN_SCANNER)))
        light = {name: int(options[name]) for name in ("brightness", "contrast") if name in options}
    except ValueError as error:
        raise BadAddress(str(error)) from error
    if not 0 <= kind <= 255 or channel < 0 or not all(0 <= value <= 255 for value in light.values()):
        raise BadAddress(f"{channel} {kind} {light}")
    capture = capture_library(where)
    features = feature_library(options.get("features", where))
    scanner = GaLivescan(capture, features, channel, kind)
    try:
        scanner.begin(light)
    except DeviceError:
        scanner.close()
        raise
    return scanner


@dataclass
class _Press:
    """The best picture so far; the later one of two equals."""

    best: FingerImage | None = None
    score: int | None = None
    rank: float = -1.0
    rectified: bool = True
    present: int = 0

    def see(self, image: FingerImage, score: int | None, rank: float, rectified: bool) -> None:
        """Take it when it is better."""
        if rank >= self.rank:
            self.best, self.score, self.rank, self.rectified = image, score, rank, rectified


class GaLivescan:
    """One open scanner; one thread."""

    def __init__(self, capture: Library, features: Library, channel: int, kind: int) -> None:
        self._capture = capture
        self._features = features
        self._channel = channel
        self._kind = kind
        self._pause = threading.Event()
        self._size = (CARD_WIDTH, CARD_HEIGHT)
        self._buffer_size = 2 * CARD_WIDTH * CARD_HEIGHT

    def begin(self, light: Mapping[str, int]) -> None:
        """Initialise both libraries, set window and light. Raises DeviceError."""
        require(self._capture, self._capture.ask("LIVESCAN_Init"), "LIVESCAN_Init")
        if self._features.has("FP_Begin"):
            require(self._capture, self._features.ask("FP_Begin"), "FP_Begin")
        for option, function in (("brightness", "LIVESCAN_SetBright"), ("contrast", "LIVESCAN_SetContrast")):
            if option in light:
                require(self._capture, self._capture.ask(function, self._channel, light[option]), function)
        if self._capture.has("LIVESCAN_GetChannelCount"):
            count = self._capture.ask("LIVESCAN_GetChannelCount")
            if 0 < count <= self._channel:
                raise BadAddress(f"channel {self._channel} (0-{count - 1})")
        self._take_window()

    def _take_window(self) -> None:
        """A resident card's window where the scanner can make one in its middle; else the one it has."""
        if self._capture.has("LIVESCAN_GetMaxImageSize") and self._capture.has("LIVESCAN_SetCaptWindow"):
            width, height = ctypes.c_int(0), ctypes.c_int(0)
            answer = self._capture.ask("LIVESCAN_GetMaxImageSize", self._channel, ctypes.byref(width), ctypes.byref(height))
            if answer > 0 and width.value >= CARD_WIDTH and height.value >= CARD_HEIGHT:
                # The first frames of some scanners still come in their full size.
                self._buffer_size = 2 * width.value * height.value
                x, y = (width.value - CARD_WIDTH) // 2, (height.value - CARD_HEIGHT) // 2
                answer = self._capture.ask("LIVESCAN_SetCaptWindow", self._channel, x, y, CARD_WIDTH, CARD_HEIGHT)
                require(self._capture, answer, "LIVESCAN_SetCaptWindow")
                return
        if self._capture.has("LIVESCAN_GetCaptWindow"):
            numbers = [ctypes.c_int(0) for _ in range(4)]
            answer = self._capture.ask("LIVESCAN_GetCaptWindow", self._channel, *(ctypes.byref(n) for n in numbers))
            require(self._capture, answer, "LIVESCAN_GetCaptWindow")
            self._size = (numbers[2].value, numbers[3].value)
        if not (1 <= self._size[0] <= 4096 and 1 <= self._size[1] <= 4096):
            raise FingerScannerFault(f"window {self._size[0]}×{self._size[1]}")
        self._buffer_size = max(self._buffer_size, 2 * self._size[0] * self._size[1])

    @property
    def _is_card_size(self) -> bool:
        return self._size == (CARD_WIDTH, CARD_HEIGHT)

    def describe(self) -> FingerScannerDescription:
        """Enrolment needs the resident card's window; comparing needs the maker's feature library."""
        can = set()
        if self._size[0] >= CARD_WIDTH and self._size[1] >= CARD_HEIGHT:
            can.add(FingerCapability.ENROL)
        if self._is_card_size and self._features.has("FP_FeatureExtract"):
            can.add(FingerCapability.FEATURES)
            if self._features.has("FP_FeatureMatch"):
                can.add(FingerCapability.VERIFY)
        version = self._capture.ask("LIVESCAN_GetVersion") if self._capture.has("LIVESCAN_GetVersion") else 0
        model = description_words(self._capture) or "GA/T 1012"
        driver = f"ga_livescan/{version}" if version > 0 else "ga_livescan"
        return FingerScannerDescription(model, "", driver, *self._size, _DPI, frozenset(can))

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        """The best picture of a finger that lay there for three pictures; of a trace when the time is over."""
        press = self._press(request, preview)
        if press.best is None:
            raise FingerMissing()
        return FingerCapture(press.best, press.score, self._extract(press.best, request.position), press.rectified)

    def _press(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> _Press:
        deadline = time.monotonic() + request.timeout_s
        press = _Press()
        require(self._capture, self._capture.ask("LIVESCAN_BeginCapture", self._channel), "LIVESCAN_BeginCapture")
        try:
            while press.present < _STILL_FRAMES and time.monotonic() < deadline:
                image, rectified = self._frame()
                preview(image)
                share = ink_share(image)
                score = self._score(image) if share >= _TRACE_SHARE else None
                there = share >= _INK_SHARE if score is None else score >= request.presence
                press.present = press.present + 1 if there else 0
                if share >= _TRACE_SHARE:
                    press.see(image, score, share if score is None else float(score), rectified)
                self._pause.wait(_FRAME_S)
        finally:
            self._capture.ask("LIVESCAN_EndCapture", self._channel)
        return press

    def _frame(self) -> tuple[FingerImage, bool]:
        buffer = ctypes.create_string_buffer(self._buffer_size)
        answer = self._capture.ask("LIVESCAN_GetFPRawData", self._channel, buffer)
        require(self._capture, answer, "LIVESCAN_GetFPRawData")
        width, height = self._size
        return FingerImage(buffer.raw[: width * height], width, height, _DPI), answer != _RECTIFY_FAILED

    def _score(self, image: FingerImage) -> int | None:
        """1-100, None when the maker's library has no score for it (0 means unknown)."""
        if not self._is_card_size or not self._features.has("FP_GetQualityScore"):
            return None
        score = ctypes.c_ubyte(0)
        answer = self._features.ask("FP_GetQualityScore", image.pixels, ctypes.byref(score))
        return score.value if answer > 0 and 1 <= score.value <= 100 else None

    def _extract(self, image: FingerImage, position: int) -> bytes:
        """512 bytes, b"" where there is no extractor or it finds nothing."""
        if not self._is_card_size or not self._features.has("FP_FeatureExtract"):
            return b""
        buffer = ctypes.create_string_buffer(2 * FEATURE_BYTES)
        answer = self._features.ask("FP_FeatureExtract", self._kind, position, image.pixels, buffer)
        return buffer.raw[:FEATURE_BYTES] if answer > 0 else b""

    def match(self, request: MatchRequest) -> FingerMatch:
        """Features against features; without a probe a finger is asked for."""
        if FingerCapability.VERIFY not in self.describe().capabilities or request.stored is not None:
            raise NotSupported("FP_FeatureMatch" if request.stored is None else "stored templates")
        probe = request.probe
        if not probe:
            probe = self.capture(FingerRequest(timeout_s=request.timeout_s), lambda image: None).features
            if not probe:
                raise FingerUnusable("FP_FeatureExtract")
        if len(probe) != FEATURE_BYTES or len(request.reference) != FEATURE_BYTES:
            raise FingerScannerFault(f"features of {len(request.reference)} and {len(probe)} bytes")
        similarity = ctypes.c_float(0)
        answer = self._features.ask("FP_FeatureMatch", request.reference, probe, ctypes.byref(similarity))
        require(self._capture, answer, "FP_FeatureMatch")
        return FingerMatch(float(similarity.value), "0-1", None)

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        """注册失败 and 未注册."""
        buffer = ctypes.create_string_buffer(2 * FEATURE_BYTES)
        if cause is EmptyCause.FAILED:
            answer = self._features.ask("FP_GenFeatureFromEmpty1", self._kind, position, buffer)
        else:
            answer = self._features.ask("FP_GenFeatureFromEmpty2", position, buffer)
        require(self._capture, answer, "FP_GenFeatureFromEmpty")
        return buffer.raw[:FEATURE_BYTES]

    def close(self) -> None:
        """End both libraries."""
        with suppress(NotSupported):
            self._features.ask("FP_End")
        self._capture.ask("LIVESCAN_Close")


def ink_share(image: FingerImage) -> float:
    """How much of the window is clearly darker than its bare glass (its brightest twentieth)."""
    pixels = np.frombuffer(image.pixels, np.uint8)
    glass = float(np.percentile(pixels, 95))
    return float(np.mean(pixels < glass - _INK_GREY))
