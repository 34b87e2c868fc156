"""The simulated document reader: owns the far end of a pseudo-terminal, sends what is laid on it."""

from __future__ import annotations

from devices.simulators.far_end import FarEnd
from devices.simulators.mrz.script import Fault, Laid, pieces

_BETWEEN_BYTES_S = 0.004


class DocumentReaderSimulator:
    """``start`` and ``stop``; the pseudo-terminal is gone when ``stop`` returns."""

    def __init__(self, framing: str = "lines") -> None:
        self._framing = framing
        self._end = FarEnd()

    @property
    def path(self) -> str:
        """What a driver opens."""
        return self._end.path

    def start(self) -> None:
        """Plug in."""
        self._end.plug_in()

    def stop(self) -> None:
        """Unplug."""
        self._end.unplug()

    def lay(self, laid: Laid) -> None:
        """Lay a document on the reader: its bytes are on the wire when this returns, or the reader is unplugged."""
        for piece in pieces(laid, self._framing):
            self._end.send(piece)
            if laid.fault is Fault.SLOW:
                self._end.wait(_BETWEEN_BYTES_S)
        if laid.fault is Fault.UNPLUGGED:
            self.stop()

    def wait(self, seconds: float) -> bool:
        """Until the next document; True when it was stopped meanwhile."""
        return self._end.wait(seconds)
