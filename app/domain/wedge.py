"""A reader that types: tells its burst of keys from a person's typing, by time alone. Pure; the clock is handed in."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.mrz.check_digit import PERMITTED
from app.domain.mrz.layout import SHAPES, layout_of

# A reader types a key every 1 to 20 ms; the fastest typist needs 60, a key held down repeats every 33.
_LARGEST_GAP_MS = 30
_LEAST_KEYS = 6
# From the Enter of one line to the first key of the next.
_LARGEST_LINE_GAP_MS = 500
_LONGEST = 256


@dataclass(frozen=True)
class KeyOutcome:
    """``release``: keys held so far were a person's, give them back. ``hold``: keep this key back for now.
    ``scan``: what a reader typed, line by line; the held keys are used up."""

    release: bool = False
    hold: bool = False
    scan: tuple[str, ...] | None = None


class WedgeRecogniser:
    """``press`` for every key, ``quiet`` when the clock runs on without one. Times in milliseconds, never backwards."""

    def __init__(self, largest_gap_ms: int = _LARGEST_GAP_MS) -> None:
        self._gap = largest_gap_ms
        self._burst = ""
        self._lines: tuple[str, ...] = ()
        self._last_ms = 0

    @property
    def waiting_ms(self) -> int:
        """After how much silence ``quiet`` has something to say; 0 when nothing is held."""
        if self._burst:
            return self._gap
        return _LARGEST_LINE_GAP_MS if self._lines else 0

    def press(self, key: str, at_ms: int) -> KeyOutcome:
        """``key``: one character, "\\n" for Enter, "" for a key that writes nothing (an arrow, a shortcut)."""
        late = at_ms - self._last_ms > (self._gap if self._burst else _LARGEST_LINE_GAP_MS)
        self._last_ms = at_ms
        earlier = self._end() if late else KeyOutcome()
        if not key:
            return _both(earlier, self._end())
        if key == "\n":
            return _both(earlier, self._enter())
        if len(self._burst) >= _LONGEST:
            return _both(earlier, self._end())
        self._burst += key
        return KeyOutcome(earlier.release, True, earlier.scan)

    def quiet(self, at_ms: int) -> KeyOutcome:
        """Nothing was pressed until now."""
        waiting = self.waiting_ms
        return self._end() if waiting and at_ms - self._last_ms > waiting else KeyOutcome()

    def _end(self) -> KeyOutcome:
        """What is held is over without an Enter: typed by a person. Lines already ended were a reader's."""
        release, lines = bool(self._burst), self._lines
        self._burst, self._lines = "", ()
        return KeyOutcome(release, False, lines or None)

    def _enter(self) -> KeyOutcome:
        if len(self._burst) < _LEAST_KEYS:
            return self._end()
        self._lines = (*self._lines, self._burst)
        self._burst = ""
        if self._more_to_come():
            return KeyOutcome(hold=True)
        lines, self._lines = self._lines, ()
        return KeyOutcome(hold=True, scan=lines)

    def _more_to_come(self) -> bool:
        length = len(self._lines[0])
        like_a_zone = all(len(line) == length and set(line.upper()) <= PERMITTED for line in self._lines)
        most = max((lines for lines, width in SHAPES if width == length), default=0)
        upper = tuple(line.upper() for line in self._lines)
        return like_a_zone and len(self._lines) < most and layout_of(upper) is None


def _both(earlier: KeyOutcome, now: KeyOutcome) -> KeyOutcome:
    return KeyOutcome(earlier.release or now.release, now.hold, earlier.scan or now.scan)
