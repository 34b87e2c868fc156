"""What a scanner's worker says and is told, as message fields and back."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken, Message
from devices.ports.scanner import (
    CameraView,
    ColourMode,
    PageSide,
    ScannedPage,
    ScannerDescription,
    ScannerState,
    ScannerStatus,
    ScanRequest,
    ScanSource,
    SourceAbilities,
)


def description_fields(description: ScannerDescription) -> dict[str, Any]:
    """As it travels."""
    return {
        "model": description.model,
        "serial": description.serial,
        "driver": description.driver,
        "sources": [
            [s.source.value, list(s.resolutions), [m.value for m in s.modes], s.width_mm, s.height_mm]
            for s in description.sources
        ],
    }


def description_of(fields: dict[str, Any]) -> ScannerDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        sources = tuple(
            SourceAbilities(
                ScanSource(source), tuple(map(int, dpi)), tuple(map(ColourMode, modes)), float(width), float(height)
            )
            for source, dpi, modes, width, height in fields["sources"]
        )
        return ScannerDescription(str(fields["model"]), str(fields["serial"]), str(fields["driver"]), sources)
    except UNREADABLE as error:
        raise FrameBroken("scanner description") from error


def status_fields(status: ScannerStatus) -> dict[str, Any]:
    """As it travels."""
    return {"state": status.state.value, "detail": status.detail[:500]}


def status_of(fields: dict[str, Any]) -> ScannerStatus:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return ScannerStatus(ScannerState(fields["state"]), str(fields["detail"]))
    except UNREADABLE as error:
        raise FrameBroken("scanner status") from error


def request_fields(request: ScanRequest) -> dict[str, Any]:
    """As it travels."""
    return {**vars(request), "source": request.source.value, "mode": request.mode.value}


def request_of(fields: dict[str, Any]) -> ScanRequest:
    """Raises FrameBroken when the host sent something else."""
    try:
        return ScanRequest(
            ScanSource(fields["source"]),
            int(fields["dpi"]),
            ColourMode(fields["mode"]),
            float(fields["width_mm"]),
            float(fields["height_mm"]),
            int(fields["most_pages"]),
            float(fields["page_timeout_s"]),
        )
    except UNREADABLE as error:
        raise FrameBroken("scan request") from error


def page_message(page: ScannedPage) -> Message:
    """As it travels."""
    fields = {
        "number": page.number,
        "side": page.side.value,
        "width": page.width_px,
        "height": page.height_px,
        "dpi": page.dpi,
    }
    return Message("page", fields, page.data)


def page_of(message: Message) -> ScannedPage:
    """Raises FrameBroken when the worker sent something else."""
    fields = message.fields
    try:
        return ScannedPage(
            message.payload,
            int(fields["number"]),
            PageSide(fields["side"]),
            int(fields["width"]),
            int(fields["height"]),
            int(fields["dpi"]),
        )
    except UNREADABLE as error:
        raise FrameBroken("scanned page") from error


def view_message(view: CameraView) -> Message:
    """As it travels."""
    return Message("view", {"pages": [[list(corner) for corner in page] for page in view.pages]}, view.jpeg)


def view_of(message: Message) -> CameraView:
    """Raises FrameBroken when the worker sent something else."""
    try:
        pages = tuple(tuple((float(x), float(y)) for x, y in page) for page in message.fields["pages"])
    except UNREADABLE as error:
        raise FrameBroken("camera view") from error
    return CameraView(message.payload, pages)
