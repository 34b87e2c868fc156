"""Where a device of any kind stands: the same seven states for every port, with what last went well and what did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from devices.ports.errors import DeviceError


class DeviceState(Enum):
    """未连接, 已发现, 连接中, 就绪, 忙, 故障, 策略禁用."""

    ABSENT = "absent"
    PRESENT = "present"  # the machine sees it, nobody has opened it
    OPENING = "opening"
    READY = "ready"
    BUSY = "busy"
    FAULT = "fault"
    BLOCKED = "blocked_by_policy"  # it is there, and this machine does not let us use it


@dataclass(frozen=True)
class DeviceStanding:
    """``error`` is why it cannot be used now; ``lasting`` when trying again by itself has not helped.

    ``last_error`` stays after the device has recovered. Times are aware; ``restarts`` counts workers after the first.
    """

    state: DeviceState
    error: DeviceError | None = None
    lasting: bool = False
    last_success: datetime | None = None
    last_error: DeviceError | None = None
    last_error_at: datetime | None = None
    restarts: int = 0

    @property
    def usable(self) -> bool:
        """Whether it can be asked now or in a moment."""
        return self.state in (DeviceState.READY, DeviceState.BUSY)
