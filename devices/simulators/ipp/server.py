"""The simulated A4 printer on a loopback port: IPP 1.1/2.0 over HTTP (RFC 8010, 8011) with jobs, states and faults."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

from devices.simulators.ipp.answers import MEDIA, MOST_COPIES, SIDES, STATUS, Answerer
from devices.simulators.ipp.faults import PageFaultKind
from devices.simulators.ipp.jobs import JobRoom
from devices.simulators.ipp.words import Group, NotIpp, Request, Said, heard, response

__all__ = ["MEDIA", "MOST_COPIES", "SIDES", "IppSimulator"]

_LONGEST_REQUEST = 64 << 20
_PATH = "/ipp/print"


class IppSimulator:
    """``start`` and ``stop``; the threads are gone when ``stop`` returns. ``paper``: where pages lie as pictures."""

    def __init__(self, name: str = "Simulated A4", paper: Path | None = None, port: int = 0) -> None:
        self.room = JobRoom(paper=paper)
        self._name = name
        self._wanted_port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.stopping = threading.Event()

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self._server.server_address[1]) if self._server is not None else self._wanted_port

    @property
    def uri(self) -> str:
        """What a client prints to."""
        return f"ipp://127.0.0.1:{self.port}{_PATH}"

    def start(self) -> None:
        """Listen on 127.0.0.1 alone."""
        self.stopping.clear()
        self._server = _Server(self, self._wanted_port)
        self._wanted_port = self.port
        self.room.start()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="ipp-simulator")
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
        self.room.stop()

    def fail(self, kind: PageFaultKind, after: int = 0) -> None:
        """From now on; NONE mends it."""
        self.room.fail(kind, after)

    def answer(self, body: bytes) -> bytes:
        """The answer to one request's bytes. Never raises for what a client says."""
        try:
            request = heard(body)
        except NotIpp:
            return response((1, 1), STATUS["bad-request"], 1, ())
        return self._said(request, *Answerer(self.room, self._name, self.uri).answer(request))

    def _said(self, request: Request, status: int, groups: Iterable[tuple[Group, Iterable[Said]]]) -> bytes:
        version = request.version if request.version[0] in (1, 2) else (2, 0)
        number = request.number + (self.room.fault is PageFaultKind.WRONG_NUMBER)
        return response(version, status, number, groups)


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, printer: IppSimulator, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.printer = printer
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Remembers the connection, so that switching off ends it."""
        connection = cast("socket.socket", request)
        with self._lock:
            self._open.add(connection)
        try:
            super().process_request_thread(connection, cast("tuple[str, int]", client_address))
        finally:
            with self._lock:
                self._open.discard(connection)

    def break_connections(self) -> None:
        """Nobody is answered any more."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no error of the printer."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *_: object) -> None:
        """Standard error belongs to the worker that started this."""

    def do_POST(self) -> None:
        """One IPP operation."""
        printer = cast("_Server", self.server).printer
        body = self._body()
        fault = printer.room.fault
        if body is None:
            self._plain(413)
        elif fault is PageFaultKind.SILENCE:
            printer.stopping.wait(60)
            self.close_connection = True
        elif fault is PageFaultKind.REFUSED:
            self._plain(401)
        elif self.path.split("?", maxsplit=1)[0].rstrip("/") != _PATH:
            self._plain(404)
        elif self.headers.get_content_type() != "application/ipp":
            self._plain(415)
        else:
            self._send(b"<html>busy</html>" if fault is PageFaultKind.GARBAGE else printer.answer(body), fault)

    def _send(self, answer: bytes, fault: PageFaultKind) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if fault is PageFaultKind.CUT:
            self.wfile.write(answer[: len(answer) // 2])
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.wfile.write(answer)

    def _plain(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _body(self) -> bytes | None:
        """Whole or in chunks (CUPS sends chunks); None when it is too large."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            length = _length(self.headers)
            return None if length > _LONGEST_REQUEST else self.rfile.read(length)
        body = bytearray()
        while size := _chunk_size(self.rfile.readline(20)):
            if len(body) + size > _LONGEST_REQUEST:
                return None
            body += self.rfile.read(size)
            self.rfile.readline(2)
        while self.rfile.readline(1000).strip():
            pass
        return bytes(body)


def _length(headers: Message[str, str]) -> int:
    text = headers.get("Content-Length", "0")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _chunk_size(line: bytes) -> int:
    text = line.split(b";")[0].strip()
    try:
        return max(0, int(text, 16))
    except ValueError:
        return 0
