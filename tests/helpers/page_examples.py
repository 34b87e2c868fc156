"""Drawn pages of every type as the small image model sees them: for training it, and for measuring it on others."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import numpy as np
from numpy.typing import NDArray

from app.archive.page_facts import measured
from app.archive.page_model import features_of
from app.archive.small_picture import SmallCodec, envelope_of, opened, small_picture
from app.config.archive_types import page_types
from helpers.archive_documents import drawn, scanned

DPI = 100


def classes() -> list[tuple[str, str]]:
    """Type and kind; types of both kinds look the same."""
    found: dict[str, str] = {}
    for kind in ("vehicle", "driver"):
        for name in page_types(kind):
            found.setdefault(name, kind)
    return [(name, kind) for name, kind in found.items() if name != "blank"]


def example(asked: tuple[str, str, int]) -> NDArray[np.float32]:
    """Features of one drawn page, through the picture of one kilobyte."""
    name, kind, seed = asked
    page = scanned(drawn(kind, name, seed, DPI), seed, DPI)
    codec = SmallCodec.JPEG if seed % 3 == 0 else SmallCodec.WEBP
    return features_of(opened(small_picture(page, codec).data), envelope_of(page, measured(page, DPI)))


def examples(first: int, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """So many pages of each type, from that seed."""
    names = classes()
    asked = [(name, kind, first + n) for name, kind in names for n in range(count)]
    with ProcessPoolExecutor() as pool:
        rows = list(pool.map(example, asked, chunksize=32))
    return np.stack(rows), np.repeat(np.arange(len(names)), count)
