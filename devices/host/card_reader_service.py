"""The card reader inside its worker: asked how it is, asked for a card; a wait can be cancelled."""

from __future__ import annotations

import queue

from devices.host.card_reader_words import card_message, reader_fields, request_of
from devices.host.line import AskedService, Line, answer
from devices.host.messages import Message
from devices.ports.card_reader import CardReaderDriver
from devices.ports.errors import DeviceBusy


def _busy() -> Message:
    raise DeviceBusy("waiting for a card")


def _cancelled(line: Line) -> bool:
    """Whether the host has called the wait off, or is gone; any other question meanwhile is told that we are busy."""
    line.heartbeat()
    while True:
        try:
            command = line.commands.get_nowait()
        except queue.Empty:
            return False
        if command is None:
            line.commands.put(None)  # the loop that asked for this card ends on it
            return True
        if command.kind == "cancel":
            return True
        answer(line, command, _busy)


def card_reader_service(line: Line, driver: CardReaderDriver) -> AskedService:
    """The questions a card reader answers."""

    def check(_: Message) -> Message:
        driver.check()
        return Message("answer")

    def read(command: Message) -> Message:
        return card_message(driver.read(request_of(command.fields), lambda: _cancelled(line)))

    opened = Message("opened", reader_fields(driver.describe()))
    return AskedService(line, opened, {"check": check, "read": read})
