"""Port ``signature_pad``: what a pen does on a surface, in millimetres, milliseconds and a share of the full pressure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PadDescription:
    """What is connected. ``pressure_levels`` 0: the pad does not feel pressure, a pen that touches presses with 1.0."""

    model: str
    driver: str
    width_mm: float
    height_mm: float
    pressure_levels: int


@dataclass(frozen=True)
class PenSample:
    """Where the pen was. Origin upper left, x to the right, y down. ``t_ms`` from the first sample since ``begin``;
    ``down`` False: here the pen left the surface."""

    x_mm: float
    y_mm: float
    t_ms: int
    pressure: float
    down: bool

    def __repr__(self) -> str:  # handwriting never reaches a log through a repr
        return "PenSample(…)"


@dataclass(frozen=True)
class PadGeometry:
    """Device units: both ends of each axis, units in a millimetre, greatest pressure (0 = none felt)."""

    x_range: tuple[int, int]
    y_range: tuple[int, int]
    units_per_mm: float
    pressure_max: int

    @property
    def width_mm(self) -> float:
        """Of the surface."""
        return (self.x_range[1] - self.x_range[0]) / self.units_per_mm

    @property
    def height_mm(self) -> float:
        """Of the surface."""
        return (self.y_range[1] - self.y_range[0]) / self.units_per_mm

    def sample(self, x: int, y: int, pressure: int, t_ms: int, down: bool) -> PenSample | None:
        """Device units → millimetres; None for a place that is not on the surface or a pressure that cannot be."""
        on_surface = self.x_range[0] <= x <= self.x_range[1] and self.y_range[0] <= y <= self.y_range[1]
        if not on_surface or not 0 <= pressure <= max(self.pressure_max, 1):
            return None
        share = pressure / self.pressure_max if self.pressure_max else float(down)
        x_mm, y_mm = (x - self.x_range[0]) / self.units_per_mm, (y - self.y_range[0]) / self.units_per_mm
        return PenSample(x_mm, y_mm, t_ms, share, down)


class SignaturePadDriver(Protocol):
    """An open signature pad; called from one thread. Every read has a deadline."""

    def describe(self) -> PadDescription:
        """What is connected."""

    def begin(self) -> None:
        """A signature begins: what the pen did before is forgotten, time starts at the next touch. Raises DeviceLost."""

    def read(self, wait_s: float) -> tuple[PenSample, ...]:
        """What the pen did since the last question; waits at most ``wait_s`` for something, () when nothing came.

        Raises SamplesLost when the pad dropped some or sent what no pen does (the signature must be given again),
        DeviceLost.
        """

    def close(self) -> None:
        """Let go of the pad."""
