"""The simulated reader beside the worker that will use it."""

from __future__ import annotations

from collections.abc import Mapping

from devices.ports.errors import BadAddress
from devices.simulators.beside import start_beside

_VALUES = ("kind", "seed", "baud", "fingerprints", "fault", "step", "word", "times")
_FLAGS = ("new-address", "stay", "paced")


def start(name: str, options: Mapping[str, str]) -> str:
    """The ``sdt:…`` address of a fresh simulator. Options: those of ``python -m devices.simulators.sdt``."""
    arguments: list[str] = []
    for option, value in options.items():
        if option in _FLAGS:
            arguments.append(f"--{option}")
        elif option in _VALUES:
            arguments += [f"--{option}", value]
        else:
            raise BadAddress(option)
    ready = start_beside("devices.simulators.sdt", arguments)
    return f"sdt:{ready['path']}?baud={options.get('baud', '115200')}"
