"""The signature pad inside its worker: told when a signature begins, asked what the pen did."""

from __future__ import annotations

from devices.host.line import AskedService, Line
from devices.host.messages import Message
from devices.host.signature_pad_words import pad_fields, samples_fields
from devices.ports.signature_pad import SignaturePadDriver


def signature_pad_service(line: Line, driver: SignaturePadDriver) -> AskedService:
    """The questions a signature pad answers."""

    def begin(_: Message) -> Message:
        driver.begin()
        return Message("answer")

    def read(command: Message) -> Message:
        return Message("answer", samples_fields(driver.read(float(command.fields["wait_s"]))))

    return AskedService(line, Message("opened", pad_fields(driver.describe())), {"begin": begin, "read": read})
