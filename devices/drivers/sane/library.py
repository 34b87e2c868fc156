"""libsane through ctypes: the structures of sane.h (SANE Standard 1.06, chapter 4) and calls that raise its status.

Used inside a worker process alone: a backend may hang or crash. ctypes releases the GIL during every call.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, Structure, Union, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from enum import IntEnum

from devices.ports.errors import DriverMissing

_LIBRARY = "libsane.so.1"
# The standard sets no limits; real devices have under 300 options, lists under 1000 words.
_MOST_OPTIONS = 4096
_MOST_CHOICES = 4096
_LONGEST_VALUE = 64 * 1024
_FIXED_ONE = 65536.0


class SaneStatus(IntEnum):
    """SANE_Status (§4.2.7), with the two that SANE 1.0 backends borrow from the 2.0 draft."""

    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVAL = 4
    EOF = 5
    JAMMED = 6
    NO_DOCS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEM = 10
    ACCESS_DENIED = 11
    WARMING_UP = 12
    HW_LOCKED = 13


class SaneError(Exception):
    """A call answered something other than GOOD; ``status`` is the number, known or not."""

    def __init__(self, status: int, call: str) -> None:
        super().__init__(f"{call}: {status}")
        self.status = status
        self.call = call


class ValueType(IntEnum):
    """SANE_Value_Type (§4.3.2)."""

    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class Frame(IntEnum):
    """SANE_Frame (§4.3.8)."""

    GRAY = 0
    RGB = 1
    RED = 2
    GREEN = 3
    BLUE = 4


@dataclass(frozen=True)
class OptionFacts:
    """One option descriptor. ``choices`` of strings or numbers; ``low``/``high`` of a range; None = no limit told."""

    number: int
    name: str
    type: ValueType
    size: int
    settable: bool
    readable: bool
    active: bool
    choices: tuple[str | float, ...] = ()
    low: float | None = None
    high: float | None = None
    quant: float = 0.0
    in_pixels: bool = False


@dataclass(frozen=True)
class Parameters:
    """SANE_Parameters. ``lines`` -1 = not known before the end."""

    format: int
    last_frame: bool
    bytes_per_line: int
    pixels_per_line: int
    lines: int
    depth: int


class _Device(Structure):
    _fields_ = (("name", c_char_p), ("vendor", c_char_p), ("model", c_char_p), ("type", c_char_p))


class _Range(Structure):
    _fields_ = (("min", c_int), ("max", c_int), ("quant", c_int))


class _Constraint(Union):
    _fields_ = (("strings", POINTER(c_char_p)), ("words", POINTER(c_int)), ("range", POINTER(_Range)))


class _Descriptor(Structure):
    _fields_ = (
        ("name", c_char_p),
        ("title", c_char_p),
        ("desc", c_char_p),
        ("type", c_int),
        ("unit", c_int),
        ("size", c_int),
        ("cap", c_int),
        ("constraint_type", c_int),
        ("constraint", _Constraint),
    )


class _Parameters(Structure):
    _fields_ = (
        ("format", c_int),
        ("last_frame", c_int),
        ("bytes_per_line", c_int),
        ("pixels_per_line", c_int),
        ("lines", c_int),
        ("depth", c_int),
    )


_VALUE_TYPES = frozenset(int(kind) for kind in ValueType)
_SOFT_SELECT, _SOFT_DETECT, _INACTIVE = 1, 4, 32
_UNIT_PIXEL = 1
_GET, _SET = 0, 1
_RANGE, _WORD_LIST, _STRING_LIST = 1, 2, 3


def facts_of(number: int, descriptor: _Descriptor) -> OptionFacts | None:
    """What a descriptor says; None for groups and for what makes no sense (backends are outside code)."""
    if descriptor.type not in _VALUE_TYPES or not 0 <= descriptor.size <= _LONGEST_VALUE:
        return None
    kind = ValueType(descriptor.type)
    if kind is ValueType.GROUP or descriptor.name is None:
        return None
    scale = _FIXED_ONE if kind is ValueType.FIXED else 1.0
    choices: tuple[str | float, ...] = ()
    low = high = None
    quant = 0.0
    if descriptor.constraint_type == _RANGE and descriptor.constraint.range:
        limits = descriptor.constraint.range.contents
        low, high, quant = limits.min / scale, limits.max / scale, limits.quant / scale
    elif descriptor.constraint_type == _WORD_LIST and descriptor.constraint.words:
        words = descriptor.constraint.words
        count = min(max(words[0], 0), _MOST_CHOICES)
        choices = tuple(words[i] / scale for i in range(1, count + 1))
    elif descriptor.constraint_type == _STRING_LIST and descriptor.constraint.strings:
        choices = tuple(_strings(descriptor.constraint.strings))
    return OptionFacts(
        number=number,
        name=descriptor.name.decode("utf-8", "replace"),
        type=kind,
        size=descriptor.size,
        settable=bool(descriptor.cap & _SOFT_SELECT),
        readable=bool(descriptor.cap & _SOFT_DETECT),
        active=not descriptor.cap & _INACTIVE,
        choices=choices,
        low=low,
        high=high,
        quant=quant,
        in_pixels=descriptor.unit == _UNIT_PIXEL,
    )


def _strings(array: ctypes._Pointer[c_char_p]) -> list[str]:
    found = []
    for index in range(_MOST_CHOICES):
        entry = array[index]
        if entry is None:
            break
        found.append(entry.decode("utf-8", "replace"))
    return found


class Sane:
    """The library, initialised. One a process, until its end; one thread."""

    def __init__(self, configuration: str | None = None) -> None:
        """``configuration`` is a private SANE_CONFIG_DIR. Raises DriverMissing, SaneError."""
        if configuration is not None:
            os.environ["SANE_CONFIG_DIR"] = configuration
        try:
            self.functions = ctypes.CDLL(_LIBRARY)
        except OSError as error:
            raise DriverMissing(f"{_LIBRARY} (apt install libsane1)") from error
        for name, arguments in _SIGNATURES.items():
            function = getattr(self.functions, name)
            function.argtypes = arguments
            function.restype = c_int
        self.functions.sane_get_option_descriptor.argtypes = (c_void_p, c_int)
        self.functions.sane_get_option_descriptor.restype = POINTER(_Descriptor)
        self.functions.sane_cancel.argtypes = self.functions.sane_close.argtypes = (c_void_p,)
        self.functions.sane_cancel.restype = self.functions.sane_close.restype = None
        version = c_int()
        self.call("sane_init", byref(version), None)
        self.version = f"{version.value >> 24 & 255}.{version.value >> 16 & 255}.{version.value & 65535}"

    def call(self, name: str, *arguments: object) -> None:
        """One function of the library. Raises SaneError for anything but GOOD."""
        status = getattr(self.functions, name)(*arguments)
        if status != SaneStatus.GOOD:
            raise SaneError(status, name)

    def models(self, *, network: bool) -> dict[str, str]:
        """Device name → vendor and model, on this machine and, when asked for, on the network. May take seconds."""
        devices = POINTER(POINTER(_Device))()
        self.call("sane_get_devices", byref(devices), int(not network))
        found = {}
        for index in range(_MOST_CHOICES):
            if not devices[index]:
                break
            device = devices[index].contents
            words = [(part or b"").decode("utf-8", "replace") for part in (device.name, device.vendor, device.model)]
            found[words[0]] = f"{words[1]} {words[2]}".strip()
        return found

    def open(self, name: str) -> SaneHandle:
        """Raises SaneError."""
        handle = c_void_p()
        self.call("sane_open", name.encode(), byref(handle))
        return SaneHandle(self, handle)


_SIGNATURES: dict[str, tuple[object, ...]] = {
    "sane_init": (POINTER(c_int), c_void_p),
    "sane_get_devices": (POINTER(POINTER(POINTER(_Device))), c_int),
    "sane_open": (c_char_p, POINTER(c_void_p)),
    "sane_control_option": (c_void_p, c_int, c_int, c_void_p, POINTER(c_int)),
    "sane_get_parameters": (c_void_p, POINTER(_Parameters)),
    "sane_start": (c_void_p,),
    "sane_read": (c_void_p, c_void_p, c_int, POINTER(c_int)),
}

OptionValue = bool | int | float | str


class SaneHandle:
    """One open device."""

    def __init__(self, sane: Sane, handle: c_void_p) -> None:
        self._sane = sane
        self._handle = handle
        self._buffer = ctypes.create_string_buffer(256 * 1024)

    def options(self) -> dict[str, OptionFacts]:
        """By name, as they are now: setting one may change others. The first of two with one name counts."""
        count = c_int()
        self._sane.call("sane_control_option", self._handle, 0, _GET, byref(count), None)
        found: dict[str, OptionFacts] = {}
        for number in range(1, min(count.value, _MOST_OPTIONS)):
            descriptor = self._sane.functions.sane_get_option_descriptor(self._handle, number)
            facts = facts_of(number, descriptor.contents) if descriptor else None
            if facts is not None:
                found.setdefault(facts.name, facts)
        return found

    def get(self, option: OptionFacts) -> OptionValue:
        """Its value now. Raises SaneError."""
        if option.type is ValueType.STRING:
            text = ctypes.create_string_buffer(max(option.size, 1) + 1)
            self._sane.call("sane_control_option", self._handle, option.number, _GET, text, None)
            return text.value.decode("utf-8", "replace")
        # Arrays come whole; only the first word is looked at.
        words = (c_int * max(option.size // ctypes.sizeof(c_int), 1))()
        self._sane.call("sane_control_option", self._handle, option.number, _GET, words, None)
        return _value(option.type, words[0])

    def set(self, option: OptionFacts, value: OptionValue) -> None:
        """One value; the backend may round it: read it back. Raises SaneError."""
        if option.type is ValueType.STRING:
            encoded = str(value).encode()
            if len(encoded) >= max(option.size, 1):
                raise SaneError(SaneStatus.INVAL, option.name)
            text = ctypes.create_string_buffer(encoded, max(option.size, 1))
            self._sane.call("sane_control_option", self._handle, option.number, _SET, text, None)
            return
        if option.size > ctypes.sizeof(c_int):
            raise SaneError(SaneStatus.INVAL, option.name)  # an array (gamma): nothing of ours
        scaled = round(float(value) * (_FIXED_ONE if option.type is ValueType.FIXED else 1.0))
        word = c_int(max(min(scaled, 2**31 - 1), -(2**31)))
        self._sane.call("sane_control_option", self._handle, option.number, _SET, byref(word), None)

    def parameters(self) -> Parameters:
        """Of the frame that was started. Raises SaneError."""
        raw = _Parameters()
        self._sane.call("sane_get_parameters", self._handle, byref(raw))
        return Parameters(raw.format, bool(raw.last_frame), raw.bytes_per_line, raw.pixels_per_line, raw.lines, raw.depth)

    def start(self) -> None:
        """Begin a frame; blocks while the sheet is fed. Raises SaneError."""
        self._sane.call("sane_start", self._handle)

    def read(self) -> bytes:
        """Some bytes of the frame, perhaps none yet. Raises SaneError; EOF is the frame's end."""
        length = c_int()
        self._sane.call("sane_read", self._handle, self._buffer, len(self._buffer), byref(length))
        return ctypes.string_at(self._buffer, max(length.value, 0))

    def cancel(self) -> None:
        """End the scan; needed after the last page too (§4.3.11)."""
        self._sane.functions.sane_cancel(self._handle)

    def close(self) -> None:
        """The handle is not used again."""
        self._sane.functions.sane_close(self._handle)


def _value(kind: ValueType, word: int) -> OptionValue:
    if kind is ValueType.BOOL:
        return bool(word)
    return word / _FIXED_ONE if kind is ValueType.FIXED else word
