"""The photo decoder inside its worker."""

from __future__ import annotations

from devices.host.line import AskedService, Line
from devices.host.messages import Message
from devices.ports.card_photo import CardPhotoDriver


def card_photo_service(line: Line, driver: CardPhotoDriver) -> AskedService:
    """The one question: a photo block, its pixels."""

    def decode(command: Message) -> Message:
        return Message("answer", {}, driver.decode(command.payload).rgb)

    return AskedService(line, Message("opened"), {"decode": decode})
