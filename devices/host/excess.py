"""What a worker may take: messages a second, and memory. A mad driver costs itself its life, not the window its own."""

from __future__ import annotations

from pathlib import Path

from devices.host.messages import FrameBroken, Message

_SECOND_S = 1.0
_MOST_MESSAGES = 4000
_MOST_BYTES = 1 * 2**30
_KIB = 1024


class FloodGauge:
    """Counts what one worker says within a second; thread: one."""

    def __init__(self) -> None:
        self._since = 0.0
        self._messages = 0
        self._bytes = 0

    def count(self, message: Message, now: float) -> None:
        """Raises FrameBroken when it is more than any device has to say."""
        if now - self._since > _SECOND_S:
            self._since, self._messages, self._bytes = now, 0, 0
        self._messages += 1
        self._bytes += len(message.payload)
        if self._messages > _MOST_MESSAGES or self._bytes > _MOST_BYTES:
            raise FrameBroken("flood")


def resident_bytes(pid: int) -> int | None:
    """Memory a process really holds; None where the machine does not tell (Windows) or the process is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * _KIB
    return None
