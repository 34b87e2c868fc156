"""动态口令: HOTP and TOTP (RFC 4226, RFC 6238) with HMAC-SM3 in the place of HMAC-SHA."""

from __future__ import annotations

import base64
import binascii
import hmac as compare
import os
from collections.abc import Iterable

from cryptography.hazmat.primitives import hashes, hmac

from app.domain.errors import BadInput

STEP_S = 30
DIGITS = 6
_SECRET_BYTES = 20


def new_secret() -> bytes:
    """160 random bits."""
    return os.urandom(_SECRET_BYTES)


def secret_text(secret: bytes) -> str:
    """Base 32, as people type it into a token."""
    return base64.b32encode(secret).decode()


def read_secret(text: str) -> bytes:
    """From ``secret_text``. Raises BadInput AUT-108."""
    try:
        return base64.b32decode(text)
    except (binascii.Error, ValueError) as error:
        raise BadInput("AUT-108") from error


def truncated(digest: bytes, digits: int = DIGITS) -> str:
    """RFC 4226, 5.3: the digits of a digest of 20 bytes or more."""
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}}"


def one_time_code(secret: bytes, counter: int) -> str:
    """Six digits; ``counter``: of the events (HOTP), or of the half minutes since 1970 (TOTP)."""
    mac = hmac.HMAC(secret, hashes.SM3())
    mac.update(counter.to_bytes(8, "big"))
    return truncated(mac.finalize())


def counter_of(secret: bytes, code: str, counters: Iterable[int]) -> int | None:
    """Which of ``counters`` the code is of; compared in constant time, all of them."""
    found = None
    for counter in counters:
        if compare.compare_digest(one_time_code(secret, counter).encode(), code.encode()):
            found = counter
    return found
