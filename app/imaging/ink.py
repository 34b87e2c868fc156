"""Strokes → shapes → PNG and SVG: one geometry for both, the line as wide as the pen pressed."""

from __future__ import annotations

import io
import math
from itertools import pairwise
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from app.domain.errors import BadInput
from app.domain.signature import Signature, Stroke

Polygon: TypeAlias = NDArray[np.float64]
Place: TypeAlias = tuple[float, float, float]

_DISC_SIDES = 20
_STEPS = 4  # points put between two samples of the pen
_OVERSAMPLING = 4
_SUBPIXEL_BITS = 6
_LARGEST_SIDE = 8000
RECORD = "jingchuang.signed-document"  # the PNG text chunk with the pen's way and what was signed


def outline(signature: Signature, widths_mm: tuple[float, float]) -> tuple[Polygon, ...]:
    """Convex polygons whose union is the ink, (n, 2) millimetres, all turning the same way."""
    shapes: list[Polygon] = []
    for stroke in signature.strokes:
        way = _smooth(stroke, widths_mm)
        shapes += [_disc(place) for place in way]
        shapes += [_link(a, b) for a, b in pairwise(way) if a[:2] != b[:2]]
    return tuple(shapes)


def ink_svg(signature: Signature, widths_mm: tuple[float, float]) -> str:
    """An SVG document in millimetres, transparent ground, black ink."""
    width, height = signature.width_mm, signature.height_mm
    path = "".join(
        "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in shape.tolist()) + "Z" for shape in outline(signature, widths_mm)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}"><path fill="#000" fill-rule="nonzero" d="{path}"/></svg>\n'
    )


def ink_mask(signature: Signature, widths_mm: tuple[float, float], dpi: int) -> NDArray[np.uint8]:
    """(height, width) at ``dpi``: 0 no ink, 255 ink. Raises BadInput SIG-105 beyond 8000 pixels a side."""
    scale = dpi / 25.4
    size = (max(1, round(signature.width_mm * scale)), max(1, round(signature.height_mm * scale)))
    if max(size) > _LARGEST_SIDE:
        raise BadInput("SIG-105", side=max(size))
    large = np.zeros((size[1] * _OVERSAMPLING, size[0] * _OVERSAMPLING), np.uint8)
    step = scale * _OVERSAMPLING * (1 << _SUBPIXEL_BITS)
    for shape in outline(signature, widths_mm):
        cv2.fillConvexPoly(large, np.round(shape * step).astype(np.int32), 255, cv2.LINE_AA, _SUBPIXEL_BITS)
    return np.asarray(cv2.resize(large, size, interpolation=cv2.INTER_AREA), np.uint8)


def ink_png(signature: Signature, widths_mm: tuple[float, float], dpi: int = 300) -> bytes:
    """A PNG that knows its dpi: black ink, transparent ground (grey + alpha), so that it can be laid on a form."""
    mask = ink_mask(signature, widths_mm, dpi)
    image = Image.fromarray(np.dstack((np.zeros_like(mask), mask)))
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def signature_picture(signature: Signature, widths_mm: tuple[float, float], record: str, dpi: int = 300) -> bytes:
    """A PNG that anything can show: black ink on white. The text chunk ``RECORD`` holds ``record``, deflated.

    Raises BadInput SIG-105, and SIG-106 for a record so long that readers of PNG would refuse the chunk.
    """
    if len(record) > PngImagePlugin.MAX_TEXT_CHUNK:
        raise BadInput("SIG-106")
    text = PngImagePlugin.PngInfo()
    text.add_text(RECORD, record, zip=True)
    out = io.BytesIO()
    image = Image.fromarray(255 - ink_mask(signature, widths_mm, dpi))
    image.save(out, "PNG", dpi=(dpi, dpi), pnginfo=text)
    return out.getvalue()


def _smooth(stroke: Stroke, widths_mm: tuple[float, float]) -> list[Place]:
    """(x, y, radius) along a Catmull-Rom curve through the samples; the radius goes evenly from sample to sample."""
    thin, thick = widths_mm
    rows = np.array([(p.x_mm, p.y_mm, (thin + (thick - thin) * p.pressure) / 2) for p in stroke])
    padded = np.vstack((rows[:1], rows, rows[-1:]))
    way: list[Place] = []
    for i in range(len(rows) - 1):
        p0, p1, p2, p3 = padded[i : i + 4, :2]
        for t in (step / _STEPS for step in range(_STEPS)):
            place = 0.5 * (
                2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
            way.append((float(place[0]), float(place[1]), float((1 - t) * rows[i, 2] + t * rows[i + 1, 2])))
    way.append((float(rows[-1, 0]), float(rows[-1, 1]), float(rows[-1, 2])))
    return way


def _disc(place: Place) -> Polygon:
    x, y, radius = place
    angles = 2 * math.pi * np.arange(_DISC_SIDES) / _DISC_SIDES
    return np.column_stack((x + radius * np.cos(angles), y + radius * np.sin(angles)))


def _link(a: Place, b: Place) -> Polygon:
    """The piece between two discs; turns as they do (nonzero filling must not cancel)."""
    start, end = np.array(a[:2]), np.array(b[:2])
    along = end - start
    across = np.array((-along[1], along[0])) / np.hypot(along[0], along[1])
    return np.stack((start - a[2] * across, end - b[2] * across, end + b[2] * across, start + a[2] * across))
