"""密钥备份与恢复: the root in parts for several officers, any ``needed`` of which bring it back and fewer tell nothing.

Shamir (Communications of the ACM 22, 1979) byte by byte over GF(2^8) with the polynomial x^8+x^4+x^3+x+1. Each part lies
in a file of its own, wrapped under its officer's password (scrypt, SM4-GCM).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadInput, StoreFault
from app.domain.passwords import require_strong
from app.security.digest import sm3_hex
from app.security.keyring import Cost, DataKey, unwrap, wrap

FORMAT, VERSION = "jingchuang.key-part", 1
_POLYNOMIAL = 0x11B
_MOST = 16
_LARGEST_FILE = 4096
_ROOT_BYTES = 32


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a * (b & 1)
        a = (a << 1) ^ (_POLYNOMIAL if a & 0x80 else 0)
        b >>= 1
    return product


def _over(a: int, b: int) -> int:
    power = 1
    for _ in range(254):  # b^254 = b^-1
        power = _times(power, b)
    return _times(a, power)


def split(secret: bytes, needed: int, count: int) -> tuple[bytes, ...]:
    """``count`` parts as long as the secret, for x = 1 on. Raises BadInput KEY-110 unless 2 ≤ needed ≤ count ≤ 16."""
    if not 2 <= needed <= count <= _MOST:
        raise BadInput("KEY-110", needed=needed, count=count)
    rows = [os.urandom(len(secret)) for _ in range(needed - 1)]
    parts = []
    for x in range(1, count + 1):
        part = bytearray(secret)
        power = 1
        for row in rows:
            power = _times(power, x)
            part = bytearray(byte ^ _times(coefficient, power) for byte, coefficient in zip(part, row, strict=True))
        parts.append(bytes(part))
    return tuple(parts)


def joined(parts: dict[int, bytes]) -> bytes:
    """x → part, any ``needed`` of them: the secret (Lagrange at 0). Fewer give other bytes: ``recovered`` notices."""
    secret = bytearray(len(next(iter(parts.values()))))
    for x, part in parts.items():
        weight = 1
        for other in parts:
            if other != x:
                weight = _times(weight, _over(other, other ^ x))
        secret = bytearray(byte ^ _times(own, weight) for byte, own in zip(secret, part, strict=True))
    return bytes(secret)


@dataclass(frozen=True)
class KeyPart:
    """One officer's part. ``key``: which root it belongs to (SM3, shortened); ``number``: x; ``slot``: the wrapped part."""

    key: str
    number: int
    needed: int
    slot: dict[str, Any]

    def to_text(self) -> bytes:
        """As the officer keeps it."""
        document = {"format": FORMAT, "version": VERSION, "key": self.key, "number": self.number, "needed": self.needed}
        return json.dumps({**document, "slot": self.slot}, indent=1).encode()

    @property
    def owner(self) -> str:
        """What the wrapping is bound to."""
        return f"{self.key} {self.number} {self.needed}"


def root_id(root: bytes) -> str:
    """Tells one root from another and tells nothing else of it."""
    return sm3_hex(b"jingchuang root\n" + root)[:16]


def parts_of(key: DataKey, needed: int, passwords: Sequence[str], cost: Cost | None = None) -> tuple[KeyPart, ...]:
    """A part for each password. Raises BadInput KEY-110, AUT-110 for a weak password."""
    for password in passwords:
        require_strong(password)
    root, made = key.root, []
    for number, part in enumerate(split(root, needed, len(passwords)), start=1):
        empty = KeyPart(root_id(root), number, needed, {})
        slot = wrap(part, passwords[number - 1].encode(), empty.owner, cost or Cost())
        made.append(KeyPart(empty.key, number, needed, slot))
    return tuple(made)


def read_part(text: bytes) -> KeyPart:
    """Raises BadInput KEY-111 for anything that is no part of ours."""
    try:
        document: Any = json.loads(text[:_LARGEST_FILE])
        head = (document["format"], document["version"])
        part = KeyPart(document["key"], document["number"], document["needed"], document["slot"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput("KEY-111") from error
    numbers = (part.number, part.needed)
    if head != (FORMAT, VERSION) or not isinstance(part.key, str) or not isinstance(part.slot, dict):
        raise BadInput("KEY-111")
    if any(type(number) is not int or not 1 <= number <= _MOST for number in numbers):
        raise BadInput("KEY-111")
    return part


def recovered(parts: Sequence[tuple[KeyPart, str]]) -> bytes:
    """The root from parts and their passwords.

    Raises BadInput KEY-111 for a spoilt part, KEY-112 when they are too few, of different keys, or do not fit together;
    NotAllowed AUT-101 for a wrong password.
    """
    keys, needed = {part.key for part, _ in parts}, max((part.needed for part, _ in parts), default=2)
    opened: dict[int, bytes] = {}
    for part, password in parts:
        try:
            opened[part.number] = unwrap(part.slot, password.encode(), part.owner)
        except StoreFault as fault:
            raise BadInput("KEY-111") from fault
    if len(keys) != 1 or len(opened) < needed:
        raise BadInput("KEY-112", needed=needed)
    root = joined(opened)
    if root_id(root) not in keys:
        raise BadInput("KEY-112", needed=needed)
    return root
