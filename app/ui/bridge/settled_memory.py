"""Keeps the collector from walking what stays for the shift: a full walk over the loaded program takes a fifth of a second
and holds up every thread, the window's too."""

from __future__ import annotations

import gc


def settle() -> None:
    """What is loaded now stays until ``let_go``: the collector no longer looks at it. Thread: any."""
    gc.freeze()


def let_go() -> None:
    """Look at everything once and drop what nobody holds. For a moment when nobody works: it takes a fifth of a second."""
    gc.unfreeze()
    gc.collect()
