"""Passing fault or lasting fault: when trying again by itself has not helped, say so and try less often. Pure.

A fault is lasting after ``count`` faults of one kind within ``within_s`` without a success between them, and at once when
only a person can mend it. It stays lasting until something succeeds. An absent device is no fault: it is looked for
all day long at the same pace.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from devices.ports.errors import (
    BadAddress,
    DeviceAbsent,
    DeviceBlocked,
    DeviceError,
    DriverMissing,
    WrongWorker,
)

# No number of tries mends these.
_NEEDS_A_PERSON = (BadAddress, DeviceBlocked, DriverMissing, WrongWorker)


@dataclass(frozen=True)
class FaultPolicy:
    """Seconds. ``quick_s``: the pauses after the first faults; ``steady_s``: open for so long counts as a success."""

    count: int = 5
    within_s: float = 180.0
    quick_s: tuple[float, ...] = (0.3, 0.6, 1.2, 2.0, 3.0, 5.0)
    slow_s: float = 30.0
    absent_s: float = 0.8
    steady_s: float = 20.0


@dataclass(frozen=True)
class FaultHistory:
    """Faults since the last success: when (monotonic seconds) and of what kind. ``lasting`` names the lasting kind."""

    faults: tuple[tuple[float, str], ...] = ()
    lasting: str = ""


def kind_of(error: DeviceError) -> str:
    """Two faults are of one kind when the officer would read the same code."""
    return error.code


def after_fault(history: FaultHistory, policy: FaultPolicy, now: float, error: DeviceError) -> FaultHistory:
    """The history with one more fault; bounded, whatever happens."""
    if isinstance(error, DeviceAbsent):
        return replace(history, lasting="")
    kind = kind_of(error)
    recent = tuple(f for f in history.faults if now - f[0] <= policy.within_s)[-4 * policy.count :]
    faults = (*recent, (now, kind))
    same = sum(1 for _, other in faults if other == kind)
    if isinstance(error, _NEEDS_A_PERSON) or same >= policy.count or history.lasting == kind:
        return FaultHistory(faults, kind)
    return FaultHistory(faults, "")


def pause_s(history: FaultHistory, policy: FaultPolicy, error: DeviceError) -> float:
    """How long to wait before the next worker; ``history`` already holds this fault."""
    if isinstance(error, DeviceAbsent):
        return policy.absent_s
    if history.lasting:
        return policy.slow_s
    return policy.quick_s[min(max(0, len(history.faults) - 1), len(policy.quick_s) - 1)]
