"""The simulated printer on a loopback port or a pseudo-terminal: prints to pictures, answers status, fails when told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

from devices.simulators.escpos.channels import Channel, PtyChannel, SocketChannel
from devices.simulators.escpos.parser import Action, Parser, Step
from devices.simulators.escpos.render import Paper, png_of
from devices.simulators.escpos.rom import Rom


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
    HEAD_HOT = "head-hot"
    STALL = "stall"  # takes no more bytes


_STOPS = {
    PrinterFaultKind.PAPER_END,
    PrinterFaultKind.COVER_OPEN,
    PrinterFaultKind.CUTTER,
    PrinterFaultKind.OFFLINE,
    PrinterFaultKind.HEAD_HOT,
}
_ERRORS = {PrinterFaultKind.CUTTER, PrinterFaultKind.HEAD_HOT}
_SILENT = {PrinterFaultKind.SILENCE, PrinterFaultKind.STALL}


def status_byte(number: int, fault: PrinterFaultKind) -> int:
    """The answer to DLE EOT ``number``: fixed bits 0xx1xx10 and what is wrong."""
    base = 0x12
    if number == 1:
        return base | (0x08 if fault in _STOPS else 0)
    if number == 2:
        paper, cover = fault is PrinterFaultKind.PAPER_END, fault is PrinterFaultKind.COVER_OPEN
        return base | (0x20 if paper else 0) | (0x04 if cover else 0) | (0x40 if fault in _ERRORS else 0)
    if number == 3:
        hot = fault is PrinterFaultKind.HEAD_HOT
        return base | (0x08 if fault is PrinterFaultKind.CUTTER else 0) | (0x40 if hot else 0)
    if fault is PrinterFaultKind.PAPER_END:
        return base | 0x6C
    return base | (0x0C if fault is PrinterFaultKind.NEAR_END else 0)


class PrinterSimulator:
    """``start`` (TCP) or ``start_pty``, then ``stop``; the threads are gone when ``stop`` returns."""

    def __init__(
        self,
        width_dots: int,
        font: Path | None,
        port: int = 0,
        on_paper: Callable[[bytes], None] | None = None,
        rom: Rom = Rom.GB18030,
    ) -> None:
        self._paper = Paper(width_dots, font, rom)
        self._wanted_port = port
        self._on_paper = on_paper
        self._fault = PrinterFaultKind.NONE
        self._planned: tuple[PrinterFaultKind, int] | None = None
        self._listener: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self._running = threading.Event()
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

    def fail(self, fault: PrinterFaultKind, after_lines: int = 0) -> None:
        """From now on, or in the middle of the next job after so many lines; ``NONE`` mends it."""
        self._planned = (fault, after_lines) if after_lines else None
        if not after_lines:
            self._fault = fault

    def start(self) -> None:
        """Listen on 127.0.0.1 alone."""
        self._running.set()
        self._listener = socket.create_server(("127.0.0.1", self._wanted_port))
        self._spawn(self._accept)

    def start_pty(self, link: Path) -> None:
        """A serial line whose device ``link`` points to; a line that breaks off comes back under the same name."""
        self._running.set()
        self._spawn(self._serve_pty, link)

    def _spawn(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="printer-simulator")
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Switch off."""
        self._running.clear()
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
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
            self._spawn(self._serve, SocketChannel(client))

    def _serve_pty(self, link: Path) -> None:
        while self._running.is_set():
            self._serve(PtyChannel(link))

    def _serve(self, channel: Channel) -> None:
        parser = Parser()
        backlog: list[Action] = []
        try:
            while self._running.is_set():
                data = b"" if self._fault is PrinterFaultKind.STALL else channel.receive()
                if data is None:
                    return
                self.received += data
                for action in parser.feed(data):
                    # Real-time requests are answered at once, whatever is in the buffer.
                    if action.step is Step.ASK_STATUS:
                        self._answer(channel, status_byte(action.number, self._fault))
                    else:
                        backlog.append(action)
                if not self._work(channel, backlog):
                    return
        except OSError:
            return  # the other side is gone
        finally:
            channel.close()

    def _answer(self, channel: Channel, byte: int) -> None:
        if self._fault not in _SILENT:
            channel.send(bytes((byte,)))

    def _work(self, channel: Channel, backlog: list[Action]) -> bool:
        """Print what is in the buffer, as far as the printer can; False when it breaks off."""
        while backlog and self._fault not in _STOPS and self._fault is not PrinterFaultKind.STALL:
            action = backlog.pop(0)
            if self._fault is PrinterFaultKind.DROP_IN_JOB and action.step is Step.CUT:
                self._fault = PrinterFaultKind.NONE
                self._paper.tear_off()
                return False
            if action.step is Step.ASK_PAPER:
                self._answer(channel, 0x03 if self._fault is PrinterFaultKind.NEAR_END else 0x00)
                continue
            self._paper.do(action)
            self._count(action)
            if action.step is Step.CUT:
                picture = png_of(self._paper.tear_off())
                self.pictures.append(picture)
                if self._on_paper is not None:
                    self._on_paper(picture)
        return True

    def _count(self, action: Action) -> None:
        """A planned fault comes after its lines."""
        if self._planned is None or action.step not in (Step.LINE_FEED, Step.RASTER):
            return
        fault, lines = self._planned
        self._planned = (fault, lines - 1) if lines > 1 else None
        if self._planned is None:
            self._fault = fault
