"""A float canvas with soft brushes and a memory of where something was painted (alpha)."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Canvas = NDArray[np.float32]
Colour = tuple[float, float, float]  # BGR 0..255
Outline = NDArray[np.float64]


def outline(points: Sequence[Sequence[float]]) -> Outline:
    """Points (n, 2) in drawing units."""
    return np.array(points, np.float64)


def ellipse(centre: tuple[float, float], axes: tuple[float, float], turn_deg: float = 0.0) -> Outline:
    """A closed outline."""
    angle = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    points = np.stack([axes[0] * np.cos(angle), axes[1] * np.sin(angle)], axis=1)
    turn = np.radians(turn_deg)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(points @ rotation.T + np.array(centre))


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """``share`` of b in a."""
    return tuple(float(x * (1 - share) + y * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


class Easel:
    """Drawing units are those of a 1200×1600 sheet; ``scale`` pixels a unit."""

    def __init__(self, scale: float, colour: Colour = (0, 0, 0)) -> None:
        self.scale = scale
        shape = (round(1600 * scale), round(1200 * scale))
        self.canvas: Canvas = np.empty((*shape, 3), np.float32)
        self.canvas[:] = colour
        self.alpha: Canvas = np.zeros(shape, np.float32)

    def _place(self, points: Outline, margin: float) -> tuple[slice, slice]:
        """The part of the sheet a shape can touch."""
        low = np.floor((points.min(axis=0) - margin) * self.scale).astype(int)
        high = np.ceil((points.max(axis=0) + margin) * self.scale).astype(int) + 2
        height, width = self.alpha.shape
        rows = slice(int(np.clip(low[1], 0, height)), int(np.clip(high[1], 0, height)))
        return rows, slice(int(np.clip(low[0], 0, width)), int(np.clip(high[0], 0, width)))

    def _small(
        self, points: Outline, soft: float, place: tuple[slice, slice], stroke: float = 0.0, closed: bool = True
    ) -> Canvas:
        rows, columns = place
        drawn = np.zeros((max(0, rows.stop - rows.start), max(0, columns.stop - columns.start)), np.uint8)
        if drawn.size == 0:
            return drawn.astype(np.float32)
        pixels = [np.rint((points * self.scale - (columns.start, rows.start)) * 16).astype(np.int32)]
        if stroke:
            cv2.polylines(drawn, pixels, closed, 255, max(1, round(stroke * self.scale)), cv2.LINE_AA, 4)
        else:
            cv2.fillPoly(drawn, pixels, 255, lineType=cv2.LINE_AA, shift=4)
        wide: Canvas = drawn.astype(np.float32) / np.float32(255)
        if soft * self.scale > 0.3:
            wide = np.asarray(cv2.GaussianBlur(wide, (0, 0), soft * self.scale, borderType=cv2.BORDER_CONSTANT), np.float32)
        return wide

    def mask(self, points: Outline, soft: float = 0.8) -> Canvas:
        """0..1 inside the outline, edges blurred by ``soft`` units; the whole sheet's size."""
        whole = np.zeros_like(self.alpha)
        place = self._place(points, 4 * soft + 3)
        whole[place] = self._small(points, soft, place)
        return whole

    def _paint(self, place: tuple[slice, slice], mask: Canvas, colour: Colour, *, solid: bool) -> None:
        """Colours are kept multiplied by alpha: an edge never shows the empty sheet."""
        alpha = self.alpha[place]
        over = mask if solid else mask * alpha
        self.canvas[place] = self.canvas[place] * (1 - over[..., None] if solid else 1 - mask[..., None]) + (
            np.array(colour, np.float32) * over[..., None]
        )
        if solid:
            self.alpha[place] = alpha + mask * (1 - alpha)

    def blend(self, mask: Canvas, colour: Colour, strength: float = 1.0, *, solid: bool = True) -> None:
        """Paint through a mask of the sheet's size. ``solid``: paint makes the sheet opaque there."""
        everywhere = (slice(0, mask.shape[0]), slice(0, mask.shape[1]))
        self._paint(everywhere, np.asarray(mask * strength, np.float32), colour, solid=solid)

    def shape(
        self, points: Outline, colour: Colour, soft: float = 0.8, strength: float = 1.0, *, solid: bool = True
    ) -> None:
        """A filled outline."""
        place = self._place(points, 4 * soft + 3)
        self._paint(place, np.asarray(self._small(points, soft, place) * strength, np.float32), colour, solid=solid)

    def shade(self, points: Outline, colour: Colour, soft: float, strength: float) -> None:
        """Colour laid over what is there, never beyond it."""
        self.shape(points, colour, soft, strength, solid=False)

    def line(self, points: Outline, colour: Colour, width: float, *, closed: bool = False) -> None:
        """A stroke ``width`` units wide."""
        place = self._place(points, width + 4)
        self._paint(place, self._small(points, 0, place, width, closed), colour, solid=True)
