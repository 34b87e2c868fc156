"""What a printer's worker says, as message fields and back."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken
from devices.ports.printer import JobOutcome, PrinterDescription, PrinterState, PrinterStatus


def status_fields(status: PrinterStatus) -> dict[str, Any]:
    """As it travels."""
    return {"state": status.state.value, "replies": [reply.hex() for reply in status.replies]}


def status_of(fields: dict[str, Any]) -> PrinterStatus:
    """Raises FrameBroken when the worker sent something else."""
    try:
        one, two, three, four = (bytes.fromhex(reply) for reply in fields["replies"])
        return PrinterStatus(PrinterState(fields["state"]), (one, two, three, four))
    except UNREADABLE as error:
        raise FrameBroken("status") from error


def printer_fields(description: PrinterDescription) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(description))


def printer_of(fields: dict[str, Any]) -> PrinterDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return PrinterDescription(
            str(fields["model"]), str(fields["driver"]), int(fields["width_dots"]), bool(fields["answers"])
        )
    except UNREADABLE as error:
        raise FrameBroken("printer description") from error


def outcome_of(fields: dict[str, Any]) -> JobOutcome:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return JobOutcome(fields["outcome"])
    except UNREADABLE as error:
        raise FrameBroken("outcome") from error
