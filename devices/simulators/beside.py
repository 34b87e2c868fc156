"""Starts a simulator as a process beside the worker that will use it; it ends with that worker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Mapping
from typing import Any

from devices.ports.errors import BadAddress, DeviceAbsent

# The pipe's other end is held here for the life of the worker; its closing ends the simulator.
_HELD: list[subprocess.Popen[str]] = []


def start_beside(module: str, arguments: list[str], options: Mapping[str, str], known: Collection[str]) -> dict[str, Any]:
    """The simulator's ready line (one JSON object). ``options`` of the address become ``--name value``.

    Raises BadAddress for an option that is not ``known``, DeviceAbsent when the simulator did not start.
    """
    command = [sys.executable, "-m", module, *arguments]
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
    ready: dict[str, Any] = json.loads(line)
    return ready
