"""What every simulated body shares: pictures, memory, faults, and a record of what it was told."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from devices.simulators.ptpip.faults import Fault, FaultScript
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.wire import Command

OK = 0x2001
GENERAL_ERROR = 0x2002
NOT_SUPPORTED = 0x2005
INVALID_HANDLE = 0x2009
PROPERTY_UNKNOWN = 0x200A
STORE_FULL = 0x200C
BUSY = 0x2019
INVALID_VALUE = 0x201C
OUT_OF_FOCUS = 0xA002


@dataclass(frozen=True)
class Reply:
    """Response code, parameters, and the data of a data-in phase (None = none).

    ``cut_after``: send only so many bytes of the data, then drop the line. ``silent``: never answer.
    """

    code: int = OK
    parameters: tuple[int, ...] = ()
    data: bytes | None = None
    cut_after: int | None = None
    silent: bool = False


class Body(Protocol):
    """One make of camera."""

    name: str

    def obey(self, command: Command) -> Reply:
        """Carry out one command."""

    def reset(self) -> None:
        """A new connection: volatile state as after switching on."""


@dataclass
class Memory:
    """Pictures taken and not yet fetched, the shot and frame counters, and the log of commands."""

    pictures: Pictures
    faults: FaultScript
    objects: dict[int, bytes] = field(default_factory=dict)
    shots: int = 0
    frames: int = 0
    next_handle: int = 0x29190001
    log: deque[tuple[int, tuple[int, ...]]] = field(default_factory=lambda: deque(maxlen=2000))
    unplugged: threading.Event = field(default_factory=threading.Event)

    def expose(self) -> tuple[int | None, Fault | None]:
        """Take one picture into memory: its handle, and the fault planned for this shot."""
        self.shots += 1
        fault = self.faults.at_shot(self.shots)
        if fault is Fault.FALSE_SUCCESS:
            return None, fault
        data = self.pictures.shot(self.shots - 1)
        if fault is Fault.TORN_JPEG:
            data = data[: len(data) * 3 // 5]
        handle = self.next_handle
        self.next_handle += 1
        self.objects[handle] = data
        return handle, fault

    def frame(self) -> tuple[bytes, Fault | None]:
        """The next live-view picture and the fault planned for it."""
        self.frames += 1
        return self.pictures.frame(self.shots, self.frames), self.faults.at_frame(self.frames)
