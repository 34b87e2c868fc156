"""Device errors cross the pipe by class name, code and detail."""

from __future__ import annotations

from typing import Any

from devices.ports import errors
from devices.ports.errors import DeviceError

_ERRORS: dict[str, type[DeviceError]] = {
    name: value for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, DeviceError)
}


def error_fields(error: DeviceError) -> dict[str, Any]:
    """As it travels."""
    return {"error": type(error).__name__, "code": error.code, "detail": error.detail[:500]}


def error_of(fields: dict[str, Any]) -> DeviceError:
    """The error the worker raised; an unknown name is the root class."""
    kind = _ERRORS.get(str(fields.get("error")), DeviceError)
    code = fields.get("code")
    return kind(str(fields.get("detail", "")), code if isinstance(code, str) else None)
