"""When a live picture has been good long enough for the shutter to go by itself."""

from __future__ import annotations


class Steady:
    """Fires once when everything has been good for a while; anything else starts it again."""

    def __init__(self, hold_s: float = 0.6) -> None:
        self._hold_s = hold_s
        self._since: float | None = None
        self._fired = False

    def tell(self, key: str, now: float) -> bool:
        """``now``: monotonic seconds. True exactly once per good spell."""
        if key != "good":
            self._since, self._fired = None, False
            return False
        if self._since is None:
            self._since = now
        if self._fired or now - self._since < self._hold_s:
            return False
        self._fired = True
        return True
