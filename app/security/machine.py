"""Which machine this is, as a digest: what an account may be bound to. Never the machine's own numbers in the open."""

from __future__ import annotations

import sys
import uuid
from importlib import import_module
from pathlib import Path
from typing import Any

from app.security.digest import sm3_hex

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_MULTICAST = 1 << 40  # uuid.getnode sets it in a number it made up because it found no network card


def machine_digest() -> str:
    """SM3 of the system's own identifier, else of the first network card's address; "" where there is neither.

    It tells one machine from another and keeps nobody out who can write it: the password and the key do that.
    """
    said = _windows() if sys.platform == "win32" else _linux()
    if not said:
        node = uuid.getnode()
        said = "" if node & _MULTICAST else f"{node:012x}"
    return sm3_hex(f"jingchuang machine\n{said}".encode()) if said else ""


def _linux() -> str:
    for path in _LINUX:
        try:
            said = path.read_text("ascii").strip()
        except (OSError, ValueError):
            continue
        if said:
            return said
    return ""


def _windows() -> str:
    winreg: Any = import_module("winreg")  # there is none elsewhere
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    except OSError:
        return ""
