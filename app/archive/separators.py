"""Separator sheets between files: 流水号, kind and business type in QR codes and in Code 128, each twice, with a check.

Payload, one line: ``JC1|V|SERIAL|BUSINESS|CHECK`` in the QR code, ``JC1|V|SERIAL|CHECK`` in Code 128; V vehicle, D driver;
CHECK is eight hex digits of SM3 over what stands before it. A sheet whose codes cannot be read is still known by its bars:
three black bands across the sheet, 1 : 2 : 1, at both ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from app.archive.page_facts import reduced
from app.domain.errors import BadInput
from app.imaging.decode import Pixels
from app.security.digest import sm3_hex

_MARK = "JC1"
_SERIAL = re.compile(r"[0-9A-Z-]{4,32}")
_BUSINESS = re.compile(r"[0-9A-Z-]{0,24}")
_CHECK_LENGTH = 8
_READING_DPI = 150.0
_BAND_DARK = 0.62  # of a row: a band crosses nine tenths of the sheet
_BAND_SHARE = (0.5, 2.0)  # how far the bands' heights may be from 1 : 2 : 1


class FileKind(Enum):
    """Whose file: 机动车 or 驾驶人."""

    VEHICLE = "V"
    DRIVER = "D"


@dataclass(frozen=True)
class Separator:
    """What a sheet says. ``business``: the code of the business type, "" where only Code 128 was read or none was given."""

    kind: FileKind
    serial: str
    business: str = ""


@dataclass(frozen=True)
class SeparatorReading:
    """``separator`` None: the sheet is one, but its number cannot be read and must be asked for.

    ``codes``: how many of its codes were read whole. ``disagree``: its codes name different files.
    """

    separator: Separator | None
    codes: int = 0
    disagree: bool = False


def require_separator(separator: Separator) -> None:
    """Raises BadInput ARC-101 for a number, ARC-102 for a business type that no sheet can carry."""
    if not _SERIAL.fullmatch(separator.serial):
        raise BadInput("ARC-101", serial=separator.serial[:40])
    if not _BUSINESS.fullmatch(separator.business):
        raise BadInput("ARC-102", business=separator.business[:40])


def _checked(text: str) -> str:
    return f"{text}|{sm3_hex(text.encode())[:_CHECK_LENGTH].upper()}"


def qr_text(separator: Separator) -> str:
    """What the QR code says."""
    return _checked(f"{_MARK}|{separator.kind.value}|{separator.serial}|{separator.business}")


def code128_text(separator: Separator) -> str:
    """What the bar code says: short enough to be wide."""
    return _checked(f"{_MARK}|{separator.kind.value}|{separator.serial}")


def separator_in(text: str) -> Separator | None:
    """Of one code's text; None for another code or one whose check is wrong. Total."""
    body, _, check = text.rpartition("|")
    parts = body.split("|")
    if len(parts) not in (3, 4) or parts[0] != _MARK or _checked(body) != f"{body}|{check}":
        return None
    try:
        found = Separator(FileKind(parts[1]), parts[2], parts[3] if len(parts) == 4 else "")
        require_separator(found)
    except (ValueError, BadInput):
        return None
    return found


def separator_on(pixels: Pixels, dpi: float) -> SeparatorReading | None:
    """None for a page that is no separator. ``pixels``: BGR uint8, in any orientation; ``dpi`` 0 = unknown. Pure."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    small = reduced(grey, max(1, round(dpi / _READING_DPI)))
    if not _has_bands(small):
        return None
    read = [found for found in map(separator_in, _texts(small)) if found is not None]
    if not read and small is not grey:
        read = [found for found in map(separator_in, _texts(grey)) if found is not None]
    files = {(found.kind, found.serial) for found in read}
    if len(files) != 1:
        return SeparatorReading(None, len(read), disagree=len(files) > 1)
    return SeparatorReading(max(read, key=lambda found: len(found.business)), len(read))


def _texts(grey: NDArray[np.uint8]) -> list[str]:
    formats = zxingcpp.barcode_formats_from_str("QRCode,Code128")
    return [found.text for found in zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=formats)]


def _has_bands(grey: NDArray[np.uint8]) -> bool:
    """Three bands at one end at least, whichever way the sheet lies; a few degrees askew."""
    thumb = cv2.resize(grey, (420, 594) if grey.shape[0] >= grey.shape[1] else (594, 420), interpolation=cv2.INTER_AREA)
    level = float(np.percentile(thumb, 90))
    dark = thumb < 0.55 * level
    upright = dark if thumb.shape[0] > thumb.shape[1] else np.rot90(dark)
    return any(_bands_in(end) for end in (upright[:140], upright[-140:][::-1]))


def _bands_in(end: NDArray[np.bool_]) -> bool:
    """Of one end of the sheet, in strips, so that a skewed band is a band in each strip at another height."""
    strips = np.array_split(end[:, 40:-40], 8, axis=1)
    return sum(_bands_down(strip.mean(axis=1) > _BAND_DARK) for strip in strips) >= 5


def _bands_down(rows: NDArray[np.bool_]) -> bool:
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    heights = [bottom - top for top, bottom in zip(bounds[::2], bounds[1::2], strict=True) if bottom - top >= 4]
    low, high = _BAND_SHARE
    return any(
        low <= one / max(1, other) <= high and low <= middle / max(1, one + other) <= high
        for one, middle, other in zip(heights, heights[1:], heights[2:], strict=False)
    )
