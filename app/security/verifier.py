"""What is kept of a former password: a salted scrypt value that shows a repetition and gives nothing back."""

from __future__ import annotations

import base64
import binascii
import hmac
import os

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.domain.errors import StoreFault
from app.security.keyring import Cost

_SALT, _LENGTH = 16, 32


def verifier(password: str, cost: Cost) -> str:
    """``n$r$p$salt$value``."""
    salt = os.urandom(_SALT)
    value = Scrypt(salt, _LENGTH, n=cost.n, r=cost.r, p=cost.p).derive(password.encode())
    return "$".join((str(cost.n), str(cost.r), str(cost.p), _text(salt), _text(value)))


def is_that_password(kept: str, password: str) -> bool:
    """Whether ``kept`` was made of this password. Raises StoreFault KEY-102 for what is no such value."""
    try:
        n, r, p, salt, value = kept.split("$")
        made = Scrypt(base64.b64decode(salt, validate=True), _LENGTH, n=int(n), r=int(r), p=int(p)).derive(
            password.encode()
        )
        return hmac.compare_digest(made, base64.b64decode(value, validate=True))
    except (ValueError, binascii.Error) as error:
        raise StoreFault("KEY-102") from error


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
