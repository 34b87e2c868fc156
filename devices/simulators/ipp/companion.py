"""The simulated A4 printer as an address: ``sim:pages``."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside

_OPTIONS = ("out", "page-s", "fault", "after")


def start(_name: str, options: Mapping[str, str]) -> str:
    """The ``cups:ipp://…`` address of a fresh simulator. Options: those of ``python -m devices.simulators.ipp``."""
    return f"cups:ipp://127.0.0.1:{start_beside('devices.simulators.ipp', [], options, _OPTIONS)['port']}/ipp/print"
