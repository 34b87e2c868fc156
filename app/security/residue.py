"""Nothing of a running program on the disk when it falls: no core dump of what it held in memory."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

_CORE_PATTERN = Path("/proc/sys/kernel/core_pattern")
_PR_SET_DUMPABLE = 4


def keep_out_of_dumps() -> None:
    """For this process and what it starts. Windows writes none unless its owner has set that up (WER LocalDumps).

    A size of nothing is not asked of a dump that goes into a pipe (core(5)): there the process itself is marked, which its
    children are not.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    # The soft limit alone: whoever tests this program, or runs it under a debugger, may ask for dumps again.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with suppress(OSError, AttributeError):
        if _CORE_PATTERN.read_text("ascii").startswith("|"):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
