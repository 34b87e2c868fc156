"""The address of a simulated tablet that runs beside the worker using it."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside
from devices.simulators.tablet.strokes import PRESSURE_MAX, RESOLUTION, X_MAX, Y_MAX


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``evdev:…`` address of a fresh simulator. Option: ``script``."""
    told = start_beside(f"devices.simulators.{name}", [], options, ("script",))
    return f"evdev:{told['path']}?x={X_MAX}&y={Y_MAX}&pressure={PRESSURE_MAX}&resolution={RESOLUTION}"
