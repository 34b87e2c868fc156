"""The WLT decoder of a site's own library, called through a C function of ours (docs/devices/card-reader.md).

``int jingchuang_wlt_decode(const unsigned char wlt[1024], unsigned char rgb[38556])`` returns 0 when it has written the
102 x 126 pixels, rows from the top. No open decoder exists; vendors' libraries differ in name and licence, so a site wraps
the one that it may use in these few lines of C. Loaded in a worker of its own: what it does wrong ends there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from pathlib import Path

from devices.ports.card_photo import RGB_BYTES, CardPicture
from devices.ports.card_reader import PHOTO_BYTES
from devices.ports.errors import DriverMissing, PhotoUndecoded

_FUNCTION = "jingchuang_wlt_decode"
# A library that writes beyond its picture must not hit what lies behind it unnoticed.
_GUARD = b"\xa5" * 4096


class WltDecoder:
    """One loaded library."""

    def __init__(self, library: Path) -> None:
        """Raises DriverMissing: no such file, another machine's code, or not our function."""
        if not library.is_absolute():
            raise DriverMissing(f"{library}: not an absolute path", "CRD-151")
        try:
            self._decode = getattr(ctypes.CDLL(str(library)), _FUNCTION)
        except (OSError, AttributeError) as error:
            raise DriverMissing(str(error), "CRD-151") from error
        self._decode.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
        self._decode.restype = ctypes.c_int

    def decode(self, photo: bytes) -> CardPicture:
        """The library's answer, believed only when it says 0 and has kept to its room."""
        if len(photo) != PHOTO_BYTES:
            raise PhotoUndecoded(f"{len(photo)} bytes")
        room = ctypes.create_string_buffer(bytes(RGB_BYTES) + _GUARD, RGB_BYTES + len(_GUARD))
        answer = self._decode(photo, room)
        if room.raw[RGB_BYTES:] != _GUARD:
            raise PhotoUndecoded("the library wrote beyond its picture")
        if answer != 0:
            raise PhotoUndecoded(f"the library answered {answer}")
        return CardPicture(room.raw[:RGB_BYTES])

    def close(self) -> None:
        """The library goes with its process."""


def open_decoder(where: str, options: Mapping[str, str]) -> WltDecoder:
    """``where``: absolute path of the library. Raises DriverMissing."""
    return WltDecoder(Path(where))
