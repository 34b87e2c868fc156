"""The simulated network scanner as an address: ``sim:feeder``."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside

_OPTIONS = ("pages", "font", "feed", "page-s", "fault", "after")


def start(_name: str, options: Mapping[str, str]) -> str:
    """The ``escl:…`` address of a fresh simulator. Options: those of ``python -m devices.simulators.escl``."""
    return f"escl:http://127.0.0.1:{start_beside('devices.simulators.escl', [], options, _OPTIONS)['port']}/eSCL"
