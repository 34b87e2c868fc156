"""The card reader inside its worker: asked how it is, asked for a card; a wait can be cancelled."""

from __future__ import annotations

from devices.host.card_reader_words import card_message, reader_fields, request_of
from devices.host.line import AskedService, Line, called_off
from devices.host.messages import Message
from devices.ports.card_reader import CardReaderDriver


def card_reader_service(line: Line, driver: CardReaderDriver) -> AskedService:
    """The questions a card reader answers."""

    def check(_: Message) -> Message:
        driver.check()
        return Message("answer")

    def read(command: Message) -> Message:
        return card_message(driver.read(request_of(command.fields), lambda: called_off(line, "waiting for a card")))

    opened = Message("opened", reader_fields(driver.describe()))
    return AskedService(line, opened, {"check": check, "read": read})
