"""What is kept of a former password: a salted scrypt value that shows a repetition and gives nothing back."""

from __future__ import annotations

import base64
import binascii
import hmac
import os

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.domain.errors import BadInput, StoreFault
from app.security.keyring import Cost

_SALT, _LENGTH = 16, 32


def verifier(password: str, cost: Cost) -> str:
    """``n$r$p$salt$value``."""
    salt = os.urandom(_SALT)
    value = Scrypt(salt, _LENGTH, n=cost.n, r=cost.r, p=cost.p).derive(password.encode())
    return "$".join((str(cost.n), str(cost.r), str(cost.p), _text(salt), _text(value)))


def require_other(former: tuple[str, ...], password: str) -> None:
    """Raises BadInput AUT-113 when one of the ``former`` was made of this password, StoreFault KEY-102 for what is no such
    value."""
    for kept in former:
        try:
            n, r, p, salt, value = kept.split("$")
            kdf = Scrypt(base64.b64decode(salt, validate=True), _LENGTH, n=int(n), r=int(r), p=int(p))
            made, known = kdf.derive(password.encode()), base64.b64decode(value, validate=True)
        except (ValueError, binascii.Error) as error:
            raise StoreFault("KEY-102") from error
        if hmac.compare_digest(made, known):
            raise BadInput("AUT-113", count=len(former))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
