"""The two C libraries of the standard, loaded through ctypes: ID_FprCap (pictures) and ID_Fpr (scores and features).

Prototypes as GA/T 1012 names them; ``stdcall`` on 32-bit Windows, the platform's own convention elsewhere. Every buffer is
made here and made larger than the standard says: some makers write two bytes a pixel.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from ctypes import POINTER, c_char_p, c_float, c_int, c_ubyte, c_void_p
from typing import Any

from devices.ports.errors import (
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    DriverMissing,
    FingerScannerFault,
    NotSupported,
)

FEATURE_BYTES = 512
CARD_WIDTH, CARD_HEIGHT = 256, 360  # what every FP_ function expects
_DESCRIPTION_BYTES = 1024
_ERROR_BYTES = 256
_INT_POINTER, _BYTES = POINTER(c_int), c_void_p

_CAPTURE: dict[str, Sequence[Any]] = {
    "LIVESCAN_Init": (),
    "LIVESCAN_Close": (),
    "LIVESCAN_GetChannelCount": (),
    "LIVESCAN_SetBright": (c_int, c_int),
    "LIVESCAN_SetContrast": (c_int, c_int),
    "LIVESCAN_GetMaxImageSize": (c_int, _INT_POINTER, _INT_POINTER),
    "LIVESCAN_GetCaptWindow": (c_int, _INT_POINTER, _INT_POINTER, _INT_POINTER, _INT_POINTER),
    "LIVESCAN_SetCaptWindow": (c_int, c_int, c_int, c_int, c_int),
    "LIVESCAN_BeginCapture": (c_int,),
    "LIVESCAN_GetFPRawData": (c_int, _BYTES),
    "LIVESCAN_EndCapture": (c_int,),
    "LIVESCAN_GetVersion": (),
    "LIVESCAN_GetDesc": (c_char_p,),
    "LIVESCAN_GetErrorInfo": (c_int, c_char_p),
}
_FEATURES: dict[str, Sequence[Any]] = {
    "FP_Begin": (),
    "FP_End": (),
    "FP_GetQualityScore": (_BYTES, POINTER(c_ubyte)),
    "FP_FeatureExtract": (c_ubyte, c_ubyte, _BYTES, _BYTES),
    "FP_FeatureMatch": (_BYTES, _BYTES, POINTER(c_float)),
    "FP_GenFeatureFromEmpty1": (c_ubyte, c_ubyte, _BYTES),
    "FP_GenFeatureFromEmpty2": (c_ubyte, _BYTES),
}
# Without these there is no picture; everything else may be missing.
_NEEDED = (
    "LIVESCAN_Init",
    "LIVESCAN_Close",
    "LIVESCAN_BeginCapture",
    "LIVESCAN_GetFPRawData",
    "LIVESCAN_EndCapture",
)

# The standard's return values; -101…-105 are the maker's own, GetErrorInfo knows them.
_REFUSALS: dict[int, type[DeviceError]] = {-3: NotSupported, -4: DeviceAbsent, -5: DeviceLost}
_IN_USE = ("busy", "in use", "占用")


class Library:
    """One loaded shared library. Raises DriverMissing (FNG-110 other architecture, FNG-111 not this interface)."""

    def __init__(self, path: str, functions: dict[str, Sequence[Any]], needed: Sequence[str] = ()) -> None:
        self._library = _load(path)
        self._functions: dict[str, Any] = {}
        for name, arguments in functions.items():
            function = getattr(self._library, name, None)
            if function is not None:
                function.argtypes, function.restype = list(arguments), c_int
                self._functions[name] = function
        for name in needed:
            if name not in self._functions:
                raise DriverMissing(name, "FNG-111")

    def has(self, name: str) -> bool:
        """Whether the maker built it in."""
        return name in self._functions

    def ask(self, name: str, *arguments: Any) -> int:
        """Its answer, whatever it is. Raises NotSupported where the maker left it out."""
        if name not in self._functions:
            raise NotSupported(name)
        return int(self._functions[name](*arguments))


def capture_library(path: str) -> Library:
    """ID_FprCap."""
    return Library(path, _CAPTURE, _NEEDED)


def feature_library(path: str) -> Library:
    """ID_Fpr, or a library that holds both; empty of functions where the maker ships pictures alone."""
    return Library(path, _FEATURES)


def _load(path: str) -> Any:
    loader: Any = ctypes.CDLL
    if sys.platform == "win32":
        loader = ctypes.WinDLL
    try:
        return loader(path)
    except OSError as error:
        text = str(error)
        foreign = ("wrong ELF class", "invalid ELF header", "WinError 193", "Exec format")
        code = "FNG-110" if any(word in text for word in foreign) else None
        raise DriverMissing(text, code) from error


def require(capture: Library, code: int, doing: str) -> int:
    """``code`` where it says success (1, or 2 and 3 of a picture); raises what else it says, in the maker's words."""
    if code > 0:
        return code
    said = error_words(capture, code)
    detail = f"{doing}: {code} {said}".strip()
    if any(word in said.lower() for word in _IN_USE):
        raise DeviceBusy(detail)
    raise _REFUSALS.get(code, FingerScannerFault)(detail)


def error_words(capture: Library, code: int) -> str:
    """What the library says about its own code, "" when it says nothing."""
    if not capture.has("LIVESCAN_GetErrorInfo"):
        return ""
    buffer = ctypes.create_string_buffer(2 * _ERROR_BYTES)
    capture.ask("LIVESCAN_GetErrorInfo", code, buffer)
    return text_of(buffer.value)


def description_words(capture: Library) -> str:
    """Maker and model, as the library describes itself."""
    if not capture.has("LIVESCAN_GetDesc"):
        return ""
    buffer = ctypes.create_string_buffer(2 * _DESCRIPTION_BYTES)
    return text_of(buffer.value) if capture.ask("LIVESCAN_GetDesc", buffer) > 0 else ""


def text_of(raw: bytes) -> str:
    """Makers write GBK or UTF-8; what is neither keeps its place as a mark."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "".join(c for c in text if c.isprintable()).strip()[:200]
    return "".join(c for c in raw.decode("gb18030", "replace") if c.isprintable()).strip()[:200]
