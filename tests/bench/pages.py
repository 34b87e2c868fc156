"""Archive pages a second, A4 at 300 dpi in colour: kept, measured, sorted, journalled; beside the bare operations."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from bench.rows import Row, row

from app.archive.pile import Pile
from app.imaging.decode import Pixels
from helpers.documents import Soiling, page, soiled, turned

_PAGES = 24
_DPI = 300


def _jpegs() -> list[bytes]:
    """Forms, letters and tables, a little askew, on paper."""
    kinds = ("form", "letter", "table")
    drawn = (
        soiled(turned(page(kinds[n % 3], _DPI, n), 0.4 * (n % 5 - 2), (255, 255, 255)), Soiling(), _DPI, n)
        for n in range(6)
    )
    return [cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes() for pixels in drawn]


def _kept(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _ours(folder: Path, jpegs: list[bytes]) -> float:
    begun = time.perf_counter()
    pile = Pile(folder, None)
    for number in range(1, _PAGES + 1):
        name = f"page-{number:04}-front.jpg"
        # A byte behind the picture's end makes each page another one to the digest.
        _kept(folder / name, jpegs[number % len(jpegs)] + bytes([number]))
        pile.add(name, number, "front", _DPI)
    pile.close()
    return time.perf_counter() - begun


def _bare(folder: Path, jpegs: list[bytes]) -> float:
    """The same page through OpenCV's own calls, one after the other, and its bytes on the disk."""
    return sum(bare_page(folder / f"{number}.jpg", jpegs[number % len(jpegs)]) for number in range(_PAGES))


def bare_page(path: Path, data: bytes) -> float:
    """Seconds for one."""
    begun = time.perf_counter()
    _kept(path, data)
    _operations(np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), np.uint8))
    return time.perf_counter() - begun


def _operations(pixels: Pixels) -> None:
    """Grey, sharpness, blank test, skew by projection at a quarter, 0.5° then 0.1°."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    cv2.Laplacian(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), cv2.CV_16S).var()
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    float((small < 200).mean())
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    height, width = ink.shape

    def score(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1).astype(np.float64)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-6.0, 6.01, 0.5), key=score)
    max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=score)


def measure() -> Iterator[Row]:
    """One process, as the command line scans."""
    jpegs = _jpegs()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("warm", "ours", "bare"):
            (root / name).mkdir()
        _ours(root / "warm", jpegs)
        ours, bare = _ours(root / "ours", jpegs), _bare(root / "bare", jpegs)
    yield row(
        "archive page, A4 300 dpi colour: kept, measured, journalled",
        1000 * ours / _PAGES,
        "ms",
        "decode, grey, Laplacian, blank test, projection skew in bare OpenCV, written and fsynced",
        1000 * bare / _PAGES,
    )
