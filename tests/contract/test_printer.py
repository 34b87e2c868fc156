"""What every receipt printer owes the workstation: an honest state, and "printed" on its own word alone."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.config.fonts import chinese_font
from app.domain.errors import SetupFault
from app.printing.charset import UNCHECKED, Charset, Zone, zone_of
from app.printing.commands import cells, code128_command, wrapped
from app.printing.receipt import ReceiptFacts
from app.printing.template import load_template
from app.printing.ticket import TicketPrinter
from devices.drivers.escpos.printer import open_printer
from devices.drivers.escpos.status import parse, valid
from devices.host.printer import PrinterHost
from devices.ports.errors import (
    BadAddress,
    CoverOpen,
    CutterFault,
    DeviceAbsent,
    DeviceError,
    DeviceLost,
    PaperOut,
    PrinterFault,
)
from devices.ports.printer import JobOutcome, PrinterState, nothing_was_sent
from devices.registry import worker_launch
from devices.simulators.escpos.parser import Parser, Step, code128_text
from devices.simulators.escpos.render import render_png
from devices.simulators.escpos.server import PrinterFaultKind, PrinterSimulator
from helpers.printers import hosted, simulated

FONT = chinese_font()


def facts(**changes: object) -> ReceiptFacts:
    fields: dict[str, object] = {
        "station": "测试派出所照相室",
        "name": "欧阳示例",
        "id_number": "999999199003071015",
        "standards": ("居民身份证", "驾驶证"),
        "numbers": ("9999990000TEST0012026112400001", "9999990000TEST0012026112400002"),
        "taken": "2026-11-24 09:00",
        "terminal": "0000TEST001",
        "officer": "zhang",
        "printed": "2026-11-24 09:01:02",
        "copy": 0,
        "training": False,
    }
    return ReceiptFacts(**{**fields, **changes})  # type: ignore[arg-type]  # a test names its fields


def job(width: int = 576, **changes: object) -> bytes:
    return TicketPrinter(width, FONT, UNCHECKED).job(facts(**changes).fields(), load_template("receipt")).data


@contextmanager
def printer(line: str = "tcp") -> Iterator[tuple[PrinterSimulator, PrinterHost]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        simulated(Path(folder), line) as (simulator, address),
        hosted(address) as host,
    ):
        yield simulator, host


@pytest.mark.parametrize("line", ["tcp", "serial", "device"])
def test_every_line_tells_the_state_prints_and_fails_alike(line: str) -> None:
    with printer(line) as (simulator, host):
        assert host.print(job(), 10).result(40) is JobOutcome.CONFIRMED
        assert job() in bytes(simulator.received)
        simulator.fail(PrinterFaultKind.COVER_OPEN)
        assert host.status().result(10).state is PrinterState.COVER_OPEN
        with pytest.raises(CoverOpen) as refused:
            host.print(job(), 5).result(40)
        assert refused.value.code == "PRN-102"
        assert nothing_was_sent(refused.value)
        simulator.fail(PrinterFaultKind.NONE)
        assert len(simulator.pictures) == 1


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (PrinterFaultKind.PAPER_END, PaperOut, "PRN-111"),
        (PrinterFaultKind.COVER_OPEN, CoverOpen, "PRN-112"),
        (PrinterFaultKind.CUTTER, CutterFault, "PRN-113"),
        (PrinterFaultKind.HEAD_HOT, PrinterFault, "PRN-114"),
        (PrinterFaultKind.OFFLINE, PrinterFault, "PRN-114"),
        (PrinterFaultKind.DROP_IN_JOB, DeviceLost, "DEV-103"),
    ],
)
@pytest.mark.parametrize("line", ["tcp", "serial"])
def test_a_fault_in_mid_job_never_counts_as_nothing_on_paper(
    line: str, fault: PrinterFaultKind, error: type[DeviceError], code: str
) -> None:
    with printer(line) as (simulator, host):
        simulator.fail(fault, after_lines=4)
        with pytest.raises(error) as stopped:
            host.print(job(), 10).result(40)
        assert stopped.value.code == code
        assert not nothing_was_sent(stopped.value)
        assert not simulator.pictures
        simulator.fail(PrinterFaultKind.NONE)
        assert host.wait_until_open(20)
        assert host.print(job(copy=1), 10).result(40) is JobOutcome.CONFIRMED


def test_a_printer_that_takes_no_more_bytes_is_given_up_in_seconds() -> None:
    with printer("serial") as (simulator, host):
        simulator.fail(PrinterFaultKind.STALL, after_lines=4)
        with pytest.raises(DeviceLost) as stalled:
            host.print(job() * 4, 10).result(60)
        assert stalled.value.code == "PRN-115"
        simulator.fail(PrinterFaultKind.NONE)


def test_a_hot_head_is_told_before_a_byte_goes_out() -> None:
    with printer() as (simulator, host):
        simulator.fail(PrinterFaultKind.HEAD_HOT)
        with pytest.raises(PrinterFault) as refused:
            host.print(job(), 5).result(15)
        assert refused.value.code == "PRN-106"
        assert nothing_was_sent(refused.value)


@pytest.mark.parametrize(
    "where", ["tcp:127.0.0.1:9", "/no/such/folder/printer", "/no/such/tty?baud=9600", "usb:xyz:1", "tcp:h:port", "lpt"]
)
def test_a_printer_that_cannot_be_reached_is_absent_or_its_address_refused(where: str) -> None:
    place, _, query = where.partition("?")
    with pytest.raises((DeviceAbsent, BadAddress)):
        open_printer(place, dict(part.split("=") for part in query.split("&") if part))


@pytest.mark.parametrize("options", [{"width": "600"}, {"baud": "fast"}, {"baud": "9600", "flow": "dtr"}])
def test_an_option_that_makes_no_sense_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(BadAddress):
        open_printer("/dev/ttyS99", options)


def test_a_receipt_is_printed_when_the_printer_says_so() -> None:
    with printer() as (simulator, host):
        assert host.print(job(), 10).result(15) is JobOutcome.CONFIRMED
        assert len(simulator.pictures) == 1
        assert not simulator.unknown
        assert bytes(simulator.received).startswith(b"\x10\x04") or job() in bytes(simulator.received)
        assert job() in bytes(simulator.received), "the printer got the very bytes"


def test_the_preview_is_the_paper() -> None:
    with printer() as (simulator, host):
        host.print(job(), 10).result(15)
        assert simulator.pictures[0] == render_png(job(), 576, FONT)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (PrinterFaultKind.PAPER_END, PaperOut),
        (PrinterFaultKind.COVER_OPEN, CoverOpen),
        (PrinterFaultKind.CUTTER, CutterFault),
        (PrinterFaultKind.OFFLINE, DeviceError),
        (PrinterFaultKind.DROP_IN_JOB, DeviceLost),
    ],
)
def test_what_is_wrong_is_named_and_nothing_says_printed(fault: PrinterFaultKind, error: type[DeviceError]) -> None:
    with printer() as (simulator, host):
        simulator.fail(fault)
        with pytest.raises(error):
            host.print(job(), 5).result(15)
        assert not simulator.pictures
        simulator.fail(PrinterFaultKind.NONE)
        assert host.wait_until_open(10)
        assert host.print(job(), 10).result(15) is JobOutcome.CONFIRMED


def test_a_silent_printer_is_unknown_never_out_of_paper_and_its_job_uncertain() -> None:
    with printer() as (simulator, host):
        simulator.fail(PrinterFaultKind.SILENCE)
        assert host.status().result(10).state is PrinterState.UNKNOWN
        assert host.print(job(), 3).result(15) is JobOutcome.UNCERTAIN


def test_near_end_still_prints() -> None:
    with printer() as (simulator, host):
        simulator.fail(PrinterFaultKind.NEAR_END)
        assert host.status().result(10).state is PrinterState.NEAR_END
        assert host.print(job(), 10).result(15) is JobOutcome.CONFIRMED


def test_a_file_takes_the_bytes_and_confirms_nothing(tmp_path: Path) -> None:
    target = tmp_path / "paper.bin"
    host = PrinterHost(worker_launch("printer", f"escpos:file:{target}"))
    host.start()
    try:
        assert host.wait_until_open(15)
        assert host.print(job(), 5).result(10) is JobOutcome.UNCERTAIN
        assert host.status().result(10).state is PrinterState.UNKNOWN
    finally:
        host.stop(5)
    assert target.read_bytes() == job()


@pytest.mark.parametrize("width", [576, 384])
def test_barcode_and_qr_read_back_from_the_paper(width: int) -> None:
    picture = Image.open(io.BytesIO(render_png(job(width), width, FONT)))
    read = {result.text for result in zxingcpp.read_barcodes(picture)}
    assert "\n".join(facts().numbers) in read
    if width == 576:
        assert facts().numbers[0] in read


def test_a_rare_name_is_drawn_and_never_a_question_mark() -> None:
    data = job(name="𬱖㐂·示例")
    assert b"\x1dv0" in data
    assert b"?" not in b"".join(a.data for a in Parser().feed(data) if a.step is Step.TEXT)


def test_a_character_no_font_has_is_named_not_boxed() -> None:
    with pytest.raises(SetupFault) as refused:
        job(name="\U0010fffd")
    assert refused.value.code == "FNT-102"


def test_training_and_reprints_are_marked_and_the_id_number_is_masked() -> None:
    def texts(data: bytes) -> str:
        return "".join(a.data.decode("gb18030") for a in Parser().feed(data) if a.step is Step.TEXT)

    assert "训练模式" in texts(job(training=True))
    assert "训练模式" not in texts(job())
    assert "【补打 2】" in texts(job(copy=2))
    assert "199003" not in texts(job())
    assert "999999********1015" in texts(job())


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=40))
def test_any_gb18030_text_is_either_spelt_in_two_bytes_or_drawn(text: str) -> None:
    two_bytes = Charset(frozenset(Zone) - {Zone.BEYOND_GBK})
    if two_bytes.spells(text):
        encoded = text.encode("gb18030")
        assert encoded.decode("gb18030") == text
        assert len(encoded) == cells(text)
        assert all(c.isascii() or zone_of(c) for c in text)
    assert "".join(wrapped(text, 20)) == text
    assert all(cells(line) <= 20 for line in wrapped(text, 20))


@given(st.text(alphabet="0123456789ABCDEFXZ-{", min_size=1, max_size=30))
def test_code_128_carries_its_text(text: str) -> None:
    (action,) = [a for a in Parser().feed(code128_command(text)) if a.step is Step.BARCODE]
    assert code128_text(action.data) == text


@settings(max_examples=4000, deadline=None)
@given(st.binary(max_size=400), st.integers(1, 40))
def test_any_bytes_are_read_to_the_end_or_wait_for_more(data: bytes, piece: int) -> None:
    whole = Parser()
    actions = list(whole.feed(data))
    pieces = Parser()
    in_parts = [a for i in range(0, len(data), piece) for a in pieces.feed(data[i : i + piece])]

    def plain(found: list[object]) -> bytes:
        return b"".join(a.data for a in found if a.step is Step.TEXT)  # type: ignore[attr-defined]

    assert plain(list(actions)) == plain(list(in_parts))
    assert whole.waiting() == pieces.waiting()


@given(*([st.binary(max_size=1)] * 4))
def test_any_status_bytes_have_a_meaning(a: bytes, b: bytes, c: bytes, d: bytes) -> None:
    status = parse((a, b, c, d))
    if not any(valid(reply) for reply in (a, b, c, d)):
        assert status.state is PrinterState.UNKNOWN
