"""Starts the simulated module beside the worker that will use it; it ends with that worker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

from devices.ports.errors import BadAddress, DeviceAbsent

# The pipe's other end is held here for the life of the worker; its closing ends the simulator.
_HELD: list[subprocess.Popen[str]] = []


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``ef01:/dev/pts/N`` address of a fresh simulator. Options: ``script``, ``finger``."""
    command = [sys.executable, "-m", f"devices.simulators.{name}"]
    for option, value in options.items():
        if option not in ("script", "finger"):
            raise BadAddress(option)
        command += [f"--{option}", value]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    _HELD.append(process)
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise DeviceAbsent("simulator did not start")
    return f"{name}:{json.loads(line)['path']}"
