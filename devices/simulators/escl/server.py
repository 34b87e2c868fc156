"""The simulated network scanner on a loopback port: jobs, pages, states and faults as a real eSCL feeder has them."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

from PIL import Image

from devices.simulators.escl import words
from devices.simulators.escl.faults import ADF_STATES, STOPS_THE_FEEDER, FeederFault, FeederFaultKind
from devices.simulators.escl.pages import CARD_MM, PageKind, Sheet, draw, pile

_QUALITY = 85
_SLOW_TURN_S = 0.2
_GIVEN_UP_S = 6.0  # real ones wait a minute and more; a busy machine must not lose its page
_LONGEST_REQUEST = 64 * 1024
_MM_PER_UNIT = 25.4 / words.UNITS_PER_INCH

WrapSocket = Callable[[socket.socket], socket.socket]


@dataclass
class _Job:
    """One POSTed job: what is still to come out, and how many came."""

    number: int
    settings: words.Settings
    waiting: list[Sheet]
    out: int = 0
    asked: int = 0
    state: str = "Processing"
    heard_s: float = field(default_factory=time.monotonic)  # when its client last asked for a page


@dataclass
class _Shelf:
    """The paper: what lies in the feeder and on the glass."""

    fronts: list[Sheet] = field(default_factory=list)
    glass: Sheet = field(default_factory=lambda: Sheet(PageKind.CARD, 1, *CARD_MM))


class FeederSimulator:
    """``start`` and ``stop``; the threads are gone when ``stop`` returns. ``wrap`` makes a TLS socket of a plain one."""

    def __init__(self, pages: int = 3, font: Path | None = None, port: int = 0, wrap: WrapSocket | None = None) -> None:
        self._font = font
        self._wanted_port = port
        self._wrap = wrap
        self._lock = threading.Lock()
        self._fault = FeederFault()
        self._jobs: dict[int, _Job] = {}
        self._shelf = _Shelf(list(pile(pages)))
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.stopping = threading.Event()
        self._again: list[Path] = []
        self.page_s = 0.0
        self.deleted: list[int] = []

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self._server.server_address[1]) if self._server is not None else self._wanted_port

    @property
    def url(self) -> str:
        """The address for a client."""
        return f"{'http' if self._wrap is None else 'https'}://127.0.0.1:{self.port}/eSCL"

    def start(self) -> None:
        """Listen on 127.0.0.1 alone."""
        self.stopping.clear()
        self._server = _Server(self, self._wanted_port, self._wrap)
        self._wanted_port = self.port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="escl-simulator")
        self._thread.start()

    def stop(self) -> None:
        """Switch off, in the middle of whatever is under way."""
        self.stopping.set()
        server, self._server = self._server, None
        if server is not None and self._thread is not None:
            server.shutdown()
            server.break_connections()
            server.server_close()
            self._thread.join()

    # -- the paper and the faults ------------------------------------------------------------------------

    def load(self, pages: int) -> None:
        """Put a fresh pile into the feeder."""
        with self._lock:
            self._shelf.fronts = list(pile(pages))

    def feed(self, pictures: Sequence[Path]) -> None:
        """Put pages of files into the feeder, one A4 sheet each."""
        with self._lock:
            self._shelf.fronts = [Sheet(PageKind.PICTURE, n, picture=path) for n, path in enumerate(pictures, 1)]

    def refill(self, pictures: Sequence[Path]) -> None:
        """Feed these, and the same again as soon as a pile is out: nobody can lay paper into a simulator."""
        self._again = list(pictures)
        self.feed(self._again)

    def lay(self, sheet: Sheet) -> None:
        """Put a sheet or card on the glass."""
        with self._lock:
            self._shelf.glass = sheet

    @property
    def left(self) -> int:
        """Sheets still in the feeder."""
        with self._lock:
            return len(self._shelf.fronts)

    def fail(self, kind: FeederFaultKind, after: int = 0) -> None:
        """From now on; ``NONE`` mends it."""
        with self._lock:
            self._fault = FeederFault(kind, after)

    def fault(self) -> FeederFaultKind:
        """What is wrong with the scanner as a whole now."""
        with self._lock:
            return FeederFaultKind.NONE if self._fault.after > 0 else self._fault.kind

    # -- what the handler asks ---------------------------------------------------------------------------

    def adf_state(self) -> str:
        """As ScannerStatus tells it."""
        told = ADF_STATES.get(self.fault())
        return told or ("ScannerAdfLoaded" if self.left else "ScannerAdfEmpty")

    def status(self) -> str:
        """ScannerStatus."""
        adf = self.adf_state()
        with self._lock:
            jobs = tuple((f"/eSCL/ScanJobs/{j.number}", j.state, j.out) for j in self._jobs.values())
            busy = any(j.state == "Processing" for j in self._jobs.values())
        return words.status("Processing" if busy else "Idle", adf, jobs[-5:])

    def begin(self, settings: words.Settings) -> int | None:
        """A new job's number; None while another runs. One whose client was silent for long is given up, as scanners do."""
        with self._lock:
            for job in self._jobs.values():
                if job.state == "Processing" and time.monotonic() - job.heard_s > _GIVEN_UP_S:
                    job.state = "Aborted"
            if any(j.state == "Processing" for j in self._jobs.values()):
                return None
            number = len(self._jobs) + 1
            self._jobs[number] = _Job(number, settings, self._take(settings))
            return number

    def _take(self, settings: words.Settings) -> list[Sheet]:
        if settings.source == "Platen":
            return [self._shelf.glass]
        if not settings.duplex:
            return list(self._shelf.fronts)
        # Every third back is written on, the others are blank.
        sides: list[Sheet] = []
        for front in self._shelf.fronts:
            written = front.number % 3 == 0
            back = replace(front, number=front.number + 128) if written else replace(front, kind=PageKind.BLANK)
            sides += [front, back]
        return sides

    def job(self, number: int) -> _Job | None:
        """The job of that number while it runs."""
        with self._lock:
            found = self._jobs.get(number)
            return found if found is not None and found.state == "Processing" else None

    def turn(self, job: _Job) -> FeederFaultKind:
        """One more ask for a page: what goes wrong with it."""
        with self._lock:
            job.asked += 1
            job.heard_s = time.monotonic()
            if job.out >= self._fault.after:
                self._fault = replace(self._fault, after=0)  # and it stays until it is mended
            kind = FeederFaultKind.NONE if self._fault.after > 0 else self._fault.kind
        if kind is FeederFaultKind.WARMING_UP and job.asked > 2:
            return FeederFaultKind.NONE
        return kind

    def next_page(self, job: _Job) -> bytes | None:
        """The next page's JPEG; None at the end of the pile."""
        self.stopping.wait(self.page_s)
        with self._lock:
            if not job.waiting:
                job.state = "Completed"
                refill = self._again if job.settings.source == "Feeder" and not self._shelf.fronts else []
            else:
                refill = []
        if job.state == "Completed":
            if refill:
                self.feed(refill)
            return None
        with self._lock:
            sheet = job.waiting[0]
        return picture_of(sheet, job.settings, self._font)

    def handed_over(self, job: _Job) -> None:
        """The page in hand is out of the scanner; one of a job that was given up meanwhile is still in it."""
        with self._lock:
            if job.state != "Processing":
                return
            job.waiting.pop(0)
            job.out += 1
            if job.settings.source == "Feeder" and (not job.settings.duplex or job.out % 2 == 0):
                self._shelf.fronts.pop(0)
            if job.settings.source == "Platen":
                job.state = "Completed"

    def end(self, number: int, state: str) -> bool:
        """Whether there was such a job."""
        with self._lock:
            job = self._jobs.get(number)
            if job is None:
                return False
            if job.state == "Processing":
                job.state = state
            if state == "Canceled":
                self.deleted.append(number)
            return True


@lru_cache(maxsize=32)
def picture_of(sheet: Sheet, settings: words.Settings, font: Path | None = None) -> bytes:
    """The sheet as the scanner would send it: laid in the top left corner of the asked area, JPEG with its density."""
    scale = settings.dpi / words.UNITS_PER_INCH
    area = Image.new("RGB", (round(settings.width * scale), round(settings.height * scale)), (236, 236, 234))
    drawn = draw(sheet, settings.dpi, font)
    area.paste(drawn, (-round(settings.x * scale), -round(settings.y * scale)))
    if settings.colour == "Grayscale8":
        area = area.convert("L")
    elif settings.colour == "BlackAndWhite1":
        area = area.convert("L").point(lambda value: 255 if value > 160 else 0)
    out = io.BytesIO()
    area.save(out, "JPEG", quality=_QUALITY, dpi=(settings.dpi, settings.dpi))
    return out.getvalue()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, scanner: FeederSimulator, port: int, wrap: WrapSocket | None) -> None:
        self.scanner = scanner
        self._wrap = wrap
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def get_request(self) -> tuple[socket.socket, object]:
        """A connection; TLS is spoken on its own thread."""
        client, address = super().get_request()
        if self._wrap is not None:
            client = self._wrap(client)
        self._open.add(client)
        return client, address

    def shutdown_request(self, request: object) -> None:
        """The connection is done with."""
        self._open.discard(cast(socket.socket, request))
        super().shutdown_request(request)  # type: ignore[arg-type]  # it is the socket of get_request

    def break_connections(self) -> None:
        """As a power cut does."""
        for client in list(self._open):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is nothing to print."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def _scanner(self) -> FeederSimulator:
        return self.server.scanner

    def log_message(self, format: str, *arguments: object) -> None:
        """Silent."""

    def _answer(self, code: int, body: bytes = b"", kind: str = "text/xml", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _troubled(self) -> bool:
        """Faults that spare no request; True when it has been answered, or never will be."""
        fault = self._scanner.fault()
        if fault is FeederFaultKind.REFUSED:
            self._answer(401)
        elif fault is FeederFaultKind.SILENCE:
            self._scanner.stopping.wait()
            self.close_connection = True
        else:
            return False
        return True

    def do_GET(self) -> None:
        """Capabilities, status, the next page."""
        parts = self.path.strip("/").split("/")
        if parts[:2] == ["eSCL", "ScanJobs"] and parts[-1] == "NextDocument" and len(parts) == 4:
            self._next_document(parts[2])
        elif self._troubled():
            return
        elif parts == ["eSCL", "ScannerCapabilities"]:
            self._answer(200, words.capabilities("Jingchuang Feeder Simulator", "SIM-0001").encode())
        elif parts == ["eSCL", "ScannerStatus"]:
            bad = self._scanner.fault() is FeederFaultKind.BAD_XML
            self._answer(200, b"<scan:ScannerStatus><oops" if bad else self._scanner.status().encode())
        else:
            self._answer(404)

    def do_POST(self) -> None:
        """A new job."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(min(length, _LONGEST_REQUEST)).decode("utf-8", "replace")
        if self._troubled():
            return
        settings = words.settings_of(body)
        fault = self._scanner.fault()
        if fault is FeederFaultKind.CONFLICT or settings is None:
            self._answer(409)
        elif fault is FeederFaultKind.ERROR:
            self._answer(500)
        elif fault is FeederFaultKind.BUSY or (number := self._scanner.begin(settings)) is None:
            self._answer(503, Retry_After="1")
        else:
            self._answer(201, Location=f"http://127.0.0.1:{self._scanner.port}/eSCL/ScanJobs/{number}")

    def do_DELETE(self) -> None:
        """End a job."""
        number = self.path.rstrip("/").rpartition("/")[2]
        found = number.isdecimal() and self._scanner.end(int(number), "Canceled")
        self._answer(200 if found else 404)

    def _next_document(self, number: str) -> None:
        job = self._scanner.job(int(number)) if number.isdecimal() else None
        if job is None:
            self._answer(404)
            return
        fault = self._scanner.turn(job)
        if fault in STOPS_THE_FEEDER or fault is FeederFaultKind.WARMING_UP:
            self._answer(503, Retry_After="1")
            return
        if fault is FeederFaultKind.EMPTY:
            self._scanner.end(job.number, "Aborted")
            self._answer(404)
            return
        if fault in (FeederFaultKind.ERROR, FeederFaultKind.WRONG_TYPE):
            wrong = fault is FeederFaultKind.WRONG_TYPE
            self._answer(200 if wrong else 500, b"<html>no picture</html>", "text/html")
            return
        if fault is FeederFaultKind.SILENCE:
            self._scanner.stopping.wait()
            self.close_connection = True
            return
        page = self._scanner.next_page(job)
        if page is None:
            self._answer(404)
        elif fault in (FeederFaultKind.CUT_BODY, FeederFaultKind.SLOW_BODY):
            self._torn(page, slow=fault is FeederFaultKind.SLOW_BODY)
        else:
            # Before the last byte is out: a client may ask for the next page on another connection at once.
            self._scanner.handed_over(job)
            self._answer(200, page[: len(page) // 2] if fault is FeederFaultKind.CUT_JPEG else page, "image/jpeg")

    def _torn(self, page: bytes, *, slow: bool) -> None:
        """Half a page, then the end of the connection, or a byte now and then."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page[: len(page) // 2])
        with suppress(OSError):
            for index in range(len(page) // 2, len(page)) if slow else ():
                if self._scanner.stopping.wait(_SLOW_TURN_S):
                    return
                self.wfile.write(page[index : index + 1])
