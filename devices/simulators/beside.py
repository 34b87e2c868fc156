"""Starts a simulator's own process beside the worker that will use it; it ends with that worker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from devices.ports.errors import BadAddress, DeviceAbsent

# The pipe's other end is held here for the life of the worker; its closing ends the simulator.
_HELD: list[subprocess.Popen[str]] = []


def start_beside(module: str, options: Mapping[str, str], known: Sequence[str], more: Sequence[str] = ()) -> dict[str, Any]:
    """``python -m module --option value … more``; what its ready line (one JSON object) says.

    Raises BadAddress for an option that is not ``known``, DeviceAbsent when no ready line comes.
    """
    command = [sys.executable, "-m", module, *more]
    for name, value in options.items():
        if name not in known:
            raise BadAddress(name)
        command += [f"--{name}", value]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    _HELD.append(process)
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise DeviceAbsent("simulator did not start")
    said: dict[str, Any] = json.loads(line)
    return said
