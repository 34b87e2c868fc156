"""The first promise of each contract, on real devices: `JINGCHUANG_CAMERA=gphoto:usb pytest -m hardware tests/contract`.

Card readers, document readers, finger scanners and pads have theirs beside their own contracts.
"""

from __future__ import annotations

import os

import pytest

from app.config.clock import SystemClock
from app.desk.page_printing import PagePrinting
from app.imaging.facts import read_facts
from app.printing.page import PagePress
from devices.ports.page_printer import PageJobState, PageOrder
from devices.ports.printer import JobOutcome, PrinterState
from devices.ports.scanner import ScanSource
from helpers import cameras, scanners
from helpers.printers import FONT, hosted, hosted_pages

pytestmark = pytest.mark.hardware


def address(variable: str) -> str:
    """As the settings take it."""
    if variable not in os.environ:
        pytest.skip(variable)
    return os.environ[variable]


def test_a_real_camera_delivers_one_whole_shot() -> None:
    with cameras.opened(address("JINGCHUANG_CAMERA")) as (host, _):
        (shot,) = cameras.shoot(host)
        assert read_facts(shot.data).format == "JPEG"


def test_a_real_receipt_printer_says_its_state_and_prints_a_line() -> None:
    with hosted(address("JINGCHUANG_PRINTER")) as host:
        assert host.status().result(20).state in (PrinterState.READY, PrinterState.NEAR_END, PrinterState.UNKNOWN)
        assert host.print(b"\x1b@jingchuang\n\n\n", 10.0).result(30) in (JobOutcome.CONFIRMED, JobOutcome.UNCERTAIN)


def test_a_real_a4_printer_prints_a_page_to_its_end() -> None:
    with hosted_pages(address("JINGCHUANG_PAGE_PRINTER")) as host:
        document = PagePress(FONT).text("jingchuang")
        job = PagePrinting(host, SystemClock()).print(document, PageOrder("jingchuang"), 120.0, lambda _: None)
        assert job.state is PageJobState.COMPLETED


def test_a_real_scanner_delivers_a_page() -> None:
    with scanners.opened(address("JINGCHUANG_SCANNER")) as host:
        source = ScanSource(os.environ.get("JINGCHUANG_SCAN_SOURCE", ScanSource.FLATBED.value))
        (page,) = scanners.scanned(host, source, most_pages=1)
        assert page.width_px > 100
