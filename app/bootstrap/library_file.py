"""For which machine a vendor's library was built, read from its first bytes: ELF (System V gABI) or PE (Microsoft)."""

from __future__ import annotations

import platform
from dataclasses import dataclass

HEAD_BYTES = 4096

_ELF_MACHINES = {3: "x86", 40: "arm", 62: "x86-64", 183: "aarch64", 258: "loongarch64", 8: "mips64"}
_PE_MACHINES = {0x14C: ("x86", 32), 0x8664: ("x86-64", 64), 0xAA64: ("aarch64", 64), 0x1C4: ("arm", 32)}
_OURS = {"x86_64": "x86-64", "amd64": "x86-64", "arm64": "aarch64"}


@dataclass(frozen=True)
class LibraryBuild:
    """``system``: "elf" or "pe"; ``bits``: 32 or 64; ``machine`` as in ``our_machine``, or a number nobody knows."""

    system: str
    bits: int
    machine: str


def library_build(head: bytes) -> LibraryBuild | None:
    """From the first ``HEAD_BYTES`` of a file; None when it is no library."""
    if head[:4] == b"\x7fELF" and len(head) >= 20 and head[4] in (1, 2) and head[5] in (1, 2):
        number = int.from_bytes(head[18:20], "little" if head[5] == 1 else "big")
        return LibraryBuild("elf", 32 * head[4], _ELF_MACHINES.get(number, str(number)))
    if head[:2] == b"MZ" and len(head) >= 64:
        place = int.from_bytes(head[60:64], "little")
        if head[place : place + 4] == b"PE\0\0" and len(head) >= place + 6:
            number = int.from_bytes(head[place + 4 : place + 6], "little")
            machine, bits = _PE_MACHINES.get(number, (str(number), 0))
            return LibraryBuild("pe", bits, machine)
    return None


def our_machine() -> str:
    """The machine this interpreter runs on."""
    name = platform.machine().lower()
    return _OURS.get(name, name)
