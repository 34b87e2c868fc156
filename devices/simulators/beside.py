"""Starts a simulator as a process beside the worker that will use it; it ends with that worker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from devices.ports.errors import DeviceAbsent

# The pipe's other end is held here for the life of the worker; its closing ends the simulator.
_HELD: list[subprocess.Popen[str]] = []


def start_beside(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Run the module of a simulator; what its one ready line (JSON) says. Raises DeviceAbsent when it says nothing."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    _HELD.append(process)
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise DeviceAbsent("simulator did not start")
    return dict(json.loads(line))
