"""What a document reader's worker says, as message fields and back."""

from __future__ import annotations

from typing import Any

from devices.host.messages import FrameBroken
from devices.ports.document_reader import ZONE_SHAPES, ReaderDescription, ZoneRead


def reader_fields(description: ReaderDescription) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(description))


def reader_of(fields: dict[str, Any]) -> ReaderDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return ReaderDescription(str(fields["model"]), str(fields["driver"]), str(fields["framing"]))
    except KeyError as error:
        raise FrameBroken("reader description") from error


def zone_fields(zone: ZoneRead) -> dict[str, Any]:
    """As it travels."""
    return {"lines": list(zone.lines)}


def zone_of(fields: dict[str, Any]) -> ZoneRead:
    """Raises FrameBroken when the worker sent something else."""
    lines = fields.get("lines")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise FrameBroken("zone")
    if len({len(line) for line in lines}) != 1 or (len(lines), len(lines[0])) not in ZONE_SHAPES:
        raise FrameBroken("zone shape")
    return ZoneRead(tuple(lines))
