"""One question to the module and its answer: noise passed over, damage asked again, silence noticed in bounded time."""

from __future__ import annotations

import time

from devices.drivers.sdt.commands import Command
from devices.drivers.sdt.frames import Reply, ReplyParser
from devices.drivers.sdt.link import Link
from devices.drivers.sdt.status import BAD_CHECKSUM_RECEIVED, BAD_LENGTH_RECEIVED, require
from devices.ports.errors import DeviceSilent, LineGarbled

_TRIES = 3  # GA/T 467 leaves it open; the sources ask again at most twice
# A frame that has stopped for so long will not go on: a byte takes 1 ms at the slowest rate.
_STALLED_S = 0.4
# An answer that has begun may take so much longer (slow adapters), as long as its bytes keep coming.
_SLOWEST_S = 3.0
_SLICE_S = 0.1


class Damaged(Exception):
    """Something came, but no sound answer to this question."""


def ask(link: Link, command: Command, patience: float = 1.0) -> Reply:
    """The module's answer, whatever its status word; ``patience`` stretches the time that the module may think.

    Raises:
        LineGarbled: three times damaged, on either way (CRD-106, CRD-110, CRD-111).
        DeviceSilent: two times nothing at all (CRD-107). DeviceLost from the link.
    """
    damage = ""
    silences = 0
    for _ in range(_TRIES):
        link.discard()
        link.send(command.frame)
        try:
            reply = _answer(link, command, patience)
        except Damaged as error:
            damage = str(error)
            continue
        if reply is None:
            silences += 1
            if silences == 2:
                raise DeviceSilent(command.frame.hex(" "), "CRD-107")
        elif reply.word in (BAD_CHECKSUM_RECEIVED, BAD_LENGTH_RECEIVED):
            damage = ""
            refused = reply
        else:
            return reply
    if damage or silences:
        raise LineGarbled(damage or "answers come and go")
    return require(refused)


def _answer(link: Link, command: Command, patience: float) -> Reply | None:
    """None when nothing came. Raises Damaged."""
    parser = ReplyParser()
    last = time.monotonic()
    deadline = last + command.patience_s * patience + link.wire_s(len(command.frame) + command.longest)
    misfit = ""
    arrived = 0
    while time.monotonic() < deadline + (_SLOWEST_S if parser.waiting else 0.0):
        data = link.receive(_SLICE_S)
        if data:
            last = time.monotonic()
            arrived += len(data)
        elif arrived and time.monotonic() - last > _STALLED_S * patience:
            break  # a frame cut short, damage, noise: nothing more will come
        for reply in parser.feed(data):
            if command.fits(reply):
                return reply
            misfit = misfit or f"{len(reply.data)} bytes behind {reply.status.hex()}"
    for reply in parser.end():
        if command.fits(reply):
            return reply
    if arrived:
        raise Damaged(parser.damage or misfit or f"{arrived} bytes of noise")
    return None
