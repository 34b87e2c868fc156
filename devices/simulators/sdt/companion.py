"""The simulated reader beside the worker that will use it."""

from __future__ import annotations

from collections.abc import Mapping

from devices.simulators.beside import start_beside

_VALUES = ("kind", "seed", "baud", "fingerprints", "fault", "step", "word", "times")
_FLAGS = ("new-address", "stay", "paced")


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``sdt:…`` address of a fresh simulator. Options: those of ``python -m devices.simulators.sdt``."""
    flags = [f"--{option}" for option in options if option in _FLAGS]
    values = {option: value for option, value in options.items() if option not in _FLAGS}
    ready = start_beside("devices.simulators.sdt", flags, values, _VALUES)
    return f"sdt:{ready['path']}?baud={options.get('baud', '115200')}"
