"""One key, one content: what the embedded back end answers when somebody uses a key for something else."""

from __future__ import annotations

from app.domain.errors import NotAllowed


class KeyUsedTwice(NotAllowed):
    """The same idempotency key with other bytes."""
