"""Archive pages into the sealed store, typed: time a page, memory of a long batch; beside OpenCV, unpaper, ocrmypdf."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
from bench.pages import bare_page
from bench.rows import Row, row
from PIL import Image

from app.archive.classify import Classifier
from app.archive.line_reading import line_reader
from app.archive.page_model import page_model
from app.archive.run import BatchRun, RunParts
from app.domain.archive_batch import BatchProfile
from app.domain.records import Station
from app.imaging.decode import Pixels
from helpers.archive_documents import drawn, scanned
from helpers.stores import TestClock, new_store

_DPI = 300
_TYPES = ("registration-form", "identity-copy", "origin", "insurance", "check-record", "power-of-attorney")
_PAGES, _LONG = 36, 2000


def _jpegs() -> list[bytes]:
    pages = [scanned(drawn("vehicle", name, 5_000 + n, _DPI), n, _DPI) for n, name in enumerate(_TYPES)]
    return [cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes() for pixels in pages]


def _scanned(folder: Path, jpegs: list[bytes], pages: int, *, typed: bool = True) -> float:
    """Seconds a page: sealed, fsynced, measured, sorted and, with ``typed``, typed."""
    store, _, _ = new_store(folder, TestClock())
    station = Station("T1", "999999", "训练派出所", "training")
    batch = store.archive.begin(BatchProfile("V", "adf", serial="XL2026000001", business="ZCDJ"), "zhang", station)
    classifier = Classifier(line_reader(), page_model()) if typed else None
    begun = time.perf_counter()
    run = BatchRun(batch, RunParts(store.archive, store.archive_files, classifier))
    for number in range(1, pages + 1):
        # A few bytes behind the picture's end make each page another one to the digest.
        data = jpegs[number % len(jpegs)] + number.to_bytes(2, "big")
        run.keep(data, number=number, side="front", dpi=_DPI, media_type="image/jpeg")
        while run.waiting > 4:  # a scanner is not faster than this
            time.sleep(0.005)  # noqa: TID251 - plays the feeder
    run.close()
    took = (time.perf_counter() - begun) / pages
    store.close()
    return took


def _unpaper(folder: Path, jpegs: list[bytes]) -> float | None:
    """Seconds a page of the whole command: deskew, clean, borders."""
    if shutil.which("unpaper") is None:
        return None
    paths = []
    for number, data in enumerate(jpegs):
        path = folder / f"{number}.ppm"
        path.write_bytes(cv2.imencode(".ppm", _pixels(data))[1].tobytes())
        paths.append(path)
    begun = time.perf_counter()
    for path in paths:
        subprocess.run(["unpaper", "-q", str(path), str(path.with_suffix(".out.ppm"))], check=True)
    return (time.perf_counter() - begun) / len(paths)


def _ocrmypdf(folder: Path, jpegs: list[bytes]) -> float | None:
    """Seconds a page of a searchable PDF with Chinese recognised, two jobs side by side."""
    if shutil.which("ocrmypdf") is None:
        return None
    pdf, out = folder / "pages.pdf", folder / "out.pdf"
    pictures = [Image.fromarray(_pixels(data)[:, :, ::-1]) for data in jpegs]
    pictures[0].save(pdf, save_all=True, append_images=pictures[1:], resolution=_DPI)
    begun = time.perf_counter()
    command = ["ocrmypdf", "-q", "-l", "chi_sim", "--deskew", "--jobs", "2", str(pdf), str(out)]
    subprocess.run(command, check=True)
    return (time.perf_counter() - begun) / len(jpegs)


def _pixels(data: bytes) -> Pixels:
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def measure() -> Iterator[Row]:
    """One process, as the workstation scans."""
    jpegs = _jpegs()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _scanned(root / "warm", jpegs, 6)
        plain = _scanned(root / "plain", jpegs, _PAGES, typed=False)
        ours = _scanned(root / "ours", jpegs, _PAGES)
        bare = sum(bare_page(root / f"{n}.jpg", jpegs[n % len(jpegs)]) for n in range(_PAGES)) / _PAGES
        reference = "the bare OpenCV operations one after the other, written and fsynced"
        without = "archive page, A4 300 dpi colour: sealed in the store, measured, sorted (two sheets side by side)"
        yield row(without, 1000 * plain, "ms", reference, 1000 * bare)
        what = "archive page, A4 300 dpi colour: sealed in the store, measured, typed"
        yield row(what, 1000 * ours, "ms", reference, 1000 * bare)
        for name, took in (("unpaper", _unpaper(root, jpegs)), ("ocrmypdf", _ocrmypdf(root, jpegs))):
            if took is not None:
                yield row(
                    f"{what}; beside {name}", 1000 * ours, "ms", f"{name} on the same pages, whole command", 1000 * took
                )

    yield from _long_batch(jpegs)


def _long_batch(jpegs: list[bytes]) -> Iterator[Row]:
    """Resident memory through two thousand pages."""
    with tempfile.TemporaryDirectory() as folder:
        _scanned(Path(folder) / "warm", jpegs, 24)
        before = psutil.Process().memory_info().rss
        _scanned(Path(folder) / "long", jpegs, _LONG)
        after = psutil.Process().memory_info().rss
    yield row("resident memory after 2,000 archive pages", after / 2**20, "MiB", "after 24 pages", before / 2**20)
