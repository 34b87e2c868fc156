"""Everything a picture is measured from, prepared once: pixels, faces, the head at one size, its parts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.imaging.decode import Picture, Pixels, decode, decode_long
from app.inspection.face import FaceReader, FaceReading
from app.inspection.parsing import Parsing, parse
from app.inspection.patch import HeadPatch, head_patch
from app.inspection.wall import background_mask, wall_colours

# Faces are read on a picture of at most this many pixels on the long side; more only costs time.
READING_SIDE = 1280


def reading_scale(width: int, height: int) -> float:
    """How much a picture is reduced before its face is read."""
    return min(1.0, READING_SIDE / max(width, height))


def reduced(pixels: Pixels) -> Pixels:
    """The picture its face is read on."""
    scale = reading_scale(pixels.shape[1], pixels.shape[0])
    if scale == 1.0:
        return pixels
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


@dataclass(frozen=True)
class Scene:
    """``small``: BGR uint8, what the face was read on; ``factor``: picture pixels per pixel of ``small``.

    ``lab``: CIE L*a*b* of ``small`` (L 0..100). ``patch`` and ``parsing`` are None without a face. ``turned_deg``: by how
    much the picture had to be turned clockwise before a face was found (0, 90, 180, 270); everything else is upright.
    """

    data: bytes
    picture: Picture
    small: Pixels
    reading: FaceReading
    lab: NDArray[np.float32]
    patch: HeadPatch | None
    parsing: Parsing | None
    factor: float
    wall_mask: NDArray[np.bool_]  # of ``small``: surely background
    wall: NDArray[np.float32] | None  # its L*a*b*, (n, 3); None where too little of it is seen
    turned_deg: int = 0


_TURNS = ((180, cv2.ROTATE_180), (90, cv2.ROTATE_90_CLOCKWISE), (270, cv2.ROTATE_90_COUNTERCLOCKWISE))


def look(reader: FaceReader, data: bytes, picture: Picture) -> Scene:
    """Read a picture. Where no face is found it is turned to see whether it lies on its side."""
    return _seen(reader, data, reduced(picture.pixels), lambda: picture)


def look_at_file(reader: FaceReader, data: bytes) -> Scene:
    """Decode and read; a large JPEG's face is read on its reduced picture while the whole one is still being decoded.

    Raises BadInput IMG-….
    """
    with ThreadPoolExecutor(1, thread_name_prefix="decode") as side:
        whole = side.submit(decode, data)
        first = decode_long(data, READING_SIDE)
        small = reduced(whole.result().pixels if first is None else first)
        return _seen(reader, data, small, whole.result)


def _seen(reader: FaceReader, data: bytes, small: Pixels, whole: Callable[[], Picture]) -> Scene:
    reading = reader.read(small)
    turned = _turns(reader, small, 0.0 if reading.main is None else reading.main.score)
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB), np.float32)
    patch = None if reading.main is None else head_patch(small, reading.main, reading.person)
    parsing = None if patch is None else parse(patch)
    mask = background_mask(reading) > 0
    wall = wall_colours(lab, mask)
    picture = whole()
    return Scene(data, picture, small, reading, lab, patch, parsing, picture.width / small.shape[1], mask, wall, turned)


# Upright faces score above 0.9; one that lies or stands on its head is often found too, but with less.
_SURE_SCORE, _BETTER_BY = 0.85, 0.1


def _turns(reader: FaceReader, small: Pixels, score: float) -> int:
    """By how many degrees clockwise the picture shows a much better face; 0 for an upright one."""
    if score >= _SURE_SCORE:
        return 0
    best, turned = score + _BETTER_BY, 0
    for degrees, turn in _TURNS:
        found = reader.networks.detect(np.ascontiguousarray(cv2.rotate(small, turn), np.uint8))
        if found and found[0].score > best:
            best, turned = found[0].score, degrees
    return turned
