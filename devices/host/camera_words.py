"""What a camera's worker says, as message fields and back."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken, Message
from devices.ports.camera import (
    CameraDescription,
    CameraEvent,
    CameraEventKind,
    CameraSetting,
    CapturedFile,
    LiveFrame,
    SettingState,
)


def description_fields(description: CameraDescription) -> dict[str, Any]:
    """As it travels."""
    return {
        "model": description.model,
        "serial": description.serial,
        "driver": description.driver,
        "live_view": description.live_view,
        "burst_max": description.burst_max,
        "battery": description.battery_percent,
        "settings": [[s.setting.value, s.value, list(s.choices)] for s in description.settings],
    }


def description_of(fields: dict[str, Any]) -> CameraDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return CameraDescription(
            model=str(fields["model"]),
            serial=str(fields["serial"]),
            driver=str(fields["driver"]),
            live_view=bool(fields["live_view"]),
            burst_max=int(fields["burst_max"]),
            battery_percent=None if fields["battery"] is None else int(fields["battery"]),
            settings=tuple(
                SettingState(CameraSetting(name), str(value), tuple(map(str, choices)))
                for name, value, choices in fields["settings"]
            ),
        )
    except UNREADABLE as error:
        raise FrameBroken("description") from error


def frame_of(message: Message) -> LiveFrame:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return LiveFrame(message.payload, int(message.fields["number"]), float(message.fields["taken_s"]))
    except UNREADABLE as error:
        raise FrameBroken("frame") from error


def file_of(message: Message) -> CapturedFile:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return CapturedFile(message.payload, str(message.fields["name"]), int(message.fields["index"]))
    except UNREADABLE as error:
        raise FrameBroken("file") from error


def event_of(message: Message) -> CameraEvent:
    """Raises FrameBroken when the worker sent something else."""
    fields = message.fields
    file = CapturedFile(message.payload, str(fields.get("name", "")), 1) if message.payload else None
    try:
        return CameraEvent(CameraEventKind(fields["event"]), str(fields.get("text", "")), file)
    except UNREADABLE as error:
        raise FrameBroken("event") from error
