"""Opening and closing the audit log for whoever signs in: checked first, signed at both ends."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.audit import Access, AuditEvent
from app.security.signing import SigningKey
from app.store.audit import AuditRows


def open_log(log: AuditRows, account: str, terminal: Callable[[], str], own: SigningKey, face: str = "") -> None:
    """Look at the log's end, then write who came in; ``face``: through which door, "" for the window."""
    log.sit(account, terminal)
    log.check_at_start(own.public)
    log.note(Access(AuditEvent.SIGN_IN, detail=face))
    log.anchor(own)


def close_log(log: AuditRows, own: SigningKey) -> None:
    """Write who left, and sign the log as it is now."""
    log.note(Access(AuditEvent.SIGN_OUT))
    log.anchor(own)
