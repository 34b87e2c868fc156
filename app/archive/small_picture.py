"""分类预压缩 (L7983–7985): a page in one kilobyte for a remote classifier, with what the picture cannot carry beside it.

The largest picture that fits is found by bisection over its width, at the quality the site has chosen; grey, no metadata.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
from PIL import Image

from app.archive.page_facts import PageFacts
from app.domain.errors import BadInput
from app.imaging.decode import Pixels

MOST_BYTES = 1024
_NARROWEST, _WIDEST = 16, 400
_LARGEST_SIDE = 4096  # a till receipt of 16 pixels width is not longer


class SmallCodec(Enum):
    """What the receiver can read; older domestic systems have no WebP."""

    WEBP = "webp"
    JPEG = "jpeg"


# At these the layout is still seen and the picture is about a hundred pixels wide (devices-and-protocols 1.6).
_QUALITY = {SmallCodec.WEBP: 15, SmallCodec.JPEG: 20}


@dataclass(frozen=True)
class SmallPicture:
    """``data``: at most 1024 bytes; ``width`` × ``height`` of the picture in it."""

    data: bytes
    codec: SmallCodec
    width: int
    height: int


@dataclass(frozen=True)
class Envelope:
    """Goes beside the picture, a few hundred bytes: shape of the page, how full it is, whether something red is stamped,
    what a code on it says. Never what is written on it."""

    aspect: float
    ink_share: float
    red_share: float
    blank: float
    sideways: bool
    code: str = ""


def small_picture(pixels: Pixels, codec: SmallCodec = SmallCodec.WEBP, most: int = MOST_BYTES) -> SmallPicture:
    """Of a BGR page. Pure. Raises BadInput ARC-110 for a page of which not even a tiny picture fits."""
    grey = Image.fromarray(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8))
    low, high = _NARROWEST, min(_WIDEST, max(_NARROWEST, grey.width))
    best = _encoded(grey, low, codec)
    if len(best.data) > most:
        raise BadInput("ARC-110", bytes=most)
    while low < high:
        middle = (low + high + 1) // 2
        tried = _encoded(grey, middle, codec)
        if len(tried.data) <= most:
            low, best = middle, tried
        else:
            high = middle - 1
    return best


def opened(data: bytes) -> Pixels:
    """The grey picture of a small one, H×W uint8. Raises BadInput ARC-111 for what is none, or far larger than one is."""
    try:
        with Image.open(io.BytesIO(data), formats=("WEBP", "JPEG")) as picture:
            if max(picture.size) > _LARGEST_SIDE:
                raise BadInput("ARC-111")
            return np.asarray(picture.convert("L"), np.uint8)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadInput("ARC-111") from error


def _encoded(grey: Image.Image, width: int, codec: SmallCodec) -> SmallPicture:
    height = max(1, round(width * grey.height / max(1, grey.width)))
    small = grey.resize((width, height), Image.Resampling.BOX)
    out = io.BytesIO()
    if codec is SmallCodec.WEBP:
        small.save(out, "WEBP", quality=_QUALITY[codec], method=6)
    else:
        small.save(out, "JPEG", quality=_QUALITY[codec], optimize=True)
    return SmallPicture(out.getvalue(), codec, width, height)


def envelope_of(pixels: Pixels, facts: PageFacts, code: str = "") -> Envelope:
    """Features of a measured page. ``code``: what its bar code says, cut to 64 characters. Pure."""
    small = cv2.resize(pixels, (124, 175), interpolation=cv2.INTER_AREA)
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(small))
    stamped = (red - np.maximum(blue, green)) > 40
    page_mm2 = facts.width * facts.height * (25.4 / (facts.dpi.value or 300.0)) ** 2
    return Envelope(
        round(facts.height / facts.width, 4),
        round(facts.ink_mm2 / page_mm2, 4),
        round(float(stamped.mean()), 4),
        round(facts.blank, 3),
        facts.skew.sideways,
        code[:64],
    )
