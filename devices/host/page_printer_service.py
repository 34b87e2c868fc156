"""The page printer inside its worker: asked for its queue, given documents, asked how jobs stand."""

from __future__ import annotations

from devices.host.line import AskedService, Line
from devices.host.messages import Message
from devices.host.page_printer_words import job_fields, order_of, queue_fields
from devices.ports.page_printer import PagePrinterDriver


def page_printer_service(line: Line, driver: PagePrinterDriver) -> AskedService:
    """The questions a page printer answers."""

    def status(_: Message) -> Message:
        return Message("answer", queue_fields(driver.status()))

    def submit(command: Message) -> Message:
        return Message("answer", job_fields(driver.submit(command.payload, order_of(command.fields))))

    def job(command: Message) -> Message:
        return Message("answer", job_fields(driver.job(int(command.fields["number"]))))

    def cancel(command: Message) -> Message:
        return Message("answer", job_fields(driver.cancel(int(command.fields["number"]))))

    opened = Message("opened", queue_fields(driver.status()))
    return AskedService(line, opened, {"status": status, "submit": submit, "job": job, "cancel": cancel})
