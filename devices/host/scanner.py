"""The scanner as the workstation sees it: pages come one by one, each kept before the pile goes on.

Threads: ``on_view`` is called on the host's reader thread and must return at once. Pages are kept, in order, on one
keeper thread; a scan's future ends only after every page of it has been kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from devices.host.process import WorkerLaunch
from devices.host.scanner_words import description_of, page_of, request_fields, status_of, view_of
from devices.ports.errors import DeviceBusy, DeviceError
from devices.ports.scanner import CameraView, ScannedPage, ScannerDescription, ScannerStatus, ScanRequest

_ASK_DEADLINE_S = 10.0
# A pile ends by itself, by its pages' own deadlines or by cancelling; this only bounds a forgotten document camera.
_PILE_DEADLINE_S = 12 * 3600.0
_PAGE_GRACE_S = 10.0


def _nobody(view: CameraView) -> None:
    """Nobody watches."""


@dataclass
class _Flight:
    """One scan under way. ``with flight`` around keeping a page: what its owner raised is the scan's answer."""

    keep: Callable[[ScannedPage], None]
    kept: int = 0
    error: BaseException | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True


class ScannerHost(AskedDevice):
    """One scanner behind one supervised worker. ``start`` once, ``stop`` once."""

    description: ScannerDescription | None = None  # what is connected; None when nothing is

    def __init__(self, launch: WorkerLaunch, on_view: Callable[[CameraView], None] = _nobody) -> None:
        super().__init__(launch, self._scanned)
        self._on_view = on_view
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="page-keeper")
        self._lock = threading.Lock()
        self._flight: _Flight | None = None

    def stop(self, deadline_s: float) -> None:
        """Let go of the scanner and end its worker; a scan in flight ends as cancelled."""
        super().stop(deadline_s)
        self._keeper.shutdown(wait=True)

    def status(self) -> Future[ScannerStatus]:
        """Asked of the scanner now; DeviceBusy while it scans."""
        return self.ask(Message("status"), _ASK_DEADLINE_S, lambda m: status_of(m.fields))

    def scan(self, request: ScanRequest, keep: Callable[[ScannedPage], None]) -> Future[int]:
        """Scan one page or one pile; ``keep`` gets each page on the keeper thread.

        Resolves to the number of pages kept, or to a DeviceError whose ``params["pages"]`` says how many were kept
        before it, or to what ``keep`` raised (the pile is then stopped).
        """
        outcome: Future[int] = Future()
        outcome.set_running_or_notify_cancel()
        with self._lock:
            if self._flight is not None:
                outcome.set_exception(DeviceBusy("scan"))
                return outcome
            flight = self._flight = _Flight(keep)
        asked = self.ask(
            Message("scan", request_fields(request)),
            _PILE_DEADLINE_S,
            lambda m: int(m.fields["pages"]),
            silence_s=request.page_timeout_s + _PAGE_GRACE_S,
        )
        asked.add_done_callback(lambda done: self._keeper.submit(self._landed, flight, done, outcome))
        return outcome

    def cancel(self) -> None:
        """Stop the pile under way after the page in hand; its future ends in Cancelled, kept pages stay."""
        self.tell(Message("cancel"))

    def _landed(self, flight: _Flight, done: Future[int], outcome: Future[int]) -> None:
        """On the keeper thread, after every page of the flight."""
        with self._lock:
            self._flight = None
        error = flight.error or done.exception()
        if error is None:
            outcome.set_result(flight.kept)
            return
        if isinstance(error, DeviceError):
            error.params["pages"] = flight.kept
        outcome.set_exception(error)

    # -- what the worker says (reader thread) ----------------------------------------------------------

    def _introduced(self, greeting: Message | None) -> None:
        self.description = None if greeting is None else description_of(greeting.fields)

    def _scanned(self, message: Message) -> None:
        if message.kind == "page":
            page, flight = page_of(message), self._flight
            if flight is not None:
                self._keeper.submit(self._keep, flight, page)
        elif message.kind == "view":
            self.tell(Message("view-taken"))
            self._on_view(view_of(message))

    def _keep(self, flight: _Flight, page: ScannedPage) -> None:
        """On the keeper thread. After a page that could not be kept no later one is: the pile has no holes."""
        if flight.error is not None:
            return
        with flight:
            flight.keep(page)
            flight.kept += 1
        self.tell(Message("page-kept" if flight.error is None else "cancel"))
