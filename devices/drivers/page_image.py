"""Pages as files: what the device sends raw is compressed in its worker, what it sends as JPEG is believed when whole."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import simplejpeg

from devices.drivers.jpeg import require_whole_jpeg
from devices.ports.errors import PictureBroken, ScannerMemory
from devices.ports.scanner import ColourMode

# A4 at 600 dpi in colour is 104 MB; A3 at 600 dpi 209 MB. One raw page at a time is held, in the worker alone.
LARGEST_RAW_PAGE = 256 * 2**20
# Above what the eye and OCR can tell from the raw page, a tenth of its size (T.81; 4:4:4 keeps red stamps sharp).
_QUALITY = 92
_BROKEN = "SCN-109"

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def require_room(bytes_per_line: int, lines: int) -> None:
    """Raises ScannerMemory when the raw page would be larger than ``LARGEST_RAW_PAGE``."""
    if bytes_per_line * lines > LARGEST_RAW_PAGE:
        raise ScannerMemory(f"{bytes_per_line * lines >> 20} MB")


def jpeg_page(pixels: Pixels, dpi: int) -> bytes:
    """A JPEG with its density of ``(h, w)`` grey or ``(h, w, 3)`` RGB, uint8."""
    if pixels.ndim == 2:
        data = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels)[:, :, None], _QUALITY, "GRAY", "Gray")
    else:
        data = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), _QUALITY, "RGB", "444")
    return with_density(data, dpi)


def with_density(jpeg: bytes, dpi: int) -> bytes:
    """The JPEG with ``dpi`` in its JFIF header (JFIF 1.02 §Units); as it is when it has no such header."""
    if jpeg[2:4] != b"\xff\xe0" or jpeg[6:11] != b"JFIF\0" or not 0 < dpi < 65536:
        return jpeg
    return jpeg[:13] + struct.pack(">BHH", 1, dpi, dpi) + jpeg[18:]


def bilevel_page(rows: Pixels, width: int, dpi: int) -> bytes:
    """A one-bit PNG of packed rows, most significant bit first, 1 = black as SANE has it (PNG: 1 = white)."""
    height, packed = rows.shape[0], rows[:, : (width + 7) // 8]
    filtered = np.zeros((height, packed.shape[1] + 1), np.uint8)
    filtered[:, 1:] = ~packed
    per_metre = round(dpi / 0.0254)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", zlib.compress(filtered.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def page_of_frame(rows: Pixels, mode: ColourMode, width: int, dpi: int) -> bytes:
    """A page file of a frame's rows ``(height, stride)``: eight bits a sample, LINEART one bit a pixel."""
    if mode is ColourMode.LINEART:
        return bilevel_page(rows, width, dpi)
    if mode is ColourMode.COLOUR:
        return jpeg_page(rows[:, : width * 3].reshape(rows.shape[0], width, 3), dpi)
    return jpeg_page(rows[:, :width], dpi)


def whole_jpeg_size(data: bytes) -> tuple[int, int, int]:
    """Width, height and dpi (0 = not told) of a JPEG that decodes to its end. Raises PictureBroken SCN-109."""
    try:
        require_whole_jpeg(data)
        height, width, *_ = simplejpeg.decode_jpeg_header(data)
    except ValueError as error:
        raise PictureBroken(str(error), _BROKEN) from error
    except PictureBroken as error:
        raise PictureBroken(error.detail, _BROKEN) from error
    return width, height, density(data)


def density(jpeg: bytes) -> int:
    """Horizontal dpi of the JFIF header; 0 where it tells none."""
    header = io.BytesIO(jpeg).read(20)
    if len(header) < 18 or header[2:4] != b"\xff\xe0" or header[6:11] != b"JFIF\0":
        return 0
    unit, across = struct.unpack(">BH", header[13:16])
    return across if unit == 1 else round(across * 2.54) if unit == 2 else 0
