"""The simulated camera for the addresses ``sim:nikon`` and ``sim:canon``."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from devices.simulators.beside import start_beside
from devices.simulators.ptpip.server import GPHOTO_MODELS


def start(make: str, options: Mapping[str, str]) -> str:
    """The ``gphoto:ptpip:…`` address of a fresh simulator. Options: ``folder``, ``script``."""
    port = start_beside("devices.simulators.ptpip", ["--model", make], options, ("folder", "script"))["port"]
    return f"gphoto:ptpip:127.0.0.1:{port}:{port}?model={quote_plus(GPHOTO_MODELS[make])}"
