"""What can go wrong between card, module, cable and computer: planned for a command and a number of times."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from enum import Enum


class Step(Enum):
    """The questions a fault can be planned for."""

    STATUS = "status"
    NUMBER = "number"
    FIND = "find"
    SELECT = "select"
    READ = "read"
    ADDRESS = "address"


class Fault(Enum):
    """One thing that real readers do."""

    STATUS_WORD = "status-word"  # answers ``word`` and nothing else
    CHECKSUM = "checksum"  # the answer's last byte is wrong
    FLIPPED = "flipped"  # one bit of the data is wrong
    CUT = "cut"  # the answer stops half-way
    LOST_PREAMBLE = "lost-preamble"  # the first AA is missing
    NOISE = "noise"  # other bytes come first
    FALSE_START = "false-start"  # the beginning of a frame that never comes stands before the answer
    SILENCE = "silence"  # no answer at all
    SLOW = "slow"  # byte by byte with gaps
    LENGTH = "length"  # a wrong length in a frame whose checksum agrees
    TWICE = "twice"  # the answer is sent two times
    PULLED = "pulled"  # the card is lifted just before this question
    UNPLUG = "unplug"  # the cable is pulled out half-way through the answer


@dataclass(frozen=True)
class Planned:
    """``fault`` at ``step``, ``times`` times (0 = always) from now on."""

    fault: Fault
    step: Step
    times: int = 1
    word: int = 0


class FaultPlan:
    """Thread-safe list of what will go wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Planned] = []

    def plan(self, planned: Planned) -> None:
        """From the next such question on."""
        with self._lock:
            self._planned.append(planned)

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._planned.clear()

    def due(self, step: Step) -> Planned | None:
        """What goes wrong now, if anything."""
        with self._lock:
            for index, planned in enumerate(self._planned):
                if planned.step is step:
                    if planned.times == 1:
                        del self._planned[index]
                    elif planned.times:
                        self._planned[index] = replace(planned, times=planned.times - 1)
                    return planned
        return None
