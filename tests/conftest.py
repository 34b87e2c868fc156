"""Guards every test stands under: nothing may leak, nothing may warn, nothing personal may touch the real home."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from helpers.guards import (  # noqa: F401 - fixtures, found by name
    _no_leaked_files,
    _no_leaked_processes,
    _no_leaked_threads,
    _private_home,
)
