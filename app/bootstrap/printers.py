"""Printers for commands without a desk: one receipt printer or one A4 queue for one command, and what can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from app.config.clock import SystemClock
from app.config.fonts import chinese_font
from app.desk.page_printing import PagePrinting
from app.domain.errors import BadInput
from app.printing.page import PagePress
from devices.host.page_printer import PagePrinterHost
from devices.host.printer import PrinterHost
from devices.ports.errors import DeviceAbsent
from devices.registry import worker_launch
from devices.simulators.escpos.render import render_png

_READY_S = 10.0
_STOP_S = 5.0
_PDF = b"%PDF-"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_LARGEST_FILE = 64 << 20

_Host = TypeVar("_Host", PrinterHost, PagePrinterHost)


@contextmanager
def _connected(host: _Host) -> Iterator[_Host]:
    host.start()
    try:
        if not host.wait_until_open(_READY_S):
            raise host.error or DeviceAbsent(host.address)
        yield host
    finally:
        host.stop(_STOP_S)


def receipt_printer(address: str) -> AbstractContextManager[PrinterHost]:
    """The receipt printer at an address, connected. Entering raises BadAddress, DeviceAbsent or what the printer said."""
    return _connected(PrinterHost(worker_launch("printer", address)))


def page_printer(address: str) -> AbstractContextManager[PagePrinterHost]:
    """The A4 queue at an address, answering. Entering raises BadAddress, DeviceAbsent PRN-14x."""
    return _connected(PagePrinterHost(worker_launch("page_printer", address)))


def page_printing(host: PagePrinterHost) -> PagePrinting:
    """The service that follows jobs of this printer."""
    return PagePrinting(host, SystemClock())


def pdf_of(path: Path) -> bytes:
    """The file as PDF: itself, or a picture or UTF-8 text set on A4.

    Raises BadInput CLI-101 unreadable, PRN-148 another kind of file, IMG-10x; SetupFault FNT-….
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput("CLI-101", path=str(path), reason=error.strerror or "") from error
    if data.startswith(_PDF):
        return data
    if not data or len(data) > _LARGEST_FILE:
        raise BadInput("PRN-148")
    press = PagePress(chinese_font())
    if data.startswith(_PICTURES):
        return press.picture(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("PRN-148") from error
    if not all(c.isprintable() or c in "\n\r\t\f" for c in text):
        raise BadInput("PRN-148")
    return press.text(text.replace("\f", "\n"))


def picture_of(data: bytes, width_dots: int) -> bytes:
    """PNG of what ESC/POS bytes print."""
    return render_png(data, width_dots, chinese_font())
