"""A Nikon D750 as far as libgphoto2 looks: 23 operations, the properties of a photo station, live view, bursts."""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable

from devices.simulators.ptpip.body import (
    BUSY,
    GENERAL_ERROR,
    INVALID_HANDLE,
    INVALID_VALUE,
    NOT_SUPPORTED,
    OUT_OF_FOCUS,
    PROPERTY_UNKNOWN,
    STORE_FULL,
    Memory,
    Reply,
)
from devices.simulators.ptpip.datasets import (
    INT16,
    STRING,
    UINT8,
    UINT16,
    UINT32,
    CameraIdentity,
    Property,
    array16,
    array32,
    decoded,
    device_info,
    encoded,
    object_info,
    storage_info,
)
from devices.simulators.ptpip.faults import Fault
from devices.simulators.ptpip.wire import Command

_IDENTITY = CameraIdentity(0x0A, "Nikon Corporation", "D750", "V1.00", "0000000000SIM0001")
_EVENTS = (0x4002, 0x4003, 0x4006, 0x400D, 0xC101, 0xC102)
_OBJECT_ADDED_IN_SDRAM, _CAPTURE_COMPLETE = 0xC101, 0xC102
_SDRAM_ANY = 0xFFFF0001  # the client's handle for "whatever is in memory"
_NOT_LIVE_VIEW = 0xA00B
_HEADER_OF_A_FRAME = bytes(384)

_CAPTURE_MODE, _BURST_NUMBER, _LIVE_STATUS, _BATTERY = 0x5013, 0x5018, 0xD1A2, 0x5001
_BURST = 2
_FULL_PERCENT = 87
_PROPERTY_CHANGED = 0x4006


def _properties() -> dict[int, Property]:
    rows = (
        Property(_BATTERY, UINT8, False, _FULL_PERCENT, span=(0, 100, 1)),
        Property(0x5003, STRING, True, "6016x4016", ("6016x4016", "4512x3008", "3008x2008")),
        Property(0x5007, UINT16, True, 800, (280, 400, 560, 800, 1100)),
        Property(0x500A, UINT16, True, 0x8010, (1, 0x8010, 0x8011)),
        Property(0x500D, UINT32, True, 80, (40, 80, 100, 125, 166, 200)),
        Property(0x500E, UINT16, True, 1, (1, 2, 3, 4)),
        Property(0x500F, UINT16, True, 100, (100, 200, 400, 800, 1600)),
        Property(0x5010, INT16, True, 0, (-1000, -666, -333, 0, 333, 666, 1000)),
        Property(_CAPTURE_MODE, UINT16, True, 1, (1, _BURST)),
        Property(_BURST_NUMBER, UINT16, True, 1, span=(1, 10, 1)),
        Property(0xD10B, UINT8, True, 1, (0, 1)),
        Property(_LIVE_STATUS, UINT8, False, 0, span=(0, 1, 1)),
        Property(0xD1A4, UINT32, False, 0),
    )
    return {row.code: row for row in rows}


class Nikon:
    """The body: one connection at a time, one command at a time."""

    name = "SIM-D750"

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._properties = _properties()
        self._events: deque[tuple[int, int]] = deque()
        self._busy = 0
        self._operations: dict[int, Callable[[Command], Reply]] = {
            0x1001: self._device_info,
            0x1002: self._accept,
            0x1003: self._accept,
            0x1004: lambda _: Reply(data=array32([0x00010001])),
            0x1005: lambda _: Reply(data=storage_info()),
            0x1007: lambda _: Reply(data=array32([])),
            0x1008: self._object_info,
            0x1009: self._object,
            0x100A: self._object,
            0x100B: self._delete,
            0x1014: self._describe,
            0x1015: self._value,
            0x1016: self._set,
            0x90C0: self._shutter,
            0x90C1: self._focus,
            0x90C2: self._accept,
            0x90C3: self._delete,
            0x90C7: self._tell_events,
            0x90C8: self._ready,
            0x90CA: lambda _: Reply(data=array16([c for c in self._properties if c >= 0xD000])),
            0x9201: self._start_live,
            0x9202: self._end_live,
            0x9203: self._frame,
            0x9207: self._shutter,
        }

    def reset(self) -> None:
        """A fresh connection finds nothing pending."""
        self._events.clear()
        self._busy = 0
        self._live(False)
        self._memory.objects.clear()

    def obey(self, command: Command) -> Reply:
        """Carry out one command."""
        work = self._operations.get(command.code)
        return Reply(NOT_SUPPORTED) if work is None else work(command)

    def _accept(self, _: Command) -> Reply:
        return Reply()

    def _device_info(self, _: Command) -> Reply:
        standard = [code for code in self._properties if code < 0xD000]
        return Reply(data=device_info(_IDENTITY, list(self._operations), _EVENTS, standard))

    # -- properties ------------------------------------------------------------------------------------

    def _known(self, command: Command) -> Property | None:
        return self._properties.get(command.parameters[0]) if command.parameters else None

    def _describe(self, command: Command) -> Reply:
        known = self._known(command)
        return Reply(PROPERTY_UNKNOWN) if known is None else Reply(data=known.description())

    def _value(self, command: Command) -> Reply:
        known = self._known(command)
        return Reply(PROPERTY_UNKNOWN) if known is None else Reply(data=encoded(known.kind, known.value))

    def _set(self, command: Command) -> Reply:
        known = self._known(command)
        if known is None:
            return Reply(PROPERTY_UNKNOWN)
        try:
            value = decoded(known.kind, command.data)
        except (ValueError, UnicodeDecodeError):
            return Reply(INVALID_VALUE)
        if not known.accepts(value):
            return Reply(INVALID_VALUE)
        self._properties[known.code] = known.with_value(value)
        return Reply()

    def _number(self, code: int) -> int:
        return int(self._properties[code].value)

    # -- live view -------------------------------------------------------------------------------------

    def _live(self, on: bool) -> None:
        self._properties[_LIVE_STATUS] = self._properties[_LIVE_STATUS].with_value(int(on))

    def _start_live(self, _: Command) -> Reply:
        self._live(True)
        self._busy = 1
        return Reply()

    def _end_live(self, _: Command) -> Reply:
        self._live(False)
        return Reply()

    def _frame(self, _: Command) -> Reply:
        if not self._number(_LIVE_STATUS):
            return Reply(_NOT_LIVE_VIEW)
        jpeg, fault = self._memory.frame()
        if fault is Fault.BUSY:
            return Reply(BUSY)
        if fault is Fault.SILENCE:
            return Reply(silent=True)
        if fault in (Fault.UNPLUG, Fault.UNPLUG_IN_TRANSFER):
            self._memory.unplugged.set()
            return Reply(data=_HEADER_OF_A_FRAME + jpeg, cut_after=1000)
        return Reply(data=_HEADER_OF_A_FRAME + jpeg)

    # -- pictures --------------------------------------------------------------------------------------

    def _focus(self, _: Command) -> Reply:
        fault = self._memory.faults.at_shot(self._memory.shots + 1)
        return Reply(OUT_OF_FOCUS) if fault is Fault.REFUSE_FOCUS else Reply()

    def _shutter(self, _: Command) -> Reply:
        planned = self._memory.faults.at_shot(self._memory.shots + 1)
        refusals = {
            Fault.REFUSE_FOCUS: Reply(OUT_OF_FOCUS),
            Fault.CARD_FULL: Reply(STORE_FULL),
            Fault.EMPTY_BATTERY: Reply(GENERAL_ERROR),
            Fault.BUSY: Reply(BUSY),
            Fault.SILENCE: Reply(silent=True),
        }
        self._set_battery(0 if planned is Fault.EMPTY_BATTERY else _FULL_PERCENT)
        if planned in refusals:
            if planned is not Fault.BUSY:
                self._memory.shots += 1  # this shot is spent: a one-time fault strikes once
            return refusals[planned]
        burst = self._number(_CAPTURE_MODE) == _BURST
        for _frame in range(self._number(_BURST_NUMBER) if burst else 1):
            handle, _fault = self._memory.expose()
            if handle is not None:
                self._events.append((_OBJECT_ADDED_IN_SDRAM, handle))
        self._events.append((_CAPTURE_COMPLETE, 0))
        self._busy = 2
        self._live(False)
        return Reply()

    def _set_battery(self, percent: int) -> None:
        """Bodies report a change of level as an event."""
        if self._number(_BATTERY) != percent:
            self._properties[_BATTERY] = self._properties[_BATTERY].with_value(percent)
            self._events.append((_PROPERTY_CHANGED, _BATTERY))

    def _ready(self, _: Command) -> Reply:
        if self._busy:
            self._busy -= 1
            return Reply(BUSY)
        return Reply()

    def _tell_events(self, _: Command) -> Reply:
        events = [] if self._busy else list(self._events)
        if events:
            self._events.clear()
        body = b"".join(struct.pack("<HI", code, parameter) for code, parameter in events)
        return Reply(data=struct.pack("<H", len(events)) + body)

    def _handle(self, command: Command) -> int | None:
        handle = command.parameters[0] if command.parameters else 0
        if handle == _SDRAM_ANY and self._memory.objects:
            return next(iter(self._memory.objects))
        return handle if handle in self._memory.objects else None

    def _object_info(self, command: Command) -> Reply:
        handle = self._handle(command)
        if handle is None:
            return Reply(INVALID_HANDLE)
        name = f"DSC_{self._memory.next_handle - 0x29190001:04}.JPG"
        return Reply(data=object_info(name, len(self._memory.objects[handle]), 0, 6016, 4016))

    def _object(self, command: Command) -> Reply:
        handle = self._handle(command)
        if handle is None:
            return Reply(INVALID_HANDLE)
        data = self._memory.objects[handle]
        if self._memory.faults.at_shot(self._memory.shots) is Fault.UNPLUG_IN_TRANSFER:
            self._memory.unplugged.set()
            return Reply(data=data, cut_after=len(data) // 2)
        return Reply(data=data)

    def _delete(self, command: Command) -> Reply:
        self._memory.objects.pop(command.parameters[0] if command.parameters else 0, None)
        return Reply()
