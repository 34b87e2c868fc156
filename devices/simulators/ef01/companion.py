"""The simulated module for the address ``sim:ef01``."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``ef01:/dev/pts/N`` address of a fresh simulator. Options: ``script``, ``finger``."""
    ready = start_beside(f"devices.simulators.{name}", [], options, ("script", "finger"))
    return f"{name}:{ready['path']}"
