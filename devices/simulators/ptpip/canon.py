"""A Canon EOS 5D Mark IV as far as libgphoto2 looks: 22 operations, event-driven properties, remote release."""

from __future__ import annotations

import struct
from collections.abc import Callable

from devices.simulators.ptpip.body import (
    BUSY,
    INVALID_HANDLE,
    NOT_SUPPORTED,
    OUT_OF_FOCUS,
    STORE_FULL,
    Memory,
    Reply,
)
from devices.simulators.ptpip.datasets import CameraIdentity, array32, device_info, storage_info
from devices.simulators.ptpip.faults import Fault
from devices.simulators.ptpip.wire import Command

_IDENTITY = CameraIdentity(0x0B, "Canon Inc.", "Canon EOS 5D Mark IV", "3-1.3.3", "SIM0002")
_VALUE_CHANGED, _CHOICES_CHANGED, _TRANSFER_REQUESTED = 0xC189, 0xC18A, 0xC186
_DESTINATION, _SHOTS_LEFT, _FINDER_OUTPUT, _FOCUS_MODE = 0xD11C, 0xD11B, 0xD1B0, 0xD108
_ISO, _APERTURE, _TIME = 0xD103, 0xD101, 0xD102
_TO_MEMORY = 4
_MANUAL_FOCUS = 3
_NOT_READY = 0xA102
_FULL_PRESS = 2

_CHOICES = {
    _DESTINATION: (2, 4),
    _ISO: (0x48, 0x50, 0x58, 0x60),
    _APERTURE: (0x20, 0x28, 0x30, 0x38),
    _TIME: (0x68, 0x6D, 0x70, 0x75),
    _FINDER_OUTPUT: (0, 1, 2),
}


def _record(code: int, body: bytes = b"") -> bytes:
    return struct.pack("<II", 8 + len(body), code) + body


class Canon:
    """The body: one connection at a time, one command at a time."""

    name = "SIM-5D4"

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._values: dict[int, int] = {}
        self._events: list[bytes] = []
        self.reset()
        self._operations: dict[int, Callable[[Command], Reply]] = {
            0x1001: lambda _: Reply(data=device_info(_IDENTITY, list(self._operations), (0x4002,), ())),
            0x1002: self._accept,
            0x1003: self._accept,
            0x1004: lambda _: Reply(data=array32([0x00010001])),
            0x1005: lambda _: Reply(data=storage_info()),
            0x1007: lambda _: Reply(data=array32([])),
            0x1008: lambda _: Reply(INVALID_HANDLE),
            0x1009: lambda _: Reply(INVALID_HANDLE),
            0x101B: self._part_of_object,
            0x9101: lambda _: Reply(data=array32([0x00010001])),
            0x9102: lambda _: Reply(data=bytes(64)),
            0x9110: self._set,
            0x9114: self._accept,
            0x9115: self._accept,
            0x9116: self._tell_events,
            0x9117: self._transfer_complete,
            0x911A: self._room_told,
            0x911D: self._accept,
            0x9128: self._press,
            0x9129: self._accept,
            0x9152: self._accept,
            0x9153: self._frame,
        }

    def reset(self) -> None:
        """A fresh connection is told every property first."""
        self._values = {
            _DESTINATION: 2,
            _SHOTS_LEFT: 999,
            _FINDER_OUTPUT: 0,
            0xD1B1: 0,
            _FOCUS_MODE: _MANUAL_FOCUS,
            _ISO: 0x48,
            _APERTURE: 0x20,
            _TIME: 0x70,
            0xD105: 3,
            0xD106: 0,
        }
        self._events = [self._told(code) for code in self._values]
        self._events += [
            _record(_CHOICES_CHANGED, struct.pack(f"<III{len(v)}I", code, 3, len(v), *v)) for code, v in _CHOICES.items()
        ]
        self._memory.objects.clear()

    def obey(self, command: Command) -> Reply:
        """Carry out one command."""
        work = self._operations.get(command.code)
        return Reply(NOT_SUPPORTED) if work is None else work(command)

    def _accept(self, _: Command) -> Reply:
        return Reply()

    def _told(self, code: int) -> bytes:
        return _record(_VALUE_CHANGED, struct.pack("<II", code, self._values[code]))

    def _set(self, command: Command) -> Reply:
        if len(command.data) < 12:
            return Reply(NOT_SUPPORTED)
        _, code, value = struct.unpack("<III", command.data[:12])
        self._values[code] = value
        if code == _DESTINATION and value == _TO_MEMORY:
            self._give_room()
        self._events.append(self._told(code))
        return Reply()

    def _room_told(self, _: Command) -> Reply:
        self._give_room()
        return Reply()

    def _give_room(self) -> None:
        self._values[_SHOTS_LEFT] = 9999
        self._events.append(self._told(_SHOTS_LEFT))

    def _tell_events(self, _: Command) -> Reply:
        events, self._events = self._events, []
        return Reply(data=b"".join(events) + struct.pack("<II", 8, 0))

    def _press(self, command: Command) -> Reply:
        if not command.parameters or command.parameters[0] != _FULL_PRESS:
            return Reply()
        planned = self._memory.faults.at_shot(self._memory.shots + 1)
        refusals = {
            Fault.REFUSE_FOCUS: Reply(OUT_OF_FOCUS),
            Fault.CARD_FULL: Reply(STORE_FULL),
            Fault.BUSY: Reply(BUSY),
            Fault.SILENCE: Reply(silent=True),
        }
        if planned in refusals:
            self._memory.shots += 1
            return refusals[planned]
        handle, _ = self._memory.expose()
        if handle is not None:
            size = len(self._memory.objects[handle])
            name = f"IMG_{self._memory.shots:04}.JPG".encode()
            body = struct.pack("<IHHII", handle, 0x3801, 0, 0, size)[:12] + struct.pack("<I", size) + name + bytes(4)
            self._events.append(_record(_TRANSFER_REQUESTED, body))
        return Reply()

    def _part_of_object(self, command: Command) -> Reply:
        handle, offset, count = (*command.parameters, 0, 0, 0)[:3]
        data = self._memory.objects.get(handle)
        if data is None:
            return Reply(INVALID_HANDLE)
        part = data[offset : offset + count]
        if self._memory.faults.at_shot(self._memory.shots) is Fault.UNPLUG_IN_TRANSFER:
            self._memory.unplugged.set()
            return Reply(data=part, cut_after=len(part) // 2)
        return Reply(parameters=(len(part),), data=part)

    def _transfer_complete(self, command: Command) -> Reply:
        self._memory.objects.pop(command.parameters[0] if command.parameters else 0, None)
        return Reply()

    def _frame(self, _: Command) -> Reply:
        if not self._values[_FINDER_OUTPUT] & 2:
            return Reply(_NOT_READY)
        jpeg, fault = self._memory.frame()
        if fault is Fault.BUSY:
            return Reply(_NOT_READY)
        if fault is Fault.SILENCE:
            return Reply(silent=True)
        if fault in (Fault.UNPLUG, Fault.UNPLUG_IN_TRANSFER):
            self._memory.unplugged.set()
            return Reply(data=jpeg, cut_after=1000)
        return Reply(data=struct.pack("<II", len(jpeg) + 8, 1) + jpeg + struct.pack("<II", 8, 0))
