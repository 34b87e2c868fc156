"""Sealed envelopes: SM4-GCM (GB/T 32907, RFC 8998) under a key of their own purpose, bound to what they belong to.

Envelope: ``JCS`` version(1) algorithm(1) key id(4) nonce(12) ciphertext tag(16). Version, algorithm, key id, purpose
and owner are authenticated: an envelope opened for another purpose or owner, cut, or altered, is refused.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.domain.errors import StoreFault
from app.security.keyring import DataKey

_MAGIC = b"JCS"
_VERSION = 1
_SM4_GCM = 1
_NONCE = 12
_TAG = 16
_HEADER = len(_MAGIC) + 2 + 4

OVERHEAD = _HEADER + _NONCE + _TAG


def _associated(header: bytes, purpose: str, owner: str) -> bytes:
    parts = (purpose.encode(), owner.encode())
    return header + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def key_named(envelope: bytes) -> bytes:
    """The id of the key that an envelope names, which says nothing of whether it is whole; b"" for none."""
    return envelope[5:_HEADER] if envelope.startswith(_MAGIC) else b""


def reseal(former: DataKey, following: DataKey, envelope: bytes, *, purpose: str, owner: str) -> bytes:
    """The same content under the following key; one that is there already stays as it is. Raises as ``open_sealed``."""
    if key_named(envelope) == following.id:
        return envelope
    return seal(following, open_sealed(former, envelope, purpose=purpose, owner=owner), purpose=purpose, owner=owner)


def seal(key: DataKey, plain: bytes, *, purpose: str, owner: str) -> bytes:
    """The envelope. The nonce is random and made here: 2^32 envelopes per purpose stay far from a collision."""
    header = _MAGIC + bytes((_VERSION, _SM4_GCM)) + key.id
    nonce = os.urandom(_NONCE)
    sealer = Cipher(algorithms.SM4(key.sealing_key(purpose)), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(_associated(header, purpose, owner))
    body = sealer.update(plain) + sealer.finalize()
    return header + nonce + body + sealer.tag


def open_sealed(key: DataKey, envelope: bytes, *, purpose: str, owner: str) -> bytes:
    """What was sealed.

    Raises:
        StoreFault: SEA-101 not an envelope or cut short, SEA-102 of a newer version, SEA-103 sealed under
            another key, SEA-104 altered, or belonging to something else.
    """
    if len(envelope) < OVERHEAD or not envelope.startswith(_MAGIC):
        raise StoreFault("SEA-101")
    header, nonce = envelope[:_HEADER], envelope[_HEADER : _HEADER + _NONCE]
    if (header[3], header[4]) != (_VERSION, _SM4_GCM):
        raise StoreFault("SEA-102", version=header[3], algorithm=header[4])
    if header[5:] != key.id:
        raise StoreFault("SEA-103")
    opener = Cipher(algorithms.SM4(key.sealing_key(purpose)), modes.GCM(nonce, envelope[-_TAG:])).decryptor()
    opener.authenticate_additional_data(_associated(header, purpose, owner))
    try:
        return opener.update(envelope[_HEADER + _NONCE : -_TAG]) + opener.finalize()
    except InvalidTag as error:
        raise StoreFault("SEA-104") from error
