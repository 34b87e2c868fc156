"""The keyring: one random data key per folder, wrapped once for every account under its password.

``keyring.json`` holds only wrapped keys and salts. A wrong password opens nothing, and nothing else on the disk tells
whether it was right. What is wrapped is the root; the data key is the root itself at first and, after each change of keys,
the next generation derived from it (app/security/rekeying.py). Further keys are derived from the data key by HKDF-SM3
(RFC 5869 with SM3), one per purpose.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.passwords import require_strong
from app.security.files import write_private

_VERSION = 1
_CHANGED = 2  # keys were changed: an older program would open it with the wrong one
_MOST_GENERATIONS = 9999
MACHINE = "\x00machine"  # no account can have this name
_DATA_KEY_BYTES = 32


def _derive(secret: bytes, label: str, length: int) -> bytes:
    return HKDF(hashes.SM3(), length, salt=None, info=label.encode()).derive(secret)


class DataKey:
    """The key of one data folder. Never printed, never stored in the open; sub-keys are derived on use."""

    __slots__ = ("_root", "_secret", "generation", "id")

    def __init__(self, root: bytes, generation: int = 0) -> None:
        self._root = root
        self._secret = _derive(root, f"jingchuang data key {generation}", _DATA_KEY_BYTES) if generation else root
        self.generation = generation
        self.id = _derive(self._secret, "jingchuang key id", 4)

    @property
    def root(self) -> bytes:
        """What slots and parts wrap; for app/security alone."""
        return self._root

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


_DEAREST = Cost(n=2**20, r=32, p=16)
CHEAPEST = Cost(n=2, r=1, p=1)  # of a random secret: guessing it is hopeless whatever a guess costs


def _wrapping_key(password: bytes, slot: dict[str, Any]) -> bytes:
    cost = slot["scrypt"]
    if not (cost["n"] <= _DEAREST.n and cost["r"] <= _DEAREST.r and cost["p"] <= _DEAREST.p):
        raise ValueError("more memory or time than any slot of ours asks for")
    return Scrypt(_unbase(slot["salt"]), 16, n=cost["n"], r=cost["r"], p=cost["p"]).derive(password)


def _unbase(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def wrap(secret: bytes, password: bytes, account: str, cost: Cost) -> dict[str, Any]:
    """A slot: SM4-GCM under scrypt of the password, bound to the account's name."""
    slot: dict[str, Any] = {
        "salt": base64.b64encode(os.urandom(16)).decode(),
        "scrypt": {"n": cost.n, "r": cost.r, "p": cost.p},
    }
    nonce = os.urandom(12)
    wrapper = Cipher(algorithms.SM4(_wrapping_key(password, slot)), modes.GCM(nonce)).encryptor()
    wrapper.authenticate_additional_data(account.encode())
    body = wrapper.update(secret) + wrapper.finalize()
    return slot | {"wrapped": base64.b64encode(nonce + body + wrapper.tag).decode()}


def unwrap(slot: dict[str, Any], password: bytes, account: str) -> bytes:
    """The 32 bytes of a slot. Raises NotAllowed AUT-101, StoreFault KEY-102 for what is no slot."""
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
        return bytes(unwrapper.update(wrapped[12:-16]) + unwrapper.finalize())
    except InvalidTag as error:
        raise NotAllowed("AUT-101") from error


@dataclass(frozen=True)
class Ring:
    """``coming``: a change of keys that has begun: who began it, and slots and generation that hold at its end."""

    slots: dict[str, dict[str, Any]]
    generation: int = 0
    coming: dict[str, Any] | None = None


def read_ring(path: Path) -> Ring:
    """As it lies on the disk. Raises StoreFault KEY-101 none, KEY-102 not readable as one."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StoreFault("KEY-101") from error
    except (OSError, ValueError, RecursionError) as error:
        raise StoreFault("KEY-102") from error
    if not isinstance(document, dict) or document.get("version") not in {_VERSION, _CHANGED}:
        raise StoreFault("KEY-102")
    slots, generation, coming = document.get("slots"), document.get("generation", 0), document.get("coming")
    if not _are_slots(slots) or not _is_generation(generation):
        raise StoreFault("KEY-102")
    if coming is not None and not (
        isinstance(coming, dict)
        and _are_slots(coming.get("slots"))
        and _is_generation(coming.get("generation"))
        and isinstance(coming.get("account"), str)
    ):
        raise StoreFault("KEY-102")
    return Ring(slots, generation, coming)


def _are_slots(slots: object) -> TypeGuard[dict[str, dict[str, Any]]]:
    return isinstance(slots, dict) and all(isinstance(slot, dict) for slot in slots.values())


def _is_generation(number: object) -> bool:
    return type(number) is int and 0 <= number <= _MOST_GENERATIONS


def write_ring(path: Path, ring: Ring) -> None:
    """Durable when this returns. A keyring whose keys were never changed stays readable by older programs."""
    document: dict[str, Any] = {"version": _VERSION, "slots": ring.slots}
    if ring.generation or ring.coming is not None:
        document |= {"version": _CHANGED, "generation": ring.generation}
    if ring.coming is not None:
        document["coming"] = ring.coming
    write_private(path, json.dumps(document, indent=1).encode())


def _slots_to_change(path: Path) -> Ring:
    """Raises NotAllowed KEY-105 while a change of keys is under way."""
    ring = read_ring(path)
    if ring.coming is not None:
        raise NotAllowed("KEY-105")
    return ring


def create(path: Path, account: str, password: str, cost: Cost | None = None) -> DataKey:
    """A new keyring with its first slot. Raises BadInput AUT-110, NotAllowed KEY-103 when there is one already."""
    require_strong(password)
    if path.exists():
        raise NotAllowed("KEY-103")
    secret = os.urandom(_DATA_KEY_BYTES)
    write_ring(path, Ring({account: wrap(secret, password.encode(), account, cost or Cost())}))
    return DataKey(secret)


def create_for_machine(path: Path) -> DataKey:
    """A new keyring that this machine's own key opens (the embedded back end)."""
    if path.exists():
        raise NotAllowed("KEY-103")
    key = DataKey(os.urandom(_DATA_KEY_BYTES))
    write_ring(path, Ring({}))
    create_machine_slot(path, key)
    return key


def unlock(path: Path, account: str, password: str) -> DataKey:
    """The data key.

    Raises:
        NotAllowed: AUT-101 wrong account or password (which of them is not said), KEY-105 a change of keys is under way.
        StoreFault: KEY-101 no keyring, KEY-102 not readable as one.
    """
    ring = read_ring(path)
    root = root_of(ring.slots, account, password)
    if ring.coming is not None:
        raise NotAllowed("KEY-105")
    return DataKey(root, ring.generation)


def root_of(slots: dict[str, dict[str, Any]], account: str, password: str) -> bytes:
    """What a slot wraps. Raises NotAllowed AUT-101, StoreFault KEY-102."""
    slot = slots.get(account)
    if slot is None or account == MACHINE:
        # As slow as a wrong password, so that the time does not tell which accounts exist.
        wrap(bytes(_DATA_KEY_BYTES), password.encode(), account, _cost_of(slots))
        raise NotAllowed("AUT-101")
    return unwrap(slot, password.encode(), account)


def _cost_of(slots: dict[str, dict[str, Any]]) -> Cost:
    for slot in slots.values():
        cost = slot.get("scrypt")
        if isinstance(cost, dict) and set(cost) == {"n", "r", "p"}:
            return Cost(**cost)
    return Cost()


def add_slot(path: Path, key: DataKey, account: str, password: str, cost: Cost | None = None) -> None:
    """A further account. Raises BadInput AUT-110 weak password, AUT-111 the account exists."""
    require_strong(password)
    ring = _slots_to_change(path)
    if account in ring.slots or account == MACHINE:
        raise BadInput("AUT-111")
    ring.slots[account] = wrap(key.root, password.encode(), account, cost or Cost())
    write_ring(path, ring)


def change_slot(path: Path, key: DataKey, account: str, password: str, cost: Cost | None = None) -> None:
    """Another password for an account that has a slot; the former one opens nothing any more. Raises BadInput AUT-110."""
    require_strong(password)
    ring = _slots_to_change(path)
    ring.slots[account] = wrap(key.root, password.encode(), account, cost or Cost())
    write_ring(path, ring)


def remove_slot(path: Path, account: str) -> None:
    """This account's password opens nothing any more. The last slot stays: NotAllowed KEY-104."""
    ring = _slots_to_change(path)
    if set(ring.slots) <= {account}:
        raise NotAllowed("KEY-104")
    ring.slots.pop(account, None)
    write_ring(path, ring)


def accounts(path: Path) -> tuple[str, ...]:
    """Which accounts have a slot."""
    return tuple(sorted(name for name in read_ring(path).slots if name != MACHINE))


def machine_file(path: Path) -> Path:
    """Where 免登录 keeps the machine's own secret."""
    return path.with_name("machine.key")


def create_machine_slot(path: Path, key: DataKey) -> None:
    """免登录: a random secret in a 0600 file beside the keyring opens it. As safe as the machine's own lock."""
    secret = os.urandom(32)
    ring = _slots_to_change(path)
    ring.slots[MACHINE] = wrap(key.root, secret, MACHINE, CHEAPEST)
    write_private(machine_file(path), secret)
    write_ring(path, ring)


def unlock_machine(path: Path) -> DataKey:
    """The data key by the machine's own secret. Raises StoreFault KEY-101 when there is none, NotAllowed KEY-105."""
    ring = _slots_to_change(path)
    slot = ring.slots.get(MACHINE)
    try:
        secret = machine_file(path).read_bytes()
    except OSError as error:
        raise StoreFault("KEY-101") from error
    if slot is None:
        raise StoreFault("KEY-101")
    try:
        return DataKey(unwrap(slot, secret, MACHINE), ring.generation)
    except NotAllowed as error:
        raise StoreFault("KEY-102") from error
