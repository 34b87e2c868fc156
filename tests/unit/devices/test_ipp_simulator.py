"""Training's A4 printer: CUPS' conformance tests find nothing wrong with it, and it fails in every way a real one does."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.page import PagePress
from app.printing.page_words import job_sentence
from devices.drivers.cups.printer import IppPrinter, open_page_printer
from devices.ports.errors import DeviceBusy, DeviceError
from devices.ports.page_printer import PageJob, PageJobState, PageOrder
from devices.simulators.ipp.faults import PageFaultKind
from devices.simulators.ipp.jobs import pages_of
from devices.simulators.ipp.server import IppSimulator
from devices.simulators.ipp.words import NotIpp, heard
from helpers.printer_fuzz import check_request
from helpers.printers import FONT, wait_for

DOCUMENT = PagePress(FONT).text("检验页")
ORDER = PageOrder("jingchuang")
SUITES = Path("/usr/share/cups/ipptool")
K = PageFaultKind


@pytest.fixture
def simulator() -> Iterator[IppSimulator]:
    made = IppSimulator()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def driver(simulator: IppSimulator) -> Iterator[IppPrinter]:
    opened = open_page_printer(simulator.uri, {})
    yield opened
    opened.close()


def ended(driver: IppPrinter, number: int) -> PageJob:
    assert wait_for(lambda: driver.job(number).state.is_final)
    return driver.job(number)


@pytest.mark.parametrize("suite", ["ipp-1.1", "ipp-2.0", "print-job", "create-job", "validate-job", "get-jobs"])
def test_ipptool_finds_it_conforming(simulator: IppSimulator, tmp_path: Path, suite: str) -> None:
    # The suites name documents that Debian does not ship; they lie beside copies of the suites.
    for name in ("ipp-1.1", "ipp-2.0", suite):
        shutil.copy(SUITES / f"{name}.test", tmp_path)
    for name in ("document-a4.pdf", "testfile.pdf"):
        (tmp_path / name).write_bytes(DOCUMENT)
    simulator.room.page_s = 0.3
    command = ["ipptool", "-t", "-f", str(tmp_path / "testfile.pdf"), simulator.uri, str(tmp_path / f"{suite}.test")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert "[FAIL]" not in told.stdout, told.stdout
    assert "[PASS]" in told.stdout, told.stdout + told.stderr
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (K.MEDIA_EMPTY, "缺纸：请装纸"),
        (K.MEDIA_NEEDED, "纸"),
        (K.COVER_OPEN, "机盖打开：请合上"),
        (K.MEDIA_JAM, "卡纸"),
        (K.TONER_EMPTY, "粉"),
    ],
)
def test_a_printer_that_stands_still_says_why_and_goes_on_when_it_is_mended(
    simulator: IppSimulator, driver: IppPrinter, kind: PageFaultKind, sentence: str
) -> None:
    simulator.fail(kind)
    job = driver.submit(DOCUMENT, ORDER)
    assert wait_for(lambda: driver.job(job.number).state is PageJobState.STOPPED)
    assert sentence in job_sentence(driver.job(job.number), "zh_CN")
    simulator.fail(K.NONE)
    assert ended(driver, job.number).state is PageJobState.COMPLETED


def test_a_jam_in_the_middle_leaves_the_pages_before_it_counted(simulator: IppSimulator, driver: IppPrinter) -> None:
    simulator.fail(K.MEDIA_JAM, after=2)
    job = driver.submit(DOCUMENT, PageOrder("jingchuang", copies=3))
    assert wait_for(lambda: driver.job(job.number).state is PageJobState.STOPPED)
    assert driver.job(job.number).pages == 2
    simulator.fail(K.NONE)
    assert ended(driver, job.number).pages == 3


def test_low_toner_is_a_word_of_warning_and_the_page_comes(simulator: IppSimulator, driver: IppPrinter) -> None:
    simulator.fail(K.TONER_LOW)
    assert driver.status().reasons == ("toner-low-warning",)
    assert ended(driver, driver.submit(DOCUMENT, ORDER).number).state is PageJobState.COMPLETED


@pytest.mark.parametrize(
    ("kind", "code"),
    [(K.OFFLINE, "PRN-146"), (K.REFUSED, "PRN-142"), (K.GARBAGE, "PRN-147"), (K.WRONG_NUMBER, "PRN-147")],
)
def test_what_it_will_not_do_is_a_typed_error(
    simulator: IppSimulator, driver: IppPrinter, kind: PageFaultKind, code: str
) -> None:
    simulator.fail(kind)
    with pytest.raises(DeviceError) as refused:
        driver.submit(DOCUMENT, ORDER)
    assert refused.value.code == code


def test_a_busy_printer_and_a_line_cut_in_the_middle(simulator: IppSimulator, driver: IppPrinter) -> None:
    simulator.fail(K.BUSY)
    with pytest.raises(DeviceBusy):
        driver.submit(DOCUMENT, ORDER)
    simulator.fail(K.CUT)
    with pytest.raises(DeviceError):
        driver.status()
    simulator.fail(K.NONE)
    assert driver.status().accepting


def test_a_file_that_is_no_pdf_is_given_up_not_printed(driver: IppPrinter) -> None:
    job = driver.submit(b"%PDF-1.4 and nothing more", ORDER)
    assert job.state is PageJobState.ABORTED
    assert pages_of(b"", "text/plain") == 0


def test_in_training_the_paper_lies_in_its_folder_as_pictures(tmp_path: Path) -> None:
    made = IppSimulator(paper=tmp_path / "paper")
    made.start()
    try:
        opened = open_page_printer(made.uri, {})
        ended(opened, opened.submit(DOCUMENT, PageOrder("jingchuang", copies=2)).number)
        opened.close()
    finally:
        made.stop()
    pictures = sorted((tmp_path / "paper").glob("*.png"))
    assert [p.name for p in pictures] == ["a4-001-01.png", "a4-001-02.png"]


def test_switched_off_in_the_middle_it_leaves_no_thread(simulator: IppSimulator, driver: IppPrinter) -> None:
    simulator.room.page_s = 30.0
    driver.submit(DOCUMENT, ORDER)
    simulator.stop()
    assert not [t for t in threading.enumerate() if t.name.startswith("ipp-simulator")]
    with pytest.raises(DeviceError):
        driver.status()


def test_a_request_in_chunks_is_read_as_one(simulator: IppSimulator) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", simulator.port, timeout=10)
    body = b"\x01\x01\x00\x0b\x00\x00\x00\x01\x03"
    connection.request(
        "POST", "/ipp/print", iter([body[:4], body[4:]]), {"Content-Type": "application/ipp"}, encode_chunked=True
    )
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.read()[2:4] == b"\x04\x00", "heard, and refused for its missing attributes"
    connection.close()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_none(data: bytes) -> None:
    check_request(data)


def test_what_ends_too_early_is_no_request() -> None:
    with pytest.raises(NotIpp):
        heard(b"\x01\x01\x00\x0b\x00\x00\x00\x01\x01\x47\x00\x12attr")
