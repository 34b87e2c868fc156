"""The scanner inside its worker: asked for its state, given piles to scan, told to stop in the middle of one.

Memory stays bounded whatever the pile: at most ``_PAGES_AHEAD`` pages are under way to the host; the next one waits until
the host has kept one. Meanwhile the worker says that it lives.
"""

from __future__ import annotations

import queue

from devices.host.line import AskedService, Line
from devices.host.messages import FrameBroken, Message
from devices.host.scanner_words import (
    description_fields,
    page_message,
    request_of,
    status_fields,
    view_message,
)
from devices.host.translation import error_fields
from devices.ports.errors import Cancelled, DeviceBusy, SettingRefused
from devices.ports.scanner import CameraView, ScannedPage, ScannerDriver

_PAGES_AHEAD = 2
_WAIT_S = 0.25


def scanner_service(line: Line, driver: ScannerDriver) -> AskedService:
    """The questions a scanner answers."""

    def status(_: Message) -> Message:
        return Message("answer", status_fields(driver.status()))

    def scan(command: Message) -> Message:
        try:
            request = request_of(command.fields)
        except FrameBroken as error:
            raise SettingRefused(str(error), "SCN-110") from error
        sink = _LineSink(line)
        try:
            return Message("answer", {"pages": driver.scan(request, sink)})
        finally:
            sink.end()

    opened = Message("opened", description_fields(driver.describe()))
    return AskedService(line, opened, {"status": status, "scan": scan})


class _LineSink:
    """Sends what comes to the host and hears what the host says meanwhile; one scan long, device thread only."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._under_way = 0
        self._cancelled = False
        self._closing = False
        self._view_wanted = True

    def deliver(self, page: ScannedPage) -> None:
        """Send, and wait while too much is under way. Raises Cancelled when the host stops keeping."""
        self._line.say(page_message(page))
        self._under_way += 1
        while self._under_way >= _PAGES_AHEAD:
            self._hear(_WAIT_S)
            self._line.heartbeat()
            if self._cancelled:
                raise Cancelled(f"after page {page.number}")

    def show(self, view: CameraView) -> None:
        """Send, unless the host has not yet taken the last one."""
        if self._view_wanted:
            self._view_wanted = False
            self._line.say(view_message(view))

    def cancelled(self) -> bool:
        """Hear what the host has said since, without waiting."""
        self._line.heartbeat()
        while self._hear(0.0):
            pass
        return self._cancelled

    def end(self) -> None:
        """A wish to leave that came in mid-scan is handed back to the service's loop."""
        if self._closing:
            self._line.commands.put(None)

    def _hear(self, wait_s: float) -> bool:
        """One command, if there is one."""
        try:
            command = self._line.commands.get(timeout=wait_s) if wait_s else self._line.commands.get_nowait()
        except queue.Empty:
            return False
        if command is None:
            self._closing = self._cancelled = True
        elif command.kind == "cancel":
            self._cancelled = True
        elif command.kind == "page-kept":
            self._under_way -= 1
        elif command.kind == "view-taken":
            self._view_wanted = True
        elif "request" in command.fields:
            busy = error_fields(DeviceBusy("scanning"))
            self._line.say(Message("answer", {"answers": command.fields["request"], **busy}))
        return True
