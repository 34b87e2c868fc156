"""WSQ compression of a finger image (FBI IAFIS-IC-0110) by the NBIS encoder of the wheel ``wsq``; never decoded here.

The wheel registers itself with Pillow and compresses at 12:1. There is one for x86-64 Linux and Windows.
"""

from __future__ import annotations

import io
from importlib.util import find_spec

from PIL import Image

from app.domain.errors import SetupFault

_FORMAT = "WSQ"


def wsq_there() -> bool:
    """Whether the encoder is installed; loads nothing."""
    return find_spec("wsq") is not None


def wsq_of(pixels: bytes, width_px: int, height_px: int) -> bytes:
    """The WSQ file of an 8-bit grey image. Raises SetupFault FNG-303 where the encoder is not installed."""
    try:
        import wsq  # noqa: F401, PLC0415 - registers the format; absent on machines without a wheel
    except ImportError as error:
        raise SetupFault("FNG-303") from error
    _forget_decoder()
    out = io.BytesIO()
    Image.frombytes("L", (width_px, height_px), pixels).save(out, _FORMAT)
    return out.getvalue()


def _forget_decoder() -> None:
    """A picture from outside must never reach the old C decoder through Pillow."""
    Image.OPEN.pop(_FORMAT, None)
    if _FORMAT in Image.ID:
        Image.ID.remove(_FORMAT)
