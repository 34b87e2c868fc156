"""The port ``page printer`` over IPP 1.1 (RFC 8011): a CUPS queue by its name, or any IPP printer by its URI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

from devices.drivers.cups.ipp import Attribute, Group, IppBroken, IppResponse, Operation, Tag, Value, decoded, encoded
from devices.ports.errors import (
    BadAddress,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    NotSupported,
    PrinterFault,
)
from devices.ports.page_printer import PageJob, PageJobState, PageOrder, PageQueue, PageQueueState

_CUPS_SOCKET = Path("/run/cups/cups.sock")
_CUPS_PORT = 631
_TIMEOUT = httpx.Timeout(8.0, connect=3.0)
_LARGEST_RESPONSE = 4 << 20
_USER = "jingchuang"
_CONTENT = {"Content-Type": "application/ipp"}

_JOB_STATES = {
    3: PageJobState.PENDING,
    4: PageJobState.HELD,
    5: PageJobState.PROCESSING,
    6: PageJobState.STOPPED,
    7: PageJobState.CANCELED,
    8: PageJobState.ABORTED,
    9: PageJobState.COMPLETED,
}
_QUEUE_STATES = {3: PageQueueState.IDLE, 4: PageQueueState.PROCESSING, 5: PageQueueState.STOPPED}
_JOB_WANTED = ("job-id", "job-state", "job-state-reasons", "job-state-message", "job-impressions-completed")
_QUEUE_WANTED = (
    "printer-name",
    "printer-make-and-model",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
)
# RFC 8011, appendix B: what a refusal means to the officer. Everything else is the printer's own fault.
_FAULTS: Mapping[int, tuple[type[DeviceError], str | None]] = {
    0x0401: (DeviceAbsent, "PRN-142"),  # forbidden
    0x0402: (DeviceAbsent, "PRN-142"),  # not authenticated
    0x0403: (DeviceAbsent, "PRN-142"),  # not authorized
    0x0404: (PrinterFault, "PRN-144"),  # not possible
    0x0406: (DeviceAbsent, "PRN-141"),  # not found
    0x0407: (DeviceAbsent, "PRN-141"),  # gone
    0x040A: (NotSupported, "PRN-145"),  # document format not supported
    0x040B: (NotSupported, "PRN-145"),  # attributes or values not supported; ippeveprinter says it of a format too
    0x0506: (PrinterFault, "PRN-146"),  # not accepting jobs
    0x0507: (DeviceBusy, None),  # busy
}
_HTTP_FORBIDDEN = (401, 403)


def open_page_printer(where: str, options: Mapping[str, str]) -> IppPrinter:
    """``QUEUE`` of the local CUPS, or ``ipp://HOST[:PORT]/PATH`` (``ipps://``). Raises BadAddress, DeviceAbsent."""
    if options:
        raise BadAddress(", ".join(options))
    if "://" not in where:
        printer = IppPrinter(f"ipp://localhost/printers/{quote(where)}", _local_cups())
    else:
        printer = IppPrinter(where, httpx.Client(timeout=_TIMEOUT, trust_env=False))
    try:
        printer.status()
    except DeviceError:
        printer.close()
        raise
    return printer


def _local_cups() -> httpx.Client:
    if _CUPS_SOCKET.exists():
        transport = httpx.HTTPTransport(uds=str(_CUPS_SOCKET))
        return httpx.Client(timeout=_TIMEOUT, trust_env=False, transport=transport)
    return httpx.Client(timeout=_TIMEOUT, trust_env=False)


class IppPrinter:
    """One queue; one thread."""

    def __init__(self, uri: str, client: httpx.Client) -> None:
        self._uri = uri
        self._url = _http_url(uri)
        self._client = client
        self._number = 0

    def status(self) -> PageQueue:
        """Asked now. Raises DeviceAbsent PRN-141 for a queue that is not there."""
        wanted: Attribute = (Tag.KEYWORD, "requested-attributes", _QUEUE_WANTED)
        return queue_of(self._ask(Operation.GET_PRINTER_ATTRIBUTES, (wanted,)))

    def submit(self, document: bytes, order: PageOrder) -> PageJob:
        """Hand over a document. Raises NotSupported PRN-145, PrinterFault PRN-146 and what the connection says."""
        about: tuple[Attribute, ...] = (
            (Tag.NAME, "job-name", order.title),
            (Tag.MIME_TYPE, "document-format", order.mime_type),
        )
        how: tuple[Attribute, ...] = (
            (Tag.INTEGER, "copies", order.copies),
            (Tag.KEYWORD, "media", order.media),
            (Tag.KEYWORD, "sides", "two-sided-long-edge" if order.two_sided else "one-sided"),
        )
        return job_of(self._ask(Operation.PRINT_JOB, about, how, document))

    def job(self, number: int) -> PageJob:
        """How it stands; while it is not over, the printer's own reasons stand beside the job's."""
        wanted: Attribute = (Tag.KEYWORD, "requested-attributes", _JOB_WANTED)
        job = job_of(self._ask_about(number, Operation.GET_JOB_ATTRIBUTES, wanted))
        if job.state.is_final:
            return job
        reasons = dict.fromkeys((*job.reasons, *self.status().reasons))
        return PageJob(job.number, job.state, tuple(reasons), job.message, job.pages)

    def cancel(self, number: int) -> PageJob:
        """Stop it if it can still be stopped; how it stands then."""
        try:
            self._ask_about(number, Operation.CANCEL_JOB)
        except PrinterFault as error:
            if error.code != "PRN-144":
                raise
        return self.job(number)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _ask_about(self, number: int, operation: Operation, *more: Attribute) -> IppResponse:
        """Raises PrinterFault PRN-143 when the queue is there and the job is not."""
        try:
            return self._ask(operation, ((Tag.INTEGER, "job-id", number), *more))
        except DeviceAbsent as error:
            if error.code != "PRN-141":
                raise
            self.status()
            raise PrinterFault(str(number), code="PRN-143") from error

    def _ask(
        self,
        operation: Operation,
        about: Iterable[Attribute],
        how: Iterable[Attribute] = (),
        document: bytes = b"",
    ) -> IppResponse:
        self._number += 1
        head: tuple[Attribute, ...] = (
            (Tag.CHARSET, "attributes-charset", "utf-8"),
            (Tag.LANGUAGE, "attributes-natural-language", "zh-cn"),
            (Tag.URI, "printer-uri", self._uri),
        )
        about = tuple(about)
        target = tuple(a for a in about if a[1] == "job-id")
        rest = tuple(a for a in about if a[1] != "job-id")
        user: Attribute = (Tag.NAME, "requesting-user-name", _USER)
        groups: list[tuple[Group, Iterable[Attribute]]] = [(Group.OPERATION, (*head, *target, user, *rest))]
        if how := tuple(how):
            groups.append((Group.JOB, how))
        return self._answer(self._sent(encoded(operation, self._number, groups) + document))

    def _sent(self, body: bytes) -> bytes:
        try:
            with self._client.stream("POST", self._url, content=body, headers=_CONTENT) as response:
                if response.status_code in _HTTP_FORBIDDEN:
                    raise DeviceAbsent(f"HTTP {response.status_code}", code="PRN-142")
                if response.status_code == httpx.codes.NOT_FOUND:
                    raise DeviceAbsent("HTTP 404", code="PRN-141")
                if response.status_code != httpx.codes.OK:
                    raise PrinterFault(f"HTTP {response.status_code}", code="PRN-147")
                return _bounded(response)
        except httpx.ConnectError as error:
            raise DeviceAbsent(str(error), code="PRN-140") from error
        except httpx.TimeoutException as error:
            raise DeviceSilent(str(error)) from error
        except httpx.HTTPError as error:
            raise DeviceLost(str(error)) from error

    def _answer(self, body: bytes) -> IppResponse:
        try:
            response = decoded(body)
        except IppBroken as error:
            raise PrinterFault(str(error), code="PRN-147") from error
        if response.request != self._number:
            raise PrinterFault("request-id", code="PRN-147")
        if response.status >= 0x0400:
            kind, code = _FAULTS.get(response.status, (PrinterFault, "PRN-147"))
            raise kind(f"{response.status:#06x} {_text(response.first(Group.OPERATION), 'status-message')}", code=code)
        return response


def _bounded(response: httpx.Response) -> bytes:
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > _LARGEST_RESPONSE:
            raise PrinterFault("response too large", code="PRN-147")
    return bytes(body)


def _http_url(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        port = parts.port or _CUPS_PORT
    except ValueError as error:
        raise BadAddress(uri) from error
    if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
        raise BadAddress(uri)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{'https' if parts.scheme == 'ipps' else 'http'}://{host}:{port}{parts.path or '/'}"


def _text(attributes: Mapping[str, tuple[Value, ...]], name: str) -> str:
    value = next(iter(attributes.get(name, ())), "")
    return value if isinstance(value, str) else ""


def _number(attributes: Mapping[str, tuple[Value, ...]], name: str) -> int:
    value = next(iter(attributes.get(name, ())), 0)
    return value if isinstance(value, int) else 0


def _keywords(attributes: Mapping[str, tuple[Value, ...]], name: str) -> tuple[str, ...]:
    return tuple(v for v in attributes.get(name, ()) if isinstance(v, str) and v and v != "none")


def job_of(response: IppResponse) -> PageJob:
    """The job of a response; a state nobody defined is UNKNOWN. Raises PrinterFault PRN-147 without a job in it."""
    attributes = response.first(Group.JOB)
    number = _number(attributes, "job-id")
    if not number:
        raise PrinterFault("no job-id", code="PRN-147")
    return PageJob(
        number,
        _JOB_STATES.get(_number(attributes, "job-state"), PageJobState.UNKNOWN),
        _keywords(attributes, "job-state-reasons"),
        _text(attributes, "job-state-message"),
        max(0, _number(attributes, "job-impressions-completed")),
    )


def queue_of(response: IppResponse) -> PageQueue:
    """The queue of a response; what was not said is unknown, and not accepting."""
    attributes = response.first(Group.PRINTER)
    return PageQueue(
        _text(attributes, "printer-name"),
        _text(attributes, "printer-make-and-model"),
        _QUEUE_STATES.get(_number(attributes, "printer-state"), PageQueueState.UNKNOWN),
        bool(next(iter(attributes.get("printer-is-accepting-jobs", ())), False)),
        _keywords(attributes, "printer-state-reasons"),
        _keywords(attributes, "document-format-supported"),
    )
