"""密钥更新与销毁: the next data key of a folder, begun and ended in the keyring, so that one cut off goes on; and the end.

A change derives the next generation from the root. Where a key has leaked the root is drawn anew: then only the account
that does it keeps its slot, and every other password opens nothing until it is given anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import NotAllowed
from app.security.keyring import CHEAPEST, MACHINE, Cost, DataKey, Ring, machine_file, read_ring, root_of, wrap, write_ring

_ROOT_BYTES = 32


@dataclass(frozen=True)
class KeyChange:
    """Everything sealed under ``former`` is to be sealed under ``next``."""

    former: DataKey
    next: DataKey


def begun_by(path: Path) -> str:
    """Whose change of keys was begun and not ended, "" for none."""
    coming = read_ring(path).coming
    return "" if coming is None else str(coming["account"])


def begin(path: Path, account: str, password: str, *, new_root: bool, cost: Cost | None = None) -> KeyChange:
    """From now on the keyring opens nothing else until ``finish``. One that was cut off goes on as it was begun.

    Raises NotAllowed AUT-101, KEY-106 for another account than the one that began; StoreFault KEY-101, KEY-102.
    """
    ring = read_ring(path)
    root = root_of(ring.slots, account, password)
    if ring.coming is None:
        ring = _begun(path, ring, account, password, root, new_root=new_root, cost=cost or Cost())
    coming = ring.coming
    if coming is None or coming["account"] != account:
        raise NotAllowed("KEY-106")
    next_root = root_of(coming["slots"], account, password)
    return KeyChange(DataKey(root, ring.generation), DataKey(next_root, int(coming["generation"])))


def _begun(path: Path, ring: Ring, account: str, password: str, root: bytes, *, new_root: bool, cost: Cost) -> Ring:
    slots, generation = ring.slots, ring.generation + 1
    if new_root:
        root = os.urandom(_ROOT_BYTES)
        slots = {account: wrap(root, password.encode(), account, cost)}
        if MACHINE in ring.slots:
            slots[MACHINE] = wrap(root, machine_file(path).read_bytes(), MACHINE, CHEAPEST)
    begun = Ring(ring.slots, ring.generation, {"account": account, "generation": generation, "slots": slots})
    write_ring(path, begun)
    return begun


def finish(path: Path) -> None:
    """Nothing is sealed under the former key any more. Twice is harmless."""
    ring = read_ring(path)
    if ring.coming is not None:
        write_ring(path, Ring(ring.coming["slots"], int(ring.coming["generation"])))


def destroy(path: Path) -> None:
    """密钥销毁: every wrapped key is overwritten and gone; what was sealed under them opens never again.

    A medium that keeps old blocks (flash) may still hold the former file: its own secure erase is the owner's next step.
    """
    for file in _holding_keys(path):
        with suppress(FileNotFoundError):
            write_over(file)
            file.unlink()


def write_over(file: Path) -> None:
    """The same length of random bytes in the file's own blocks, forced to the disk. Raises OSError."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.write(os.urandom(size))
        opened.flush()
        os.fsync(opened.fileno())


def _holding_keys(path: Path) -> Iterator[Path]:
    yield path
    yield machine_file(path)


def restore_slot(
    path: Path, root: bytes, generation: int, account: str, password: str, cost: Cost | None = None
) -> DataKey:
    """密钥恢复: the root is known again from its parts; ``account`` opens it from now on, the others stay as they were."""
    slots = read_ring(path).slots if path.exists() else {}
    slots[account] = wrap(root, password.encode(), account, cost or Cost())
    write_ring(path, Ring(slots, generation))
    return DataKey(root, generation)
