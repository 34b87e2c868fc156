"""The simulated printer on a loopback port: prints to pictures, answers status byte for byte, fails when told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

from devices.simulators.escpos.parser import Action, Parser, Step
from devices.simulators.escpos.render import Paper, png_of


class PrinterFaultKind(Enum):
    """What can be wrong with a printer."""

    NONE = "none"
    PAPER_END = "paper-end"
    NEAR_END = "near-end"
    COVER_OPEN = "cover-open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    SILENCE = "silence"
    DROP_IN_JOB = "drop-in-job"


_STOPS = {PrinterFaultKind.PAPER_END, PrinterFaultKind.COVER_OPEN, PrinterFaultKind.CUTTER, PrinterFaultKind.OFFLINE}


def status_byte(number: int, fault: PrinterFaultKind) -> int:
    """The answer to DLE EOT ``number``: fixed bits 0xx1xx10 and what is wrong."""
    base = 0x12
    if number == 1:
        return base | (0x08 if fault in _STOPS else 0)
    if number == 2:
        paper, cover = fault is PrinterFaultKind.PAPER_END, fault is PrinterFaultKind.COVER_OPEN
        return base | (0x20 if paper else 0) | (0x04 if cover else 0) | (0x40 if fault is PrinterFaultKind.CUTTER else 0)
    if number == 3:
        return base | (0x08 if fault is PrinterFaultKind.CUTTER else 0)
    if fault is PrinterFaultKind.PAPER_END:
        return base | 0x6C
    return base | (0x0C if fault is PrinterFaultKind.NEAR_END else 0)


class PrinterSimulator:
    """``start`` and ``stop``; the threads are gone when ``stop`` returns."""

    def __init__(self, width_dots: int, font: Path, port: int = 0, on_paper: Callable[[bytes], None] | None = None) -> None:
        self._paper = Paper(width_dots, font)
        self._wanted_port = port
        self._on_paper = on_paper
        self._lock = threading.Lock()
        self._fault = PrinterFaultKind.NONE
        self._mended = threading.Condition(self._lock)
        self._listener: socket.socket | None = None
        self._clients: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.received = bytearray()
        self.pictures: list[bytes] = []

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self._listener.getsockname()[1]) if self._listener is not None else self._wanted_port

    @property
    def unknown(self) -> list[bytes]:
        """Commands the printer did not understand."""
        return self._paper.unknown

    def fail(self, fault: PrinterFaultKind) -> None:
        """From now on; ``NONE`` mends it."""
        with self._mended:
            self._fault = fault
            self._mended.notify_all()

    def start(self) -> None:
        """Listen on 127.0.0.1 alone."""
        self._listener = socket.create_server(("127.0.0.1", self._wanted_port))
        self._spawn(self._accept)

    def _spawn(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="printer-simulator")
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Switch off."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for client in list(self._clients):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _accept(self) -> None:
        listener = self._listener
        while listener is not None:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._clients.add(client)
            self._spawn(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        parser = Parser()
        backlog: list[Action] = []
        client.settimeout(0.05)
        try:
            while self._listener is not None:
                try:
                    data = client.recv(4096)
                    if not data:
                        return
                except TimeoutError:
                    data = b""
                self.received += data
                for action in parser.feed(data):
                    # Real-time requests are answered at once, whatever is in the buffer.
                    if action.step is Step.ASK_STATUS:
                        self._answer(client, status_byte(action.number, self._fault))
                    else:
                        backlog.append(action)
                if not self._work(client, backlog):
                    return
        except OSError:
            return  # the other side is gone
        finally:
            self._clients.discard(client)
            client.close()

    def _answer(self, client: socket.socket, byte: int) -> None:
        if self._fault is not PrinterFaultKind.SILENCE:
            client.sendall(bytes((byte,)))

    def _work(self, client: socket.socket, backlog: list[Action]) -> bool:
        """Print what is in the buffer, as far as the printer can; False when it breaks off."""
        while backlog and self._fault not in _STOPS:
            action = backlog.pop(0)
            if self._fault is PrinterFaultKind.DROP_IN_JOB and action.step is Step.CUT:
                return False
            if action.step is Step.ASK_PAPER:
                self._answer(client, 0x03 if self._fault is PrinterFaultKind.NEAR_END else 0x00)
                continue
            self._paper.do(action)
            if action.step is Step.CUT:
                picture = png_of(self._paper.tear_off())
                self.pictures.append(picture)
                if self._on_paper is not None:
                    self._on_paper(picture)
        return True
