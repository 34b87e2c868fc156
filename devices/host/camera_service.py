"""The camera inside its worker: live view at a bounded rate, captures, and what it reports on its own."""

from __future__ import annotations

import queue
import time

from devices.host.camera_words import description_fields
from devices.host.line import Line, answer
from devices.host.messages import Message
from devices.ports.camera import (
    CameraDriver,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    LiveFrame,
)
from devices.ports.errors import DeviceBusy, NotSupported, PictureBroken, ShotMissing

_IDLE_POLL_S = 0.2
_FRAME_INTERVAL_S = 1 / 25


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
        self._line.show(Message("frame", {"number": frame.number, "taken_s": frame.taken_s}, frame.jpeg))

    def _obey(self, command: Message) -> None:
        if command.kind == "frame-taken":
            self._credit = True
        elif command.kind == "live":
            self._live, self._credit = bool(command.fields.get("on")), True
        elif command.kind == "describe":
            answer(self._line, command, lambda: Message("answer", description_fields(self._driver.describe())))
        elif command.kind == "configure":
            values = {CameraSetting(k): str(v) for k, v in command.fields["values"].items()}
            answer(self._line, command, lambda: Message("answer", description_fields(self._driver.configure(values))))
        elif command.kind == "capture":
            answer(self._line, command, lambda: self._capture(command))

    def _capture(self, command: Message) -> Message:
        request = CaptureRequest(int(command.fields["count"]), float(command.fields["timeout_s"]))

        def deliver(file: CapturedFile) -> None:
            self._line.say(Message("file", {"name": file.name, "index": file.index}, file.data))

        return Message("answer", {"count": self._driver.capture(request, deliver)})
