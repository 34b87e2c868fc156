"""Device errors cross the pipe by class name, code and detail."""

from __future__ import annotations

import errno
import re
from typing import Any

from devices.ports import errors
from devices.ports.errors import DeviceAbsent, DeviceBlocked, DeviceError

_CODE = re.compile(r"[A-Z]{3}-\d{3}")
_FORBIDDEN = (errno.EACCES, errno.EPERM)

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
    good = isinstance(code, str) and _CODE.fullmatch(code) is not None
    return kind(str(fields.get("detail", ""))[:500], code if good else None)


def opening_error(error: DeviceError) -> DeviceError:
    """What kept the device from opening; "absent" because the machine forbids it is ``DeviceBlocked``."""
    cause: BaseException | None = error
    while cause is not None and isinstance(error, DeviceAbsent):
        if isinstance(cause, OSError) and cause.errno in _FORBIDDEN:
            return DeviceBlocked(error.detail)
        cause = cause.__cause__ or cause.__context__
    return error
