"""Names for records and tokens: unguessable, and, for records, in the order of their making."""

from __future__ import annotations

import secrets
import time

# Crockford's base 32: no letters that are read as digits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME_CHARACTERS = 10
_RANDOM_CHARACTERS = 16


def new_id() -> str:
    """26 characters (the ULID layout: 48 bits of milliseconds, 80 random bits); later ones sort later."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    characters = []
    for _ in range(_TIME_CHARACTERS + _RANDOM_CHARACTERS):
        number, digit = divmod(number, 32)
        characters.append(_ALPHABET[digit])
    return "".join(reversed(characters))


def new_token() -> str:
    """256 random bits for a session with the back end."""
    return secrets.token_urlsafe(32)
