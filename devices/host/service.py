"""Inside the worker process: one driver, one thread that uses it, one that listens to the host.

The worker ends when its standard input closes, so it can never outlive the window. What C libraries print on standard
output goes to standard error: the pipe carries frames alone.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable
from typing import BinaryIO

from devices.host.messages import FrameBroken, Message, StreamEnded, receive, send
from devices.host.translation import description_fields, error_fields, printer_fields, status_fields
from devices.ports.camera import (
    CameraDriver,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    LiveFrame,
)
from devices.ports.errors import (
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    NotSupported,
    PictureBroken,
    ShotMissing,
)
from devices.ports.printer import PrinterDriver

_HEARTBEAT_S = 1.0
_IDLE_POLL_S = 0.2
_FRAME_INTERVAL_S = 1 / 25
_LEAVE_DEADLINE_S = 2.0


class Line:
    """The worker's end of the pipes."""

    def __init__(self) -> None:
        frames = os.dup(1)
        os.dup2(2, 1)
        self._out: BinaryIO = os.fdopen(frames, "wb")
        # Unbuffered: a buffered reader would be locked by the listening thread when the interpreter ends.
        self._in = os.fdopen(os.dup(0), "rb", buffering=0)
        self._lock = threading.Lock()
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

    def heartbeat(self) -> None:
        """Say that we live, when nothing else was said for a while."""
        if time.monotonic() - self._last_sent > _HEARTBEAT_S:
            self.say(Message("alive"))


def _answer(line: Line, command: Message, work: Callable[[], Message]) -> None:
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


class CameraService:
    """Runs one camera until told to leave or until it is lost."""

    def __init__(self, line: Line, driver: CameraDriver) -> None:
        self._line = line
        self._driver = driver
        self._live = False
        self._credit = True
        self._next_frame = 0.0

    def run(self) -> None:
        """The device thread's loop. Raises DeviceError when the camera is lost."""
        self._line.say(Message("opened", description_fields(self._driver.describe())))
        while True:
            try:
                command = self._line.commands.get(timeout=self._patience())
            except queue.Empty:
                self._between_commands()
                continue
            if command is None:
                return
            self._obey(command)

    def _patience(self) -> float:
        if self._live and self._credit:
            return max(0.0, self._next_frame - time.monotonic()) or 0.0005
        return 0.02 if self._live else _IDLE_POLL_S

    def _between_commands(self) -> None:
        if self._live and self._credit and time.monotonic() >= self._next_frame:
            self._next_frame = time.monotonic() + _FRAME_INTERVAL_S
            self._offer_frame()
        elif not self._live:
            for event in self._driver.events(0.01):
                fields = {"event": event.kind.value, "text": event.text}
                payload = b""
                if event.file is not None:
                    fields["name"], payload = event.file.name, event.file.data
                self._line.say(Message("event", fields, payload))
        self._line.heartbeat()

    def _offer_frame(self) -> None:
        try:
            self._send_frame(self._driver.live_frame())
        except (DeviceBusy, PictureBroken, ShotMissing):
            return  # the next turn tries again
        except NotSupported:
            self._live = False
            self._line.say(Message("described", description_fields(self._driver.describe())))

    def _send_frame(self, frame: LiveFrame) -> None:
        self._credit = False
        self._line.say(Message("frame", {"number": frame.number, "taken_s": frame.taken_s}, frame.jpeg))

    def _obey(self, command: Message) -> None:
        if command.kind == "frame-taken":
            self._credit = True
        elif command.kind == "live":
            self._live, self._credit = bool(command.fields.get("on")), True
        elif command.kind == "describe":
            _answer(self._line, command, lambda: Message("answer", description_fields(self._driver.describe())))
        elif command.kind == "configure":
            values = {CameraSetting(k): str(v) for k, v in command.fields["values"].items()}
            _answer(self._line, command, lambda: Message("answer", description_fields(self._driver.configure(values))))
        elif command.kind == "capture":
            _answer(self._line, command, lambda: self._capture(command))

    def _capture(self, command: Message) -> Message:
        request = CaptureRequest(int(command.fields["count"]), float(command.fields["timeout_s"]))

        def deliver(file: CapturedFile) -> None:
            self._line.say(Message("file", {"name": file.name, "index": file.index}, file.data))

        return Message("answer", {"count": self._driver.capture(request, deliver)})


class PrinterService:
    """Runs one printer until told to leave or until its connection is lost."""

    def __init__(self, line: Line, driver: PrinterDriver) -> None:
        self._line = line
        self._driver = driver

    def run(self) -> None:
        """The device thread's loop. Raises DeviceError when the printer is lost."""
        self._line.say(Message("opened", printer_fields(self._driver.describe())))
        while True:
            try:
                command = self._line.commands.get(timeout=_HEARTBEAT_S)
            except queue.Empty:
                self._line.heartbeat()
                continue
            if command is None:
                return
            if command.kind == "status":
                _answer(self._line, command, lambda: Message("answer", status_fields(self._driver.status())))
            elif command.kind == "print":
                _answer(self._line, command, lambda c=command: self._print(c))  # type: ignore[misc]

    def _print(self, command: Message) -> Message:
        outcome = self._driver.print(command.payload, float(command.fields["timeout_s"]))
        return Message("answer", {"outcome": outcome.value})


def serve(line: Line, open_driver: Callable[[], CameraDriver | PrinterDriver], service: Callable[..., object]) -> int:
    """Open, run, close; how it ended is told to the host. The process's exit code."""
    line.listen()
    try:
        driver = open_driver()
    except DeviceError as error:
        line.say(Message("failed-to-open", error_fields(error)))
        return 1
    try:
        service(line, driver).run()  # type: ignore[attr-defined]  # both services have run()
    except DeviceError as error:
        line.say(Message("lost", error_fields(error)))
        return 1
    finally:
        driver.close()
    return 0
