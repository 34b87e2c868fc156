"""Port values as message fields and back; device errors cross the pipe by class name and detail."""

from __future__ import annotations

from typing import Any

from devices.host.messages import FrameBroken
from devices.ports import errors
from devices.ports.camera import CameraDescription, CameraSetting, SettingState
from devices.ports.errors import DeviceError
from devices.ports.printer import PrinterDescription, PrinterState, PrinterStatus

_ERRORS: dict[str, type[DeviceError]] = {
    name: value for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, DeviceError)
}


def error_fields(error: DeviceError) -> dict[str, Any]:
    """As it travels."""
    return {"error": type(error).__name__, "detail": error.detail[:500]}


def error_of(fields: dict[str, Any]) -> DeviceError:
    """The error the worker raised; an unknown name is the root class."""
    return _ERRORS.get(str(fields.get("error")), DeviceError)(str(fields.get("detail", "")))


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
    except (KeyError, TypeError, ValueError) as error:
        raise FrameBroken("description") from error


def status_fields(status: PrinterStatus) -> dict[str, Any]:
    """As it travels."""
    return {"state": status.state.value, "replies": [reply.hex() for reply in status.replies]}


def status_of(fields: dict[str, Any]) -> PrinterStatus:
    """Raises FrameBroken when the worker sent something else."""
    try:
        one, two, three, four = (bytes.fromhex(reply) for reply in fields["replies"])
        return PrinterStatus(PrinterState(fields["state"]), (one, two, three, four))
    except (KeyError, TypeError, ValueError) as error:
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
    except (KeyError, TypeError, ValueError) as error:
        raise FrameBroken("printer description") from error
