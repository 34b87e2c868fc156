"""The SAM_V commands a workstation uses: their bytes, how long an answer may take, and what a good answer looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.drivers.sdt.frames import Reply, request
from devices.drivers.sdt.status import FOUND, SUCCESS
from devices.ports.card_reader import FINGERPRINT_SIZES, LARGEST_ADDRESS_BYTES, PHOTO_BYTES, TEXT_BYTES, CardBlocks

_PRINTED_ID = (2, 2, 4, 4, 4)  # widths of the parts of a SAM number, little endian


@dataclass(frozen=True)
class Command:
    """``patience_s``: how long the module may think; the wire's own time comes on top (``longest`` bytes).

    ``sound`` says whether the data behind a good status word have the right shape.
    """

    frame: bytes
    patience_s: float
    longest: int
    sound: Callable[[bytes], bool]

    def fits(self, reply: Reply) -> bool:
        """Whether this can be an answer to this command: a late answer to an earlier one is not."""
        return reply.word not in {SUCCESS, FOUND} or self.sound(reply.data)


def _of(size: int) -> Callable[[bytes], bool]:
    return lambda data: len(data) == size


def _blocks_in(data: bytes, lengths: int) -> list[bytes] | None:
    """The blocks behind ``lengths`` big-endian lengths; None when the lengths and the data do not agree."""
    head = 2 * lengths
    sizes = [int.from_bytes(data[at : at + 2], "big") for at in range(0, head, 2)]
    allowed = ((TEXT_BYTES,), (PHOTO_BYTES,), FINGERPRINT_SIZES)
    if len(data) != head + sum(sizes) or any(s not in a for s, a in zip(sizes, allowed, strict=False)):
        return None
    blocks, at = [], head
    for size in sizes:
        blocks.append(data[at : at + size])
        at += size
    return blocks


def blocks_of(data: bytes, lengths: int) -> CardBlocks | None:
    """Text, photo and, with three lengths, fingerprints. None when the data are no such answer."""
    blocks = _blocks_in(data, lengths)
    return None if blocks is None else CardBlocks(*blocks)


def sam_number(data: bytes) -> str:
    """The module's number as printed on the reader, from its 16 bytes: ``05.03-20240101-0000000123-456``."""
    parts, at = [], 0
    for width in _PRINTED_ID:
        parts.append(int.from_bytes(data[at : at + width], "little"))
        at += width
    return f"{parts[0]:02}.{parts[1]:02}-{parts[2]}-{parts[3]:010}-{parts[4]}"


MODULE_STATUS = Command(request(0x11, 0xFF), 1.0, 11, _of(0))
# To find out the baud rate: a module that hears us answers at once.
PROBE = Command(request(0x11, 0xFF), 0.15, 11, _of(0))
MODULE_NUMBER = Command(request(0x12, 0xFF), 1.0, 27, _of(16))
FIND = Command(request(0x20, 0x01), 1.5, 15, _of(4))
SELECT = Command(request(0x20, 0x02), 1.5, 19, _of(8))
READ = Command(request(0x30, 0x01), 3.0, 1295, lambda data: blocks_of(data, 2) is not None)
READ_WITH_FINGERPRINTS = Command(request(0x30, 0x10), 4.0, 2321, lambda data: blocks_of(data, 3) is not None)
READ_NEW_ADDRESS = Command(request(0x30, 0x03), 1.5, 267, lambda data: len(data) <= LARGEST_ADDRESS_BYTES)
