"""Memory and disk of this computer, as far as it tells."""

from __future__ import annotations

import shutil
import sys
import uuid
from pathlib import Path

_KIB = 1024


if sys.platform == "win32":
    import ctypes

    class _MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("free", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    def memory() -> tuple[int, int]:
        """Total and available bytes; (0, 0) when the machine does not tell."""
        status = _MemoryStatus()
        status.length = ctypes.sizeof(status)
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return 0, 0
        return int(status.total), int(status.free)
else:

    def memory() -> tuple[int, int]:
        """Total and available bytes; (0, 0) when the machine does not tell."""
        try:
            lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
            rows = {name: int(rest.split()[0]) * _KIB for name, _, rest in (line.partition(":") for line in lines)}
            return rows["MemTotal"], rows["MemAvailable"]
        except (OSError, KeyError, ValueError, IndexError):
            return 0, 0


def storage(folder: Path) -> tuple[int, int]:
    """Total and free bytes of the disk that holds ``folder``; (0, 0) when it cannot be asked."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return 0, 0
    return usage.total, usage.free


def mac_address() -> str:
    """The first network card's, as the registration wants it; "" when there is none (a random one is not made up)."""
    number = uuid.getnode()
    if number >> 40 & 1:  # the multicast bit: uuid invented it
        return ""
    return ":".join(f"{number >> shift & 0xFF:02X}" for shift in range(40, -8, -8))
