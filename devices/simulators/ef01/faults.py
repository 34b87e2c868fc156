"""What can go wrong with a serial module, planned by instruction and count.

File (JSON): ``{"finger": 7, "library": {"0": 7}, "faults": [{"fault": "bad-sum", "instruction": 1, "nth": 2}]}``;
``finger`` is who presses (0 = nobody), ``lasting`` true = from then on.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

EVERY_INSTRUCTION = 0


class Fault(Enum):
    """One wrong answer each."""

    NO_FINGER = "no-finger"
    CAPTURE_FAILED = "capture-failed"
    MESSY = "messy"
    FEW_POINTS = "few-points"
    SENSOR = "sensor"
    UNKNOWN_CODE = "unknown-code"
    BAD_SUM = "bad-sum"
    NOISE_BEFORE = "noise-before"
    TORN = "torn"
    SILENCE = "silence"
    BABBLE = "babble"
    EMPTY_ANSWER = "empty-answer"
    UNPLUG = "unplug"


@dataclass(frozen=True)
class Planned:
    """At the ``nth`` (from 1) command with this instruction, 0 = any; ``lasting``: from then on."""

    fault: Fault
    instruction: int = EVERY_INSTRUCTION
    nth: int = 1
    lasting: bool = False


class FaultPlan:
    """What is planned; may be added to while the module runs."""

    def __init__(self, planned: tuple[Planned, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._planned = [(p, 0) for p in planned]

    def plan(self, planned: Planned) -> None:
        """Counting begins now."""
        with self._lock:
            self._planned.append((planned, 0))

    def clear(self) -> None:
        """Nothing fails any more."""
        with self._lock:
            self._planned.clear()

    def at(self, instruction: int) -> Fault | None:
        """Counts this command; what strikes it."""
        struck = None
        with self._lock:
            counted = []
            for planned, seen in self._planned:
                now = seen + (planned.instruction in (EVERY_INSTRUCTION, instruction))
                if now != seen and (now == planned.nth or (planned.lasting and now > planned.nth)):
                    struck = struck or planned.fault
                counted.append((planned, now))
            self._planned = counted
        return struck


@dataclass(frozen=True)
class Script:
    """A whole file."""

    finger: int
    library: dict[int, int]
    faults: tuple[Planned, ...]

    @classmethod
    def load(cls, path: Path) -> Script:
        """Raises ValueError, KeyError, OSError: a script is the tester's own."""
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        faults = tuple(
            Planned(Fault(r["fault"]), int(r.get("instruction", 0)), int(r.get("nth", 1)), bool(r.get("lasting")))
            for r in document.get("faults", ())
        )
        library = {int(k): int(v) for k, v in document.get("library", {}).items()}
        return cls(int(document.get("finger", 0)), library, faults)
