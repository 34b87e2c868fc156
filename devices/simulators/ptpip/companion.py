"""The simulated camera beside the worker that will use it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from devices.ports.errors import BadAddress
from devices.simulators.beside import start_beside
from devices.simulators.ptpip.server import GPHOTO_MODELS


def start(make: str, options: Mapping[str, str]) -> str:
    """The ``gphoto:ptpip:…`` address of a fresh simulator. Options: ``folder``, ``script``."""
    arguments = ["--model", make]
    for name, value in options.items():
        if name not in ("folder", "script"):
            raise BadAddress(name)
        arguments += [f"--{name}", value]
    port = start_beside("devices.simulators.ptpip", arguments)["port"]
    return f"gphoto:ptpip:127.0.0.1:{port}:{port}?model={quote_plus(GPHOTO_MODELS[make])}"
