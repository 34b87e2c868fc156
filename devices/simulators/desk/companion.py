"""The simulated document camera as an address: ``sim:doccam``."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside

_OPTIONS = ("desk", "width", "font")


def start(_name: str, options: Mapping[str, str]) -> str:
    """The ``doccam:…`` address of a fresh film. Options: those of ``python -m devices.simulators.desk``, and ``once``."""
    ours = {name: value for name, value in options.items() if name != "once"}
    film = start_beside("devices.simulators.desk", [], ours, _OPTIONS)["film"]
    return f"doccam:{film}?once={options.get('once', 'no')}"
