"""The fault script: which shot or frame fails, in which way, once or until told otherwise.

File (JSON): ``{"faults": [{"fault": "refuse-focus", "shot": 2}, {"fault": "silence", "frame": 5, "lasting": true}]}``
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Fault(Enum):
    """What can go wrong with a real camera."""

    UNPLUG_IN_TRANSFER = "unplug-in-transfer"
    UNPLUG = "unplug"
    BUSY = "busy"
    REFUSE_FOCUS = "refuse-focus"
    EMPTY_BATTERY = "empty-battery"
    CARD_FULL = "card-full"
    TORN_JPEG = "torn-jpeg"
    SILENCE = "silence"
    FALSE_SUCCESS = "false-success"


@dataclass(frozen=True)
class Planned:
    """``shot`` and ``frame`` count from 1; exactly one of them is set. ``lasting``: from then on, always."""

    fault: Fault
    shot: int = 0
    frame: int = 0
    lasting: bool = False

    def strikes(self, shot: int, frame: int) -> bool:
        """Whether it happens at this shot or frame."""
        wanted, now = (self.shot, shot) if self.shot else (self.frame, frame)
        return now == wanted or (self.lasting and now > wanted > 0)


class FaultScript:
    """What is planned; may be added to while the camera runs."""

    def __init__(self, planned: tuple[Planned, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._planned = list(planned)

    @classmethod
    def load(cls, path: Path) -> FaultScript:
        """From a file. Raises ValueError, OSError: a script is the tester's own."""
        rows = json.loads(path.read_text(encoding="utf-8"))["faults"]
        return cls(
            tuple(
                Planned(Fault(r["fault"]), int(r.get("shot", 0)), int(r.get("frame", 0)), bool(r.get("lasting")))
                for r in rows
            )
        )

    def plan(self, planned: Planned) -> None:
        """Add one."""
        with self._lock:
            self._planned.append(planned)

    def clear(self) -> None:
        """Nothing fails any more."""
        with self._lock:
            self._planned.clear()

    def at_shot(self, shot: int) -> Fault | None:
        """The fault of this shot."""
        with self._lock:
            return next((p.fault for p in self._planned if p.shot and p.strikes(shot, 0)), None)

    def at_frame(self, frame: int) -> Fault | None:
        """The fault of this live-view frame."""
        with self._lock:
            return next((p.fault for p in self._planned if p.frame and p.strikes(0, frame)), None)
