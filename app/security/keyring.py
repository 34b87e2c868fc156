"""The keyring: one random data key per folder, wrapped once for every account under its password.

``keyring.json`` holds only wrapped keys and salts. A wrong password opens nothing, and nothing else on the disk tells
whether it was right. Further keys are derived from the data key by HKDF-SM3 (RFC 5869 with SM3), one per purpose.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.passwords import require_strong
from app.security.files import write_private

_VERSION = 1
_MACHINE = "\x00machine"  # no account can have this name
_DATA_KEY_BYTES = 32


def _derive(secret: bytes, label: str, length: int) -> bytes:
    return HKDF(hashes.SM3(), length, salt=None, info=label.encode()).derive(secret)


class DataKey:
    """The key of one data folder. Never printed, never stored in the open; sub-keys are derived on use."""

    __slots__ = ("_secret", "id")

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.id = _derive(secret, "jingchuang key id", 4)

    def sealing_key(self, purpose: str) -> bytes:
        """16 bytes for SM4."""
        return _derive(self._secret, f"jingchuang seal {purpose}", 16)

    def database_key_hex(self) -> str:
        """32 bytes for SQLCipher, as hex."""
        return _derive(self._secret, "jingchuang database", 32).hex()

    def __repr__(self) -> str:
        return "DataKey(…)"


@dataclass(frozen=True)
class Cost:
    """scrypt's parameters (RFC 7914); kept in each slot, so that they can be raised later."""

    n: int = 2**15
    r: int = 8
    p: int = 1


def _wrapping_key(password: bytes, slot: dict[str, Any]) -> bytes:
    cost = slot["scrypt"]
    return Scrypt(_unbase(slot["salt"]), 16, n=cost["n"], r=cost["r"], p=cost["p"]).derive(password)


def _unbase(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _wrap(secret: bytes, password: bytes, account: str, cost: Cost) -> dict[str, Any]:
    slot: dict[str, Any] = {
        "salt": base64.b64encode(os.urandom(16)).decode(),
        "scrypt": {"n": cost.n, "r": cost.r, "p": cost.p},
    }
    nonce = os.urandom(12)
    wrapper = Cipher(algorithms.SM4(_wrapping_key(password, slot)), modes.GCM(nonce)).encryptor()
    wrapper.authenticate_additional_data(account.encode())
    body = wrapper.update(secret) + wrapper.finalize()
    return slot | {"wrapped": base64.b64encode(nonce + body + wrapper.tag).decode()}


def _unwrap(slot: dict[str, Any], password: bytes, account: str) -> DataKey:
    try:
        wrapped = _unbase(slot["wrapped"])
        if len(wrapped) != 12 + _DATA_KEY_BYTES + 16:
            raise StoreFault("KEY-102")
        key = _wrapping_key(password, slot)
    except (KeyError, TypeError, ValueError, MemoryError, binascii.Error) as error:
        raise StoreFault("KEY-102") from error
    unwrapper = Cipher(algorithms.SM4(key), modes.GCM(wrapped[:12], wrapped[-16:])).decryptor()
    unwrapper.authenticate_additional_data(account.encode())
    try:
        return DataKey(unwrapper.update(wrapped[12:-16]) + unwrapper.finalize())
    except InvalidTag as error:
        raise NotAllowed("AUT-101") from error


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StoreFault("KEY-101") from error
    except (OSError, ValueError, RecursionError) as error:
        raise StoreFault("KEY-102") from error
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise StoreFault("KEY-102")
    slots = document.get("slots")
    if not isinstance(slots, dict) or not all(isinstance(s, dict) for s in slots.values()):
        raise StoreFault("KEY-102")
    return slots


def _write(path: Path, slots: dict[str, dict[str, Any]]) -> None:
    write_private(path, json.dumps({"version": _VERSION, "slots": slots}, indent=1).encode())


def create(path: Path, account: str, password: str, cost: Cost | None = None) -> DataKey:
    """A new keyring with its first slot. Raises BadInput AUT-110, NotAllowed KEY-103 when there is one already."""
    require_strong(password)
    if path.exists():
        raise NotAllowed("KEY-103")
    secret = os.urandom(_DATA_KEY_BYTES)
    _write(path, {account: _wrap(secret, password.encode(), account, cost or Cost())})
    return DataKey(secret)


def create_for_machine(path: Path) -> DataKey:
    """A new keyring that this machine's own key opens (the embedded back end)."""
    if path.exists():
        raise NotAllowed("KEY-103")
    key = DataKey(os.urandom(_DATA_KEY_BYTES))
    _write(path, {})
    create_machine_slot(path, key)
    return key


def unlock(path: Path, account: str, password: str) -> DataKey:
    """The data key.

    Raises:
        NotAllowed: AUT-101 wrong account or password (which of them is not said).
        StoreFault: KEY-101 no keyring, KEY-102 not readable as one.
    """
    slots = _read(path)
    slot = slots.get(account)
    if slot is None or account == _MACHINE:
        # As slow as a wrong password, so that the time does not tell which accounts exist.
        _wrap(bytes(_DATA_KEY_BYTES), password.encode(), account, _cost_of(slots))
        raise NotAllowed("AUT-101")
    return _unwrap(slot, password.encode(), account)


def _cost_of(slots: dict[str, dict[str, Any]]) -> Cost:
    for slot in slots.values():
        cost = slot.get("scrypt")
        if isinstance(cost, dict) and set(cost) == {"n", "r", "p"}:
            return Cost(**cost)
    return Cost()


def add_slot(path: Path, key: DataKey, account: str, password: str, cost: Cost | None = None) -> None:
    """A further account. Raises BadInput AUT-110 weak password, AUT-111 the account exists."""
    require_strong(password)
    slots = _read(path)
    if account in slots or account == _MACHINE:
        raise BadInput("AUT-111")
    slots[account] = _wrap(key._secret, password.encode(), account, cost or Cost())
    _write(path, slots)


def change_slot(path: Path, key: DataKey, account: str, password: str, cost: Cost | None = None) -> None:
    """Another password for an account that has a slot; the former one opens nothing any more. Raises BadInput AUT-110."""
    require_strong(password)
    slots = _read(path)
    slots[account] = _wrap(key._secret, password.encode(), account, cost or Cost())
    _write(path, slots)


def remove_slot(path: Path, account: str) -> None:
    """This account's password opens nothing any more. The last slot stays: NotAllowed KEY-104."""
    slots = _read(path)
    if set(slots) <= {account}:
        raise NotAllowed("KEY-104")
    slots.pop(account, None)
    _write(path, slots)


def accounts(path: Path) -> tuple[str, ...]:
    """Which accounts have a slot."""
    return tuple(sorted(name for name in _read(path) if name != _MACHINE))


def _machine_file(path: Path) -> Path:
    return path.with_name("machine.key")


def create_machine_slot(path: Path, key: DataKey) -> None:
    """免登录: a random secret in a 0600 file beside the keyring opens it. As safe as the machine's own lock."""
    secret = os.urandom(32)
    slots = _read(path)
    # The secret is random, so the cheapest scrypt loses nothing.
    slots[_MACHINE] = _wrap(key._secret, secret, _MACHINE, Cost(n=2, r=1, p=1))
    write_private(_machine_file(path), secret)
    _write(path, slots)


def unlock_machine(path: Path) -> DataKey:
    """The data key by the machine's own secret. Raises StoreFault KEY-101 when there is none."""
    slot = _read(path).get(_MACHINE)
    try:
        secret = _machine_file(path).read_bytes()
    except OSError as error:
        raise StoreFault("KEY-101") from error
    if slot is None:
        raise StoreFault("KEY-101")
    try:
        return _unwrap(slot, secret, _MACHINE)
    except NotAllowed as error:
        raise StoreFault("KEY-102") from error
