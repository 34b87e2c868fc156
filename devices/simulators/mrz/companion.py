"""The address of a simulated document reader that runs beside the worker using it."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``mrz:…`` address of a fresh simulator. Option: ``script``."""
    told = start_beside(f"devices.simulators.{name}", [], options, ("script",))
    return f"mrz:{told['path']}?framing={told['framing']}"
