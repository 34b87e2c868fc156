"""The receipt printer inside its worker: asked for its state, given jobs."""

from __future__ import annotations

from devices.host.line import AskedService, Line
from devices.host.messages import Message
from devices.host.printer_words import printer_fields, status_fields
from devices.ports.printer import PrinterDriver


def printer_service(line: Line, driver: PrinterDriver) -> AskedService:
    """The questions a printer answers."""

    def status(_: Message) -> Message:
        return Message("answer", status_fields(driver.status()))

    def printed(command: Message) -> Message:
        outcome = driver.print(command.payload, float(command.fields["timeout_s"]))
        return Message("answer", {"outcome": outcome.value})

    opened = Message("opened", printer_fields(driver.describe()))
    return AskedService(line, opened, {"status": status, "print": printed})
