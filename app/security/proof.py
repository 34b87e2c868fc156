"""Proof of a shared key without sending it: HMAC-SM3 (GB/T 15852.2) over what is said."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac

from app.domain.errors import NotAllowed


def proof(key: str, message: bytes) -> str:
    """64 hex digits."""
    return _mac(key, message).finalize().hex()


def check_proof(key: str, message: bytes, given: str) -> None:
    """Compared in constant time. Raises NotAllowed TRM-101."""
    try:
        _mac(key, message).verify(bytes.fromhex(given))
    except (InvalidSignature, ValueError) as error:
        raise NotAllowed("TRM-101") from error


def _mac(key: str, message: bytes) -> hmac.HMAC:
    mac = hmac.HMAC(key.encode(), hashes.SM3())
    mac.update(message)
    return mac
