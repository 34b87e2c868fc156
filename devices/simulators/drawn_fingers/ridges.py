"""Draws finger images from numbers: pattern, minutiae, place, pressure, dryness; what was drawn is known exactly.

Ridges are the cosine of a phase (Larkin and Fletcher 2007, fingerprints as holograms): a smooth part whose gradient is the
ridge frequency, and one turn of phase about each minutia. One seed is one finger; a press moves, turns and spoils it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float64]

WIDTH, HEIGHT, DPI = 256, 360, 500
PX_PER_MM = DPI / 25.4
_SOFTNESS = 0.25
_EDGE_PX = 4.0
_GAP_GRAIN_PX = 2.2


@dataclass(frozen=True)
class Press:
    """How the finger lies on the glass. Millimetres, degrees; ``shift`` right and down are positive.

    ``ridge_share`` of a ridge period is ridge (0.5 normal, more is wet); ``gaps``: share of the ridges that leaves no mark
    (dry); ``contrast``: grey levels between ridge and glass.
    """

    shift_x_mm: float = 0.0
    shift_y_mm: float = 0.0
    turn_deg: float = 0.0
    half_width_mm: float = 5.4
    half_height_mm: float = 7.6
    ridge_share: float = 0.5
    gaps: float = 0.0
    contrast: float = 150.0
    glass: float = 232.0
    noise: float = 3.0
    seed: int = 0


@dataclass(frozen=True)
class DrawnFinger:
    """One finger of nobody. ``period_px``: ridge to ridge at 500 dpi (8-10 in adults)."""

    seed: int
    period_px: float = 9.0
    minutiae: int = 34

    def pixels(self, press: Press) -> NDArray[np.uint8]:
        """The image, uint8 (360, 256), 500 dpi, ridges dark."""
        x, y = _finger_coordinates(press)
        ridge = _ridge(self._phase(x, y), press.ridge_share)
        contact = contact_field(press)
        random = np.random.default_rng((self.seed, press.seed, 7))
        if press.gaps > 0:
            grain = cv2.GaussianBlur(random.standard_normal((HEIGHT, WIDTH)), (0, 0), _GAP_GRAIN_PX)
            ridge = ridge * (grain > np.quantile(grain, press.gaps))
        grey = press.glass - press.contrast * ridge * contact
        return np.clip(grey + press.noise * random.standard_normal(grey.shape), 0, 255).astype(np.uint8)

    def contact_share(self, press: Press) -> float:
        """How much of the window the finger covers."""
        return float(np.mean(contact_field(press)))

    def true_period_px(self, press: Press) -> float:
        """Median ridge period where skin touches: bends make it differ from ``period_px``."""
        wave = np.exp(1j * self._phase(*_finger_coordinates(press)))
        across = np.angle(wave[1:, 1:] * np.conj(wave[1:, :-1]))
        down = np.angle(wave[1:, 1:] * np.conj(wave[:-1, 1:]))
        inside = contact_field(press)[1:, 1:] > 0.9
        return float(2 * np.pi / np.median(np.hypot(across, down)[inside]))

    def _phase(self, x: Field, y: Field) -> Field:
        random = np.random.default_rng(self.seed)
        turn = random.uniform(-0.35, 0.35)
        core_x, core_y = random.uniform(-14, 14), random.uniform(-26, 26)
        u = (x - core_x) * np.cos(turn) + (y - core_y) * np.sin(turn)
        v = -(x - core_x) * np.sin(turn) + (y - core_y) * np.cos(turn)
        u, v = _warped(u, v, random)
        phase = 2 * np.pi * _distance(u, v, random) / self.period_px + random.uniform(0, 2 * np.pi)
        for _ in range(self.minutiae):
            at_x, at_y = random.uniform(-105, 105), random.uniform(-150, 150)
            phase = phase + random.choice((-1.0, 1.0)) * np.arctan2(y - at_y, x - at_x)
        return phase


def _finger_coordinates(press: Press) -> tuple[Field, Field]:
    """Window pixels → the finger's own coordinates, origin in its middle."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    x = columns - (WIDTH - 1) / 2 - press.shift_x_mm * PX_PER_MM
    y = rows - (HEIGHT - 1) / 2 - press.shift_y_mm * PX_PER_MM
    angle = np.radians(press.turn_deg)
    return x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)


def contact_field(press: Press) -> Field:
    """1 where skin touches glass, 0 outside, a soft edge between."""
    x, y = _finger_coordinates(press)
    half_x, half_y = press.half_width_mm * PX_PER_MM, press.half_height_mm * PX_PER_MM
    radius = np.hypot(x / half_x, y / half_y)
    edge = (1 - radius) * min(half_x, half_y) / _EDGE_PX
    return np.asarray(1 / (1 + np.exp(-np.clip(edge, -40, 40))), np.float64)


def _warped(u: Field, v: Field, random: np.random.Generator) -> tuple[Field, Field]:
    """Smooth bends, so that no ridge is a straight line or a circle."""
    for _ in range(3):
        length, phase, strength = random.uniform(110, 240), random.uniform(0, 6.28), random.uniform(2, 7)
        u, v = u + strength * np.sin(2 * np.pi * v / length + phase), v + strength * np.cos(2 * np.pi * u / length + phase)
    return u, v


def _distance(u: Field, v: Field, random: np.random.Generator) -> Field:
    """A distance whose level lines are the ridges: arch, loop or whorl, about as often as in life."""
    kind = random.choice(("loop", "whorl", "arch"), p=(0.6, 0.33, 0.07))
    slant = random.uniform(-0.5, 0.5)
    if kind == "whorl":
        return np.asarray(np.hypot(u, 0.85 * v))
    if kind == "loop":
        leg = u - slant * np.maximum(v, 0)
        return np.asarray(np.where(v < 0, np.hypot(u, v), np.abs(leg)))
    return np.asarray(v - 30 * np.exp(-(u**2) / (2 * 45.0**2)))


def _ridge(phase: Field, share: float) -> Field:
    """1 on a ridge, 0 in a valley; ``share`` of each period is above one half."""
    level = (np.cos(phase) - np.cos(np.pi * share)) / _SOFTNESS
    return np.asarray(1 / (1 + np.exp(-np.clip(level, -40, 40))), np.float64)
