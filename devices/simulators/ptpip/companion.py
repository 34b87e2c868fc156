"""Starts the simulated camera beside the worker that will use it; it ends with that worker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import quote_plus

from devices.ports.errors import BadAddress, DeviceAbsent
from devices.simulators.ptpip.server import GPHOTO_MODELS

# The pipe's other end is held here for the life of the worker; its closing ends the simulator.
_HELD: list[subprocess.Popen[str]] = []


def start(make: str, options: Mapping[str, str]) -> str:
    """The ``gphoto:ptpip:…`` address of a fresh simulator. Options: ``folder``, ``script``."""
    command = [sys.executable, "-m", "devices.simulators.ptpip", "--model", make]
    for name, value in options.items():
        if name not in ("folder", "script"):
            raise BadAddress(name)
        command += [f"--{name}", value]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    _HELD.append(process)
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise DeviceAbsent("simulator did not start")
    port = json.loads(line)["port"]
    return f"gphoto:ptpip:127.0.0.1:{port}:{port}?model={quote_plus(GPHOTO_MODELS[make])}"
