"""The simulated receipt printer as an address: ``sim:receipt``."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside

_OPTIONS = ("font", "out", "width", "rom", "fault", "after-lines")


def start(_name: str, options: Mapping[str, str]) -> str:
    """The ``escpos:…`` address of a fresh simulator. Options: those of ``python -m devices.simulators.escpos``."""
    port = start_beside("devices.simulators.escpos", [], options, _OPTIONS)["port"]
    width = f"?width={options['width']}" if "width" in options else ""
    return f"escpos:tcp:127.0.0.1:{port}{width}"
