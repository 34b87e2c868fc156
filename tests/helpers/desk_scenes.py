"""Drawn desks with known corners, by the dozen: what the page finder is measured against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.config.fonts import chinese_font
from devices.drivers.doccam.finding import FoundPages, find_pages
from devices.simulators.desk.scene import DeskKind, Floats, Laid, Picture, View, render, through
from devices.simulators.escl.pages import CARD_MM, PageKind, Sheet, draw

FIELD_MM = 470.0
SHEETS = (PageKind.TEXT, PageKind.TABLE, PageKind.STAMP, PageKind.BLANK)


@lru_cache(maxsize=16)
def drawn(kind: PageKind, number: int = 1) -> Picture:
    size = CARD_MM if kind is PageKind.CARD else (210.0, 297.0)
    return np.asarray(draw(Sheet(kind, number, *size), 120, chinese_font()), np.uint8)


def sheet(kind: PageKind, number: int = 1, x: float = 0.0, y: float = 0.0, turned: float = 90.0) -> Laid:
    return Laid(drawn(kind, number), 210.0, 297.0, x, y, turned)


def card(number: int, x: float, y: float, turned: float) -> Laid:
    return Laid(drawn(PageKind.CARD, number), *CARD_MM, x, y, turned, rounded=True)


@dataclass(frozen=True)
class DeskScene:
    pages: tuple[Laid, ...]
    view: View
    picture: Picture


def scenes(desk: DeskKind, cards: bool, count: int, width_px: int = 1000, seed: int = 1) -> Iterator[DeskScene]:
    """Tilted by up to 12°, turned by up to 10°, each with its own noise, blur and light."""
    random = np.random.default_rng(seed)
    for index in range(count):
        view = View(
            width_px,
            width_px * 3 // 4,
            FIELD_MM,
            tilt_x_deg=random.uniform(-12, 12),
            tilt_y_deg=random.uniform(-10, 10),
            noise=random.uniform(1, 5),
            blur_px=random.uniform(0.5, 1.2),
            light_slope=random.uniform(-0.2, 0.2),
        )
        if cards:
            pages: tuple[Laid, ...] = tuple(
                card(number, side * 65 + random.uniform(-12, 12), random.uniform(-45, 45), random.uniform(-20, 20))
                for number, side in ((3, -1), (4, 1))
            )
        else:
            kind = SHEETS[index % len(SHEETS)]
            pages = (
                sheet(kind, index % 200, random.uniform(-20, 20), random.uniform(-6, 6), 90 + random.uniform(-10, 10)),
            )
        yield DeskScene(pages, view, render(desk, pages, view, seed * 1000 + index))


def corner_errors_mm(scene: DeskScene, found: FoundPages) -> list[Floats | None]:
    """For each page laid the four distances on the desk's plane; None for a page that was not found."""
    back = np.asarray(np.linalg.inv(scene.view.to_pixels()), np.float64)
    seen = [through(back, page.corners) for page in found.pages]
    errors: list[Floats | None] = []
    for page in scene.pages:
        truth = page.corners_mm()
        tried = [np.linalg.norm(mm - np.roll(truth, turn, axis=0), axis=1) for mm in seen for turn in range(4)]
        best = min(tried, key=lambda distances: float(distances.max()), default=None)
        errors.append(best if best is not None and best.max() < 15.0 else None)
    return errors


@dataclass(frozen=True)
class Measured:
    """Of one kind of scene. ``wrong``: pictures with more or fewer pages found than laid."""

    pages: int
    found: int
    wrong: int
    mean_mm: float
    p95_mm: float
    max_mm: float
    mm_per_px: float


def measure(desk: DeskKind, cards: bool, count: int, width_px: int = 1000) -> Measured:
    laid = found = wrong = 0
    distances: list[float] = []
    for scene in scenes(desk, cards, count, width_px):
        seen = find_pages(scene.picture)
        wrong += len(seen.pages) != len(scene.pages)
        for errors in corner_errors_mm(scene, seen):
            laid += 1
            if errors is not None:
                found += 1
                distances += [float(e) for e in errors]
    known = np.array(distances or [np.nan])
    return Measured(
        laid,
        found,
        wrong,
        float(known.mean()),
        float(np.quantile(known, 0.95)),
        float(known.max()),
        FIELD_MM / width_px,
    )
