"""SM3 digests (GB/T 32905-2016) of what is stored and sent."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes


def sm3(data: bytes) -> bytes:
    """The 32-byte digest."""
    context = hashes.Hash(hashes.SM3())
    context.update(data)
    return context.finalize()


def sm3_hex(data: bytes) -> str:
    """The digest as 64 lower-case hex digits."""
    return sm3(data).hex()
