"""The card reader as the desk holds it: a card laid on it becomes an ``IdentityCard``; its photo, where a library can.

Threads: any; futures resolve on the host's reader thread. ``picture`` blocks its caller for at most a few seconds.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass

from app.domain.identity_card import CardType, IdentityCard
from devices.host.asking import AskedDevice
from devices.host.card_photo import CardPhotoHost
from devices.host.card_reader import CardReaderHost
from devices.host.process import WorkerLaunch
from devices.ports.card_fingerprint import FingerTemplate, finger_templates
from devices.ports.card_photo import CardPicture
from devices.ports.card_reader import CardBlocks, ReaderDescription, ReadRequest
from devices.ports.card_text import CardText, card_text, characters
from devices.ports.errors import DeviceError, DeviceSilent, DriverMissing, PhotoUndecoded, WorkerCrashed

_STOP_DEADLINE_S = 5.0
_LOAD_S = 10.0
_GLANCE_S = 0.05
_DECODE_S = 8.0


@dataclass(frozen=True)
class CardReading:
    """One card: what it says, and its blocks byte for byte."""

    card: IdentityCard
    blocks: CardBlocks

    @property
    def fingers(self) -> tuple[FingerTemplate, ...]:
        """What the fingerprint block tells of itself."""
        return finger_templates(self.blocks.fingerprints)


def identity_card(text: CardText, new_address: str) -> IdentityCard:
    """The driver's fields in the officer's terms."""
    fields = {name: value for name, value in vars(text).items() if name != "kind"}
    return IdentityCard(type=CardType(text.kind.value), new_address=new_address, **fields)


def _reading(blocks: CardBlocks) -> CardReading:
    return CardReading(identity_card(card_text(blocks.text), characters(blocks.new_address)), blocks)


def _opened(device: AskedDevice, timeout_s: float) -> bool:
    """Whether it opened; waits no longer than until its first failure."""
    deadline = time.monotonic() + timeout_s
    while not device.wait_until_open(_GLANCE_S):
        if device.error is not None or time.monotonic() > deadline:
            return False
    return True


class CardSeat:
    """Owns the reader's host and, where the site has a decoder library, the decoder's. ``start`` once, ``stop`` once."""

    def __init__(self, reader: WorkerLaunch, photo_library: WorkerLaunch | None) -> None:
        self.reader = CardReaderHost(reader)
        self._photos = None if photo_library is None else CardPhotoHost(photo_library)

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self.reader.start()
        if self._photos is not None:
            self._photos.start()

    def stop(self) -> None:
        """Let go of the reader; a wait for a card ends as cancelled."""
        self.reader.stop(_STOP_DEADLINE_S)
        if self._photos is not None:
            self._photos.stop(_STOP_DEADLINE_S)

    def wait_until_known(self, timeout_s: float) -> bool:
        """Whether the reader answered; False as soon as a first try has failed (``error`` says why), or in the end."""
        return _opened(self.reader, timeout_s)

    @property
    def error(self) -> DeviceError | None:
        """Why the reader cannot be used; None when it can."""
        return self.reader.error

    @property
    def description(self) -> ReaderDescription | None:
        """What is connected; None when nothing is."""
        return self.reader.description

    def check(self) -> Future[None]:
        """Ends when the reader has said that it is well, or in its error."""
        return self.reader.check()

    def read(self, request: ReadRequest) -> Future[CardReading]:
        """The next card, waited for as long as the request says."""
        result: Future[CardReading] = Future()
        result.set_running_or_notify_cancel()

        def finish(done: Future[CardBlocks]) -> None:
            error = done.exception()
            if error is not None:
                result.set_exception(error)
            else:
                result.set_result(_reading(done.result()))

        self.reader.read(request).add_done_callback(finish)
        return result

    def cancel(self) -> None:
        """End the wait for a card; its future ends in Cancelled."""
        self.reader.cancel()

    def picture(self, reading: CardReading) -> CardPicture:
        """The card's photo. Raises DriverMissing CRD-151 without a usable library, PhotoUndecoded."""
        photos = self._photos
        if photos is None:
            raise DriverMissing("no library configured", "CRD-151")
        if not _opened(photos, _LOAD_S):
            raise photos.error or DriverMissing("not loaded in time", "CRD-151")
        try:
            return photos.decode(reading.blocks.photo).result(_DECODE_S)
        except (FutureTimeout, DeviceSilent) as error:
            raise PhotoUndecoded("no answer in time") from error
        except WorkerCrashed as error:
            raise PhotoUndecoded("the library crashed") from error
