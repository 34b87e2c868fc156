"""What a picture file says about itself before one pixel is decoded: format, size, depth, colours, DPI, orientation."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageFile, UnidentifiedImageError

from app.domain.errors import BadInput

# A 24-megapixel camera makes 24 million; the largest ID-photo cameras 61 million.
LARGEST_PIXELS = 100_000_000

_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP")
_EXIF_ORIENTATION = 0x0112
_PLAIN_MODES = {"L", "RGB", "RGBA", "LA", "P", "1"}


@dataclass(frozen=True)
class PictureFacts:
    """Read from the header. ``orientation`` is EXIF's 1..8; ``dpi`` None when the file does not say."""

    format: str
    width: int
    height: int
    bits_per_pixel: int
    mode: str
    dpi: tuple[float, float] | None
    orientation: int
    size_bytes: int
    has_exif: bool


def _bits(image: ImageFile.ImageFile) -> int:
    return {"1": 1, "L": 8, "P": 8, "LA": 16, "RGB": 24, "RGBA": 32, "CMYK": 32}.get(image.mode, 8 * len(image.mode))


def _jpeg_precision(data: bytes) -> int:
    """Sample precision from the start-of-frame segment (ISO/IEC 10918-1 B.2.2); 8 where there is none."""
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return data[position + 4]
        position += 2 + int(struct.unpack(">H", data[position + 2 : position + 4])[0])
    return 8


def read_facts(data: bytes) -> PictureFacts:
    """The header's facts.

    Raises BadInput: IMG-101 empty, IMG-102 not a picture we read, IMG-103 too many pixels, IMG-104 CMYK,
    IMG-105 more than 8 bits a channel.
    """
    if not data:
        raise BadInput("IMG-101")
    if data.startswith(b"\xff\xd8") and _jpeg_precision(data) != 8:
        raise BadInput("IMG-105")
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise BadInput("IMG-103", limit=LARGEST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise BadInput("IMG-102") from error
    with image:
        if image.width * image.height > LARGEST_PIXELS:
            raise BadInput("IMG-103", limit=LARGEST_PIXELS // 1_000_000)
        if image.mode == "CMYK":
            raise BadInput("IMG-104")
        if image.mode not in _PLAIN_MODES or _deep(image):
            raise BadInput("IMG-105")
        return _facts_of(image, len(data))


def _deep(image: ImageFile.ImageFile) -> bool:
    """PNG and TIFF may carry 16 bits a channel that Pillow shows as 8 once decoded."""
    bits = image.tag_v2.get(258, (8,)) if image.format == "TIFF" else ()  # type: ignore[attr-defined]
    raw = str(image.tile[0][3]) if image.tile else ""
    return any(b > 8 for b in (bits if isinstance(bits, tuple) else (bits,))) or ";16" in raw


def _facts_of(image: ImageFile.ImageFile, size: int) -> PictureFacts:
    try:
        exif = image.getexif()
        orientation = exif.get(_EXIF_ORIENTATION, 1)
    except (ValueError, OSError, SyntaxError, struct.error, TypeError, ZeroDivisionError):
        exif, orientation = None, 1  # a damaged EXIF block does not make the picture worse
    dpi = image.info.get("dpi")
    try:
        resolution = (float(dpi[0]), float(dpi[1])) if dpi else None
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        resolution = None
    return PictureFacts(
        format="JPEG" if image.format == "MPO" else str(image.format),
        width=image.width,
        height=image.height,
        bits_per_pixel=_bits(image),
        mode=image.mode,
        dpi=resolution,
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        size_bytes=size,
        has_exif=bool(exif),
    )
