"""The port ``scanner`` over eSCL.

``escl:HOST[:PORT]`` or ``escl:http://HOST:PORT/eSCL``; ``escl:https://…?certificate=/path.pem`` where the file is the
scanner's own certificate.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

from devices.drivers.escl import words
from devices.drivers.escl.connection import Answer, EsclConnection
from devices.drivers.escl.elements import NotUnderstood
from devices.drivers.page_image import whole_jpeg_size
from devices.ports.errors import (
    AccessDenied,
    BadAddress,
    Cancelled,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceSilent,
    FeederEmpty,
    PictureBroken,
    ScannerFault,
    SettingRefused,
)
from devices.ports.scanner import (
    PageSide,
    ScannedPage,
    ScannerDescription,
    ScannerState,
    ScannerStatus,
    ScanRequest,
    ScanSink,
    ScanSource,
    SourceAbilities,
)

_DRIVER = "escl/2.97"
_RETRY_S = 0.25
_OK, _CREATED, _GONE, _BUSY = 200, 201, (404, 410), 503
_REFUSED, _NOT_TAKEN = (401, 403), (400, 409)


def open_scanner(where: str, options: Mapping[str, str]) -> EsclScanner:
    """Raises BadAddress, DeviceAbsent when nothing there speaks eSCL, AccessDenied."""
    if unknown := options.keys() - {"certificate"}:
        raise BadAddress(", ".join(sorted(unknown)))
    url = where if "://" in where else f"http://{where}"
    if url.partition("://")[2].partition("/")[2] == "":
        url = f"{url.rstrip('/')}/eSCL"
    certificate = options.get("certificate")
    connection = EsclConnection(url, Path(certificate) if certificate is not None else None)
    try:
        return EsclScanner(connection)
    except DeviceError:
        connection.close()
        raise


class EsclScanner:
    """One scanner; one thread. Its abilities are read once, when it is opened."""

    def __init__(self, connection: EsclConnection) -> None:
        self._connection = connection
        answer = _granted(connection.get("ScannerCapabilities"))
        if answer.code != _OK:
            raise DeviceAbsent(f"ScannerCapabilities {answer.code}")
        try:
            self._description = words.capabilities(answer.body, _DRIVER)
        except NotUnderstood as error:
            raise DeviceAbsent(f"ScannerCapabilities: {error}") from error

    def describe(self) -> ScannerDescription:
        """As it told when it was opened."""
        return self._description

    def status(self) -> ScannerStatus:
        """Asked now; an answer that cannot be read is UNKNOWN."""
        told = self._status()
        return ScannerStatus(ScannerState.UNKNOWN) if told is None else told.summary()

    def _status(self) -> words.EsclStatus | None:
        answer = _granted(self._connection.get("ScannerStatus"))
        try:
            return words.status(answer.body) if answer.code == _OK else None
        except NotUnderstood:
            return None

    def scan(self, request: ScanRequest, sink: ScanSink) -> int:
        """One job; it is ended on the scanner however it goes."""
        job = self._begin(request)
        finished = False
        try:
            most = 1 if request.source is ScanSource.FLATBED else request.most_pages
            pages = 0
            while not most or pages < most:
                page = self._next_page(job, request, sink, pages + 1)
                if page is None:
                    finished = True
                    break
                sink.deliver(page)
                pages += 1
            return pages
        finally:
            # A job that ran out has ended itself; some devices answer its DELETE with 404, which is as good.
            if not finished:
                self._connection.delete(job)

    def _begin(self, request: ScanRequest) -> str:
        area = self._area(request)
        if request.source is not ScanSource.FLATBED:
            told = self._status()
            fault = told.fault() if told is not None else None
            if fault is not None:
                raise fault
        answer = _granted(self._connection.post("ScanJobs", words.settings(request, area)))
        if answer.code == _BUSY:
            told = self._status()
            raise (told.fault() if told is not None else None) or DeviceBusy("ScanJobs 503")
        if answer.code in _NOT_TAKEN:
            raise SettingRefused(f"ScanJobs {answer.code}", "SCN-110")
        if answer.code != _CREATED:
            raise ScannerFault(f"ScanJobs {answer.code}")
        return self._connection.job_path(answer.location)

    def _area(self, request: ScanRequest) -> SourceAbilities:
        """What the source can do. Raises SettingRefused for what it does not offer."""
        area = next((s for s in self._description.sources if s.source is request.source), None)
        if area is None:
            raise SettingRefused(request.source.value, "SCN-110")
        if request.mode not in area.modes:
            raise SettingRefused(request.mode.value, "SCN-110")
        if area.resolutions and request.dpi not in area.resolutions:
            raise SettingRefused(f"{request.dpi} dpi", "SCN-110")
        for wanted, most in ((request.width_mm, area.width_mm), (request.height_mm, area.height_mm)):
            if most > 0 and wanted > most + 1.0:
                raise SettingRefused(f"{wanted:g} mm > {most:g} mm", "SCN-110")
        return area

    def _next_page(self, job: str, request: ScanRequest, sink: ScanSink, number: int) -> ScannedPage | None:
        """None at the end of the pile. 503 means "not yet", or that the feeder has stopped: its status tells which."""
        deadline = time.monotonic() + request.page_timeout_s

        def go_on() -> None:
            if sink.cancelled():
                raise Cancelled(f"page {number}")

        while True:
            go_on()
            answer = _granted(self._connection.page(job, max(deadline - time.monotonic(), 0.1), go_on))
            if answer.code == _OK:
                return _page(answer, number, request)
            if answer.code in _GONE:
                self._require_end(request, number)
                return None
            if answer.code != _BUSY:
                raise ScannerFault(f"NextDocument {answer.code}")
            told = self._status()
            fault = told.fault() if told is not None and request.source is not ScanSource.FLATBED else None
            if fault is not None and not isinstance(fault, FeederEmpty):
                raise fault
            if time.monotonic() > deadline:
                raise DeviceSilent("NextDocument 503")
            threading.Event().wait(_RETRY_S)

    def _require_end(self, request: ScanRequest, number: int) -> None:
        """404 or 410: the pile's end, or trouble that the feeder's state tells. A pile without a page has no end."""
        told = self._status()
        fault = told.fault() if told is not None and request.source is not ScanSource.FLATBED else None
        if fault is not None and not isinstance(fault, FeederEmpty):
            raise fault
        if number == 1:
            raise fault or ScannerFault("no page")

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def _granted(answer: Answer) -> Answer:
    if answer.code in _REFUSED:
        raise AccessDenied(f"HTTP {answer.code}")
    return answer


def _page(answer: Answer, number: int, request: ScanRequest) -> ScannedPage:
    if answer.kind not in ("image/jpeg", "image/jpg", ""):
        raise PictureBroken(f"Content-Type {answer.kind[:60]}", "SCN-109")
    width, height, told = whole_jpeg_size(answer.body)
    back = request.source is ScanSource.DUPLEX and number % 2 == 0
    return ScannedPage(answer.body, number, PageSide.BACK if back else PageSide.FRONT, width, height, told or request.dpi)
