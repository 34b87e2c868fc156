"""EF 01 packets to bytes and back (Synochip/ZFM module manuals).

``EF 01 | address(4) | PID(1) | LEN(2) | payload | SUM(2)``, big endian; LEN = payload + 2; SUM = PID + LEN bytes + payload,
modulo 65536.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

HEADER = b"\xef\x01"
EVERY_ADDRESS = 0xFFFFFFFF
LARGEST_PAYLOAD = 256
_FRONT = 9  # header, address, PID, length
_SUM = 2


class Pid(IntEnum):
    """What a packet is."""

    COMMAND = 0x01
    DATA = 0x02
    ACK = 0x07
    END = 0x08


@dataclass(frozen=True)
class Packet:
    """One packet whose sum is right."""

    pid: Pid
    payload: bytes
    address: int = EVERY_ADDRESS


class PacketBroken(Exception):
    """The bytes are no packet: wrong sum, unknown kind, impossible length."""


def encode(packet: Packet) -> bytes:
    """Raises ValueError for a payload that no module takes."""
    if len(packet.payload) > LARGEST_PAYLOAD:
        raise ValueError(f"{len(packet.payload)} bytes")
    body = bytes((packet.pid,)) + (len(packet.payload) + _SUM).to_bytes(2, "big") + packet.payload
    return HEADER + packet.address.to_bytes(4, "big") + body + (sum(body) & 0xFFFF).to_bytes(2, "big")


class PacketReader:
    """Bytes as they arrive → packets. Noise before a header is skipped and counted; memory stays bounded."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self.skipped = 0

    def feed(self, data: bytes) -> None:
        """More bytes from the line."""
        self._waiting += data

    def next(self) -> Packet | None:
        """The next packet; None when its bytes have not all come. Raises PacketBroken and goes on behind its header."""
        self._skip_noise()
        if len(self._waiting) < _FRONT:
            return None
        length = int.from_bytes(self._waiting[7:9], "big")
        if not _SUM <= length <= LARGEST_PAYLOAD + _SUM:
            self._drop(len(HEADER))
            raise PacketBroken(f"length {length}")
        if len(self._waiting) < _FRONT + length:
            return None
        whole = bytes(self._waiting[: _FRONT + length])
        body, said = whole[6:-_SUM], int.from_bytes(whole[-_SUM:], "big")
        if sum(body) & 0xFFFF != said:
            self._drop(len(HEADER))
            raise PacketBroken(f"sum {said:04x}, expected {sum(body) & 0xFFFF:04x}")
        self._drop(len(whole), noise=False)
        try:
            pid = Pid(body[0])
        except ValueError as error:
            raise PacketBroken(f"kind {body[0]:02x}") from error
        return Packet(pid, body[3:], int.from_bytes(whole[2:6], "big"))

    @property
    def waiting(self) -> int:
        """Bytes kept for a packet that is not whole."""
        return len(self._waiting)

    def _skip_noise(self) -> None:
        start = self._waiting.find(HEADER)
        if start < 0:
            # The last byte may be the first of a header.
            start = len(self._waiting) - int(self._waiting.endswith(HEADER[:1]))
        self._drop(start)

    def _drop(self, count: int, *, noise: bool = True) -> None:
        del self._waiting[:count]
        self.skipped += count if noise else 0
