"""The simulated tablet: owns the far end of a pseudo-terminal and signs on it."""

from __future__ import annotations

from devices.simulators.far_end import FarEnd
from devices.simulators.tablet.strokes import PRESSURE_MAX, RESOLUTION, X_MAX, Y_MAX, Fault, signature

_BETWEEN_PIECES_S = 0.0005
_BETWEEN_SIGNATURES_MS = 5_000


class TabletSimulator:
    """``start`` and ``stop``; the pseudo-terminal is gone when ``stop`` returns."""

    def __init__(self) -> None:
        self._end = FarEnd()
        self._clock_ms = 1_000_000

    @property
    def path(self) -> str:
        """What a driver opens."""
        return self._end.path

    @property
    def address(self) -> str:
        """With the ranges a real tablet would tell the kernel."""
        return f"evdev:{self.path}?x={X_MAX}&y={Y_MAX}&pressure={PRESSURE_MAX}&resolution={RESOLUTION}"

    def start(self) -> None:
        """Plug in."""
        self._end.plug_in()

    def stop(self) -> None:
        """Unplug."""
        self._end.unplug()

    def sign(self, fault: Fault = Fault.NONE) -> None:
        """Everything is on the wire when this returns."""
        # Its own clock: a signature is sent faster than a hand writes it.
        self._clock_ms += _BETWEEN_SIGNATURES_MS
        for piece in signature(fault, self._clock_ms):
            self._end.send(piece)
            self._end.wait(_BETWEEN_PIECES_S)
        if fault is Fault.UNPLUGGED:
            self.stop()

    def wait(self, seconds: float) -> bool:
        """Until the next signature; True when it was stopped meanwhile."""
        return self._end.wait(seconds)
