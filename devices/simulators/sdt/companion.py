"""Starts the simulated reader beside the worker that will use it; it ends with that worker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

from devices.ports.errors import BadAddress, DeviceAbsent

# The pipe's other end is held here for the life of the worker; its closing ends the simulator.
_HELD: list[subprocess.Popen[str]] = []
_VALUES = ("kind", "seed", "baud", "fingerprints", "fault", "step", "word", "times")
_FLAGS = ("new-address", "stay", "paced")


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``sdt:…`` address of a fresh simulator. Options: those of ``python -m devices.simulators.sdt``."""
    command = [sys.executable, "-m", "devices.simulators.sdt"]
    for option, value in options.items():
        if option in _FLAGS:
            command.append(f"--{option}")
        elif option in _VALUES:
            command += [f"--{option}", value]
        else:
            raise BadAddress(option)
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    _HELD.append(process)
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise DeviceAbsent("simulator did not start")
    return f"sdt:{json.loads(line)['path']}?baud={options.get('baud', '115200')}"
