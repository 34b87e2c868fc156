"""The document reader inside its worker: asked for the next document."""

from __future__ import annotations

from devices.host.document_reader_words import reader_fields, zone_fields
from devices.host.line import AskedService, Line
from devices.host.messages import Message
from devices.ports.document_reader import DocumentReaderDriver


def document_reader_service(line: Line, driver: DocumentReaderDriver) -> AskedService:
    """The questions a document reader answers."""

    def read(command: Message) -> Message:
        return Message("answer", zone_fields(driver.read(float(command.fields["timeout_s"]))))

    return AskedService(line, Message("opened", reader_fields(driver.describe())), {"read": read})
