"""The photo decoder as the workstation sees it: a stranger's library that can hang or crash in a process of its own."""

from __future__ import annotations

from concurrent.futures import Future

from devices.host.asking import AskedDevice
from devices.host.messages import FrameBroken, Message
from devices.ports.card_photo import RGB_BYTES, CardPicture

_DECODE_DEADLINE_S = 5.0


def _picture(message: Message) -> CardPicture:
    if len(message.payload) != RGB_BYTES:
        raise FrameBroken("picture")
    return CardPicture(message.payload)


class CardPhotoHost(AskedDevice):
    """One decoder library behind one supervised worker."""

    def decode(self, photo: bytes) -> Future[CardPicture]:
        """1024 bytes of WLT; ends in PhotoUndecoded, WorkerCrashed, DeviceSilent, or DeviceAbsent while not loaded."""
        return self.ask(Message("decode", {}, photo), _DECODE_DEADLINE_S, _picture)
