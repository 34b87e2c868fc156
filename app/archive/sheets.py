"""Pages from files: pictures byte for byte, PDFs and many-page TIFFs page by page; what cannot be taken is said by name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from app.domain.errors import BadInput
from app.imaging.decode import decode
from app.printing.raster import scanned_pages

_LARGEST = 512 * 2**20
_MOST_PIXELS = 100_000_000
_MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png"}
_TIFF = (b"II*\0", b"MM\0*")


@dataclass(frozen=True)
class FileSheet:
    """``dpi`` 0: the file does not say."""

    data: bytes
    media_type: str
    dpi: int


def sheets_of(path: Path, dpi: int) -> Iterator[FileSheet]:
    """``dpi``: at which a PDF's pages are drawn.

    Raises BadInput ARC-142 where the file cannot be read, ARC-141 a locked or torn PDF or TIFF, IMG-10x a picture that is
    none, too large or deep.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput("IMG-103")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput("ARC-142", name=path.name, reason=error.strerror or "") from error
    if data.startswith(b"%PDF-"):
        yield from _of_pdf(data, path.name, dpi)
    elif data.startswith(_TIFF):
        yield from _of_tiff(data, path.name)
    else:
        facts = decode(data).facts
        if facts.format not in _MEDIA:
            raise BadInput("IMG-102")
        yield FileSheet(data, _MEDIA[facts.format], round(facts.dpi[0]) if facts.dpi else 0)


def _of_pdf(data: bytes, name: str, dpi: int) -> Iterator[FileSheet]:
    try:
        for png in scanned_pages(data, dpi):
            yield FileSheet(png, "image/png", dpi)
    except BadInput as error:
        raise BadInput("ARC-141", name=name) from error


def _of_tiff(data: bytes, name: str) -> Iterator[FileSheet]:
    """Each page as PNG: the same pixels. The size stands in the header, so a bomb is refused before it is unpacked."""
    try:
        with Image.open(io.BytesIO(data), formats=("TIFF",)) as file:
            for number in range(getattr(file, "n_frames", 1)):
                file.seek(number)
                if file.width * file.height > _MOST_PIXELS:
                    raise BadInput("IMG-103")
                dpi = round(float(file.info.get("dpi", (0.0, 0.0))[0]))
                out = io.BytesIO()
                grey = file.mode in {"1", "L"}
                file.convert("L" if grey else "RGB").save(out, "PNG", compress_level=1)
                yield FileSheet(out.getvalue(), "image/png", dpi)
    except Image.DecompressionBombError as error:
        raise BadInput("IMG-103") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise BadInput("ARC-141", name=name) from error
