"""Live frames by shared memory: the pipe carries where a frame lies, not the frame.

Linux: an anonymous memory file that only the worker inherits; it has no name, and its size is sealed, so that a mad
worker cannot cut it under the window's feet. Windows: a section with an unguessable name and the user's own access list.
The worker fills the slots in turn and sends the next frame only when the host has said that it took the last.
"""

from __future__ import annotations

import mmap
import os
import sys
import uuid
from collections.abc import MutableMapping

from devices.host.messages import FrameBroken, Message

SLOTS = 2
_VARIABLE = "JINGCHUANG_FRAMES"


if sys.platform == "win32":

    def _new_area(size: int) -> tuple[mmap.mmap, str, int | None]:
        name = f"Local\\jingchuang-{uuid.uuid4().hex}"
        return mmap.mmap(-1, size, tagname=name), name, None

    def _inherited_area(name: str, size: int) -> mmap.mmap:
        return mmap.mmap(-1, size, tagname=name)
else:
    import fcntl

    def _new_area(size: int) -> tuple[mmap.mmap, str, int | None]:
        descriptor = os.memfd_create("jingchuang-frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, size)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return mmap.mmap(descriptor, size), str(descriptor), descriptor

    def _inherited_area(name: str, size: int) -> mmap.mmap:
        descriptor = int(name)
        area = mmap.mmap(descriptor, size)
        os.close(descriptor)  # the mapping stays; what the worker starts inherits nothing
        return area


class FrameArea:
    """The host's side, one a worker's life. Raises OSError when the machine has no memory for it."""

    def __init__(self, slot_bytes: int) -> None:
        self._slot_bytes = slot_bytes
        self._area, self._name, self._descriptor = _new_area(SLOTS * slot_bytes)

    @property
    def environment(self) -> dict[str, str]:
        """What tells the worker where it is."""
        return {_VARIABLE: f"{self._name}:{self._slot_bytes}"}

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What the worker must inherit."""
        return () if self._descriptor is None else (self._descriptor,)

    def handed_over(self) -> None:
        """The worker has its own; ours is only the mapping."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def filled(self, message: Message) -> Message:
        """The message with its frame copied out. Raises FrameBroken for a place outside the area."""
        slot, length = message.fields.get("slot"), message.fields.get("length")
        if type(slot) is not int or type(length) is not int or not (0 <= slot < SLOTS and 0 <= length <= self._slot_bytes):
            raise FrameBroken("frame outside its memory")
        begin = slot * self._slot_bytes
        fields = {k: v for k, v in message.fields.items() if k not in ("slot", "length")}
        return Message(message.kind, fields, self._area[begin : begin + length])

    def close(self) -> None:
        """Let go of the memory."""
        self.handed_over()
        self._area.close()


class FrameSlots:
    """The worker's side."""

    def __init__(self, area: mmap.mmap, slot_bytes: int) -> None:
        self._area = area
        self._slot_bytes = slot_bytes
        self._next = 0

    @classmethod
    def inherited(cls, environment: MutableMapping[str, str]) -> FrameSlots | None:
        """What the host handed over, None when it did not; it is handed on to nobody."""
        name, _, slot_bytes = environment.pop(_VARIABLE, "").rpartition(":")
        if not name:
            return None
        return cls(_inherited_area(name, SLOTS * int(slot_bytes)), int(slot_bytes))

    def placed(self, message: Message) -> Message:
        """The message with its payload in shared memory; unchanged when it does not fit there."""
        length = len(message.payload)
        if length > self._slot_bytes:
            return message
        slot, self._next = self._next, (self._next + 1) % SLOTS
        begin = slot * self._slot_bytes
        self._area[begin : begin + length] = message.payload
        return Message(message.kind, {**message.fields, "slot": slot, "length": length})
