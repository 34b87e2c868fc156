"""SM3 digests (GB/T 32905-2016) of what is stored and sent."""

from __future__ import annotations

from typing import IO

from cryptography.hazmat.primitives import hashes


def sm3(data: bytes) -> bytes:
    """The 32-byte digest."""
    context = hashes.Hash(hashes.SM3())
    context.update(data)
    return context.finalize()


def sm3_hex(data: bytes) -> str:
    """The digest as 64 lower-case hex digits."""
    return sm3(data).hex()


def sm3_hex_of(file: IO[bytes]) -> str:
    """Of everything that is still to be read in ``file``, a megabyte at a time."""
    context = hashes.Hash(hashes.SM3())
    while part := file.read(2**20):
        context.update(part)
    return context.finalize().hex()
