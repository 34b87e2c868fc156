"""Inside the worker process: the pipes to the host, one driver, one thread that uses it, one that listens.

The worker ends when its standard input closes, so it can never outlive the window. What C libraries print on standard
output goes to standard error: the pipe carries frames alone.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol, TypeVar

from devices.host.frames import FrameSlots
from devices.host.messages import FrameBroken, Message, StreamEnded, hello, receive, send
from devices.host.translation import error_fields, opening_error
from devices.ports.errors import DeviceAbsent, DeviceBusy, DeviceError, DeviceLost, DeviceSilent

_HEARTBEAT_S = 1.0
_LEAVE_DEADLINE_S = 2.0


class Closable(Protocol):
    """A driver of any port."""

    def close(self) -> None:
        """Let go of the device; never raises for one that is already gone."""


class Service(Protocol):
    """What a kind of device does for the host, on the worker's device thread."""

    def run(self) -> None:
        """Until told to leave. Raises DeviceError when the device is lost."""


_Driver = TypeVar("_Driver", bound=Closable)


class Line:
    """The worker's end of the pipes."""

    def __init__(self) -> None:
        frames = os.dup(1)
        os.dup2(2, 1)
        self._out: BinaryIO = os.fdopen(frames, "wb")
        # Unbuffered: a buffered reader would be locked by the listening thread when the interpreter ends.
        self._in = os.fdopen(os.dup(0), "rb", buffering=0)
        self._lock = threading.Lock()
        self._slots = FrameSlots.inherited(os.environ)
        self._last_sent = time.monotonic()
        self.commands: queue.SimpleQueue[Message | None] = queue.SimpleQueue()

    def listen(self) -> None:
        """Start the listening thread; the end of standard input ends the process, hung or not."""
        threading.Thread(target=self._listen, name="host-listener", daemon=True).start()

    def _listen(self) -> None:
        try:
            while True:
                message = receive(self._in)
                self.commands.put(None if message.kind == "close" else message)
        except (StreamEnded, FrameBroken):
            self.commands.put(None)
        # The device thread may hang in a C library: it has this long to leave in good order.
        threading.Event().wait(_LEAVE_DEADLINE_S)
        os._exit(0)

    def say(self, message: Message) -> None:
        """Send to the host; when it is gone, so are we."""
        with self._lock:
            try:
                send(self._out, message)
            except StreamEnded:
                os._exit(0)
            self._last_sent = time.monotonic()

    def show(self, frame: Message) -> None:
        """Send a live frame, its picture through shared memory; not before the host has taken the last one."""
        self.say(frame if self._slots is None else self._slots.placed(frame))

    def heartbeat(self) -> None:
        """Say that we live, when nothing else was said for a while."""
        if time.monotonic() - self._last_sent > _HEARTBEAT_S:
            self.say(Message("alive"))


def answer(line: Line, command: Message, work: Callable[[], Message]) -> None:
    """Do what was asked and answer it; a device error is the answer. A lost device ends this worker."""
    number = command.fields.get("request")
    try:
        result = work()
    except DeviceError as error:
        line.say(Message("answer", {"answers": number, **error_fields(error)}))
        if isinstance(error, DeviceLost | DeviceAbsent | DeviceSilent):
            raise
        return
    line.say(Message(result.kind, {**result.fields, "answers": number}, result.payload))


def called_off(line: Line, occupied: str) -> bool:
    """Whether the host has called the wait off, or is gone; any other question meanwhile is told that we are busy."""

    def refuse() -> Message:
        raise DeviceBusy(occupied)

    line.heartbeat()
    while True:
        try:
            command = line.commands.get_nowait()
        except queue.Empty:
            return False
        if command is None:
            line.commands.put(None)  # the loop that asked for this wait ends on it
            return True
        if command.kind == "cancel":
            return True
        answer(line, command, refuse)


def serve(line: Line, open_driver: Callable[[], _Driver], service: Callable[[Line, _Driver], Service]) -> int:
    """Open, run, close; how it ended is told to the host. The process's exit code."""
    line.say(hello())
    line.listen()
    try:
        driver = open_driver()
    except DeviceError as error:
        line.say(Message("failed-to-open", error_fields(opening_error(error))))
        return 1
    try:
        service(line, driver).run()
    except DeviceError as error:
        line.say(Message("lost", error_fields(error)))
        return 1
    finally:
        driver.close()
    return 0


Answers = Mapping[str, Callable[[Message], Message]]


class AskedService:
    """A device that speaks only when asked: each kind of question has its answer.

    A handler may send messages of its own through the line before it returns (progress, pages).
    """

    def __init__(self, line: Line, description: Message, answers: Answers) -> None:
        self._line = line
        self._description = description
        self._answers = answers

    def run(self) -> None:
        """The device thread's loop. Raises DeviceError when the device is lost."""
        self._line.say(Message("opened", self._description.fields))
        while True:
            try:
                command = self._line.commands.get(timeout=_HEARTBEAT_S)
            except queue.Empty:
                self._line.heartbeat()
                continue
            if command is None:
                return
            handler = self._answers.get(command.kind)
            if handler is not None:
                answer(self._line, command, lambda c=command, h=handler: h(c))  # type: ignore[misc]  # mypy 1.x cannot infer a lambda with defaults
