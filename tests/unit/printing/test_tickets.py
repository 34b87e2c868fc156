"""Tickets and notices: every fact on paper, people masked, codes readable, rare names whole, marks in their places."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.config.fonts import chinese_font
from app.domain.errors import BadInput, SetupFault
from app.printing.charset import EVERYTHING, UNCHECKED, Charset, Zone, zone_of
from app.printing.commands import cells, raster_command, wrapped
from app.printing.proof import require_readable
from app.printing.template import load_template
from app.printing.ticket import Ticket, TicketPrinter
from app.printing.tickets import PaymentItem, PaymentNoticeFacts, QueueTicketFacts, masked_name
from devices.simulators.escpos.parser import Parser, Step
from devices.simulators.escpos.render import render_png
from helpers.pictures import portrait_jpeg

FONT = chinese_font()
WIDTHS = (576, 384)
QUEUE = QueueTicketFacts(
    reference="20261124-0005",
    station="训练派出所出入境办证大厅",
    number="A005",
    business="普通护照换发",
    ahead=12,
    taken="2026-11-24 09:31",
    place="二楼 A 区 3—6 号窗口",
    name="欧阳示例",
    id_number="999999199003071015",
    tips=("过号 3 个作废，请重新取号",),
    progress="https://example.invalid/q/20261124-0005",
)
NOTICE = PaymentNoticeFacts(
    serial="PZ20261124000123",
    unit="训练市公安局出入境管理支队",
    code="99992026112400000123",
    collecting_unit="训练市公安局",
    items=(PaymentItem("普通护照工本费", "120.00 元/本", 1, 120_00), PaymentItem("加注费", "20.00 元/项", 10, 200_50)),
    issued="2026-11-24 09:40",
    deadline="2026-12-01",
    window="5",
    officer="zhang",
    channels=("银行柜面", "手机银行"),
    payer="欧阳示例",
    check_code="656aa9",
)


def queue_ticket(width: int = 576, copy: int = 0, *, training: bool = False, **changes: object) -> Ticket:
    facts = replace(QUEUE, **changes)  # type: ignore[arg-type]  # a test names its fields
    printer = TicketPrinter(width, FONT, UNCHECKED)
    return printer.job(facts.fields(copy, training=training), load_template("queue-ticket"), facts.photo)


def notice(width: int = 576, copy: int = 0, *, training: bool = False, **changes: object) -> Ticket:
    facts = replace(NOTICE, **changes)  # type: ignore[arg-type]  # a test names its fields
    printer = TicketPrinter(width, FONT, UNCHECKED)
    return printer.job(facts.fields(copy, training=training), load_template("payment-notice"))


def lines(ticket: Ticket) -> list[str]:
    return [a.data.decode("gb18030") for a in Parser().feed(ticket.data) if a.step is Step.TEXT]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_queue_ticket_says_who_waits_where_and_no_more_than_a_tail_of_the_person(width: int) -> None:
    text = "\n".join(lines(queue_ticket(width)))
    for part in (QUEUE.station, "A005", "普通护照换发", "前面等待 12 人", "2026-11-24 09:31", "3—6", "过号 3 个", "***例"):
        assert part in text
    assert "1015" in text
    assert "欧阳" not in text
    assert "9003071015" not in text


@pytest.mark.parametrize("width", WIDTHS)
def test_a_notice_says_what_is_to_be_paid_to_whom_until_when(width: int) -> None:
    text = "\n".join(lines(notice(width)))
    joined = text.replace("\n", "").replace(" ", "")
    for part in ("非税收入缴款通知", "99992026112400000123", "训练市公安局", "120.00", "200.50", "合计", "320.50元"):
        assert part in joined
    for part in ("叁佰贰拾元伍角整", "2026-12-01", "PZ20261124000123", "656aa9", "本通知不作报销凭证", "手机银行"):
        assert part in joined
    assert "欧阳" not in text
    assert any("9999 2026 1124" in line for line in lines(notice(width)))


@pytest.mark.parametrize("make", [queue_ticket, notice])
@pytest.mark.parametrize("width", WIDTHS)
def test_training_and_reprints_are_marked(make: object, width: int) -> None:
    assert callable(make)
    assert not [line for line in lines(make(width)) if "训练模式" in line or "补打" in line]
    assert [line for line in lines(make(width, training=True)) if "训练模式" in line and "不作凭证" in line]
    assert [line for line in lines(make(width, copy=3)) if "【补打 3】" in line]


@pytest.mark.parametrize("make", [queue_ticket, notice])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_paper_and_every_command_is_known(make: object, width: int) -> None:
    assert callable(make)
    wide = 1
    for action in Parser().feed(make(width, 1, training=True).data):
        assert action.step is not Step.UNKNOWN
        if action.step is Step.SIZE:
            wide = (action.number >> 4) + 1
        if action.step is Step.TEXT:
            assert cells(action.data.decode("gb18030")) * wide * 12 <= width
        if action.step is Step.RASTER:
            assert action.number * 8 <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_to_pay_with_reads_back_from_the_paper_and_is_25_mm_wide(width: int) -> None:
    ticket = notice(width)
    picture = Image.open(io.BytesIO(render_png(ticket.data, width, FONT)))
    (code,) = [r for r in zxingcpp.read_barcodes(picture) if r.text == NOTICE.code]
    assert ticket.codes == (NOTICE.code,)
    assert code.position.top_right.x - code.position.top_left.x >= 25 * 8 - 8


def test_a_code_that_would_not_read_back_is_refused_before_anything_is_sent() -> None:
    ticket = notice()
    blank = Image.new("L", (400, 400), 255)
    out = io.BytesIO()
    blank.save(out, "PNG")
    with pytest.raises(BadInput) as refused:
        require_readable(out.getvalue(), ticket.codes)
    assert refused.value.code == "PRN-130"
    other = render_png(notice(code="99992026112400000124").data, 576, FONT)
    with pytest.raises(BadInput):
        require_readable(other, ticket.codes)
    require_readable(render_png(ticket.data, 576, FONT), ticket.codes)


@pytest.mark.parametrize("content", ["9" * 3500, "x" * 5000])
def test_a_code_too_long_for_the_paper_is_refused_in_words(content: str) -> None:
    with pytest.raises(BadInput) as refused:
        notice(384, qr=content)
    assert refused.value.code == "PRN-132"


def test_a_photo_is_printed_and_its_absence_is_told_with_what_to_do() -> None:
    with_photo, without = queue_ticket(photo=portrait_jpeg(width=300, height=400)), queue_ticket(photo_missing=True)
    rasters = [a for a in Parser().feed(with_photo.data) if a.step is Step.RASTER]
    assert next(a.number * 8 for a in rasters) == 168
    assert any("先到照相区照相" in line for line in lines(without))
    assert not any("先到照相区照相" in line for line in lines(with_photo))
    with pytest.raises(BadInput):
        queue_ticket(photo=b"no picture")


def test_a_torn_number_or_word_stays_whole_where_a_space_allows_it() -> None:
    assert wrapped("9999 2026 1124 0000 0123", 16) == ["9999 2026 1124 ", "0000 0123"]
    assert wrapped("请先到照相区照相，再来", 16) == ["请先到照相区照", "相，再来"]


@given(st.integers(1, 70), st.integers(1, 20))
def test_a_picture_of_any_width_has_no_black_edge(width: int, height: int) -> None:
    command = raster_command(Image.new("1", (width, height), 1))
    assert not any(command[8:])


@pytest.mark.parametrize(
    ("character", "zone"),
    [
        ("，", Zone.SYMBOLS),
        ("李", Zone.LEVEL_1),
        ("璐", Zone.LEVEL_2),
        ("喆", Zone.GBK_3),
        ("珺", Zone.GBK_4),
        ("〆", Zone.GBK_5),
        ("䶮", Zone.BEYOND_GBK),
        ("𬱖", Zone.BEYOND_GBK),
        ("\ue000", None),
        ("\ud800", None),
        ("\x1b", None),
    ],
)
def test_each_character_belongs_to_a_zone_or_is_trusted_to_no_printer(character: str, zone: Zone | None) -> None:
    assert zone_of(character) is zone
    assert EVERYTHING.spells(character) is (zone is not None)


@pytest.mark.parametrize("zones", [frozenset(), frozenset({Zone.LEVEL_1}), frozenset(Zone) - {Zone.GBK_4}, frozenset(Zone)])
def test_only_what_the_printer_was_seen_to_print_goes_out_as_text(zones: frozenset[Zone]) -> None:
    printer = TicketPrinter(576, FONT, Charset(zones))
    for text in ("ABC 123", "李王", "璐", "珺", "喆李", "𬱖", "A，"):
        steps = {a.step for a in Parser().feed(printer.line(text))}
        spelt = all(c.isascii() or zone_of(c) in zones for c in text)
        assert (Step.TEXT in steps) is spelt
        assert (Step.RASTER in steps) is not spelt


def test_a_character_without_a_glyph_is_named_and_nothing_is_printed() -> None:
    with pytest.raises(SetupFault) as refused:
        notice(payer="\ue000")
    assert refused.value.code == "FNT-102"


@given(st.text(min_size=1, max_size=12))
def test_a_masked_name_keeps_its_length_and_its_last_character(name: str) -> None:
    masked = masked_name(name)
    assert len(masked) == len(name)
    assert masked[-1] == name[-1]
    assert set(masked[:-1]) <= {"*"}


def test_a_ticket_kept_for_a_reprint_prints_the_same_and_knows_the_person_no_better() -> None:
    kept = QueueTicketFacts.from_json(replace(QUEUE, photo=b"\x00\xff").to_json())
    assert kept.fields(1, training=False) == QUEUE.fields(1, training=False)
    assert kept.photo == b"\x00\xff"
    again = PaymentNoticeFacts.from_json(NOTICE.to_json())
    assert again.fields(0, training=True) == NOTICE.fields(0, training=True)
    for text in (QUEUE.to_json(), NOTICE.to_json()):
        assert "欧阳" not in text
        assert "19900307" not in text
