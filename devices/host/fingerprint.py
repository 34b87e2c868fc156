"""The fingerprint scanner as the workstation sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from devices.host.asking import AskedDevice
from devices.host.fingerprint_words import (
    capture_of,
    image_of,
    match_message,
    match_of,
    request_fields,
    scanner_of,
)
from devices.host.messages import FrameBroken, Message
from devices.host.process import WorkerLaunch
from devices.ports.fingerprint import (
    EmptyCause,
    FingerCapture,
    FingerImage,
    FingerMatch,
    FingerRequest,
    FingerScannerDescription,
    MatchRequest,
)

_GRACE_S = 4.0
_ASK_DEADLINE_S = 8.0


def _nobody(image: FingerImage) -> None:
    """Nobody looks at the pictures that come while waiting."""


class FingerprintHost(AskedDevice):
    """One scanner behind one supervised worker. ``start`` once, ``stop`` once.

    Pictures of the wait go to the ``preview`` of the last capture, on the reader thread; it must return at once.
    """

    description: FingerScannerDescription | None = None  # what is connected; None when nothing is

    def __init__(self, launch: WorkerLaunch) -> None:
        super().__init__(launch, self._preview_came)
        self._lock = threading.Lock()
        self._preview: Callable[[FingerImage], None] = _nobody

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None] = _nobody) -> Future[FingerCapture]:
        """One press, waited for."""
        with self._lock:
            self._preview = preview
        message = Message("capture", request_fields(request))
        return self.ask(message, request.timeout_s + _GRACE_S, capture_of)

    def cancel(self) -> None:
        """End the wait that is going on at its next picture; its future ends in Cancelled, or in a press already made."""
        self.tell(Message("cancel"))

    def match(self, request: MatchRequest) -> Future[FingerMatch]:
        """One finger, or one template, against one template."""
        return self.ask(match_message(request), request.timeout_s + _GRACE_S, lambda m: match_of(m.fields))

    def empty_features(self, position: int, cause: EmptyCause) -> Future[bytes]:
        """What stands for a finger that could not be taken."""
        message = Message("empty", {"position": position, "cause": cause.value})
        return self.ask(message, _ASK_DEADLINE_S, lambda m: m.payload)

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else scanner_of(greeting.fields)

    def _preview_came(self, message: Message) -> None:
        if message.kind != "preview":
            return
        with self._lock:
            preview = self._preview
        # A torn picture of the wait is not worth ending the press for.
        with suppress(FrameBroken):
            preview(image_of(message))
