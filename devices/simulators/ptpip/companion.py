"""The simulated camera as an address: ``sim:nikon``, ``sim:canon``."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from devices.simulators.beside import start_beside
from devices.simulators.ptpip.server import GPHOTO_MODELS


def start(make: str, options: Mapping[str, str]) -> str:
    """The ``gphoto:ptpip:…`` address of a fresh simulator. Options: ``folder``, ``script``."""
    said = start_beside("devices.simulators.ptpip", options, ("folder", "script"), ("--model", make))
    return f"gphoto:ptpip:127.0.0.1:{said['port']}:{said['port']}?model={quote_plus(GPHOTO_MODELS[make])}"
