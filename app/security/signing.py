"""SM2 signatures over SM3 (GB/T 32918.2) for data files that come from outside: who made this standard?

Arithmetic by gmssl; random numbers are the operating system's, because gmssl's own are not meant for keys.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gmssl import sm2

from app.domain.errors import BadInput
from app.security.files import write_private
from app.security.keyring import DataKey
from app.security.sealing import open_sealed, reseal, seal

_PURPOSE, _OWNER = "standard-signing", "workstation"
_ORDER = int(str(sm2.default_ecc_table["n"]), 16)
_HEX = 64
_LARGEST_SIGNATURE = 4096


@dataclass(frozen=True)
class SigningKey:
    """``private``: 64 hex digits, never written in the open; ``public``: 128 hex digits (x, y)."""

    private: str
    public: str


@dataclass(frozen=True)
class Signature:
    """What stands in ``FILE.sig``."""

    public: str
    value: str


def _crypt(private: str, public: str) -> sm2.CryptSM2:
    crypt = sm2.CryptSM2(private_key=private, public_key="")
    # WORKAROUND: gmssl takes a leading 04 for the mark of an uncompressed point and strips every 0 and 4 there, spoiling
    # one key in 256 (https://github.com/duanhongyi/gmssl/issues); needed until its constructor leaves 128 digits alone.
    crypt.public_key = public
    return crypt


def new_signing_key() -> SigningKey:
    """A fresh key pair."""
    number = secrets.randbelow(_ORDER - 2) + 1
    crypt = _crypt("", "")
    return SigningKey(f"{number:064x}", str(crypt._kg(number, sm2.default_ecc_table["g"])))


def sign(key: SigningKey, data: bytes) -> Signature:
    """Signs SM3(Z ‖ data) with the usual user identity."""
    crypt = _crypt(key.private, key.public)
    value = None
    while not value:
        value = crypt.sign_with_sm3(data, f"{secrets.randbelow(_ORDER - 1) + 1:064x}")
    return Signature(key.public, str(value))


def check_signature(signature: Signature, data: bytes, file: str) -> None:
    """Raises BadInput SGN-103 unless this very data was signed with the private part of that key."""
    crypt = _crypt("", signature.public)
    if not crypt.verify_with_sm3(signature.value, data):
        raise BadInput("SGN-103", file=file)


def signature_text(signature: Signature) -> bytes:
    """As it lies beside the file."""
    document = {"algorithm": "SM2-SM3", "public": signature.public, "signature": signature.value}
    return json.dumps(document, indent=1).encode()


def read_signature(text: bytes) -> Signature:
    """Raises BadInput SGN-101 for anything that is no signature of ours."""
    try:
        document: Any = json.loads(text[:_LARGEST_SIGNATURE])
        public, value = document["public"], document["signature"]
        if document["algorithm"] != "SM2-SM3" or not (_is_hex(public, 2 * _HEX) and _is_hex(value, 2 * _HEX)):
            raise BadInput("SGN-101")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput("SGN-101") from error
    return Signature(public, value)


def _is_hex(text: object, length: int) -> bool:
    return isinstance(text, str) and len(text) == length and all(c in "0123456789abcdef" for c in text)


class SigningKeys:
    """This workstation's own key, sealed under the data key, and the public keys it trusts."""

    def __init__(self, folder: Path) -> None:
        self._private = folder / "signing.sealed"
        self._trusted = folder / "trusted-keys.txt"

    def own(self, key: DataKey) -> SigningKey:
        """Made at the first use; its public part is trusted from then on."""
        if not self._private.exists():
            made = new_signing_key()
            plain = f"{made.private} {made.public}".encode()
            write_private(self._private, seal(key, plain, purpose=_PURPOSE, owner=_OWNER))
            self.trust(made.public)
            return made
        private, public = open_sealed(key, self._private.read_bytes(), purpose=_PURPOSE, owner=_OWNER).decode().split()
        return SigningKey(private, public)

    def reseal(self, former: DataKey, following: DataKey) -> None:
        """The same key pair under another data key. Raises StoreFault SEA-…."""
        if self._private.exists():
            kept = self._private.read_bytes()
            write_private(self._private, reseal(former, following, kept, purpose=_PURPOSE, owner=_OWNER))

    def trusted(self) -> frozenset[str]:
        """Public keys whose files are accepted."""
        return frozenset(self._trusted.read_text("ascii").split()) if self._trusted.exists() else frozenset()

    def trust(self, public: str) -> None:
        """Accept files signed with this key. Raises BadInput SGN-102 for what is no public key."""
        if not _is_hex(public, 2 * _HEX):
            raise BadInput("SGN-102")
        write_private(self._trusted, "\n".join(sorted({*self.trusted(), public})).encode("ascii"))
