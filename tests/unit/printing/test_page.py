"""A4 pages: the words are in the file with their font, on A4, and the code to pay with reads back from the page."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from app.config.fonts import chinese_font
from app.config.texts import whole_table
from app.domain.errors import BadInput, SetupFault
from app.printing.page import PagePress
from app.printing.page_words import job_sentence, reason_sentence
from app.printing.template import load_template
from app.printing.tickets import PaymentItem, PaymentNoticeFacts
from devices.ports.page_printer import PageJob, PageJobState
from helpers.pictures import portrait_jpeg

PRESS = PagePress(chinese_font())
NOTICE = PaymentNoticeFacts(
    serial="PZ1",
    unit="训练市公安局",
    code="99992026112400000123",
    collecting_unit="训练市公安局",
    items=(PaymentItem("工本费（𬱖㐂）", "120.00 元/本", 1, 120_00),),
    issued="2026-11-24 09:40",
    deadline="2026-12-01",
    window="5",
    officer="zhang",
    channels=("银行柜面",),
)
A4_PT = (595.28, 841.89)


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    return "\n".join(pages)


def test_a_notice_on_a4_says_the_same_and_its_code_reads_back() -> None:
    pdf = PRESS.document(NOTICE.fields(2, training=True), load_template("payment-notice"))
    text = words(pdf)
    for part in ("非税收入缴款通知", "9999 2026 1124 0000 0123", "𬱖㐂", "壹佰贰拾元整", "训练模式", "补打 2", "120.00 元"):
        assert part in text
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_size() == pytest.approx(A4_PT, abs=1)
        picture = document[0].render(scale=3).to_pil()
    assert [r.text for r in zxingcpp.read_barcodes(picture)] == [NOTICE.code]


def test_the_font_travels_with_the_page() -> None:
    """Without it another machine's Chinese would be boxes."""
    pdf = PRESS.text("欧阳𬱖")
    assert b"/FontFile3" in pdf or b"/FontFile2" in pdf
    assert len(pdf) < 60_000, "a subset, not the whole font"


def test_long_text_goes_on_over_pages_and_loses_no_line() -> None:
    lines = [f"第 {n} 行" for n in range(150)]
    text = words(PRESS.text("\n".join(lines)))
    assert [line for line in lines if line not in text] == []


def test_a_picture_stands_on_the_page_whole() -> None:
    with pypdfium2.PdfDocument(PRESS.picture(portrait_jpeg(width=1200, height=800))) as document:
        width, height = document[0].get_size()
    assert width > height, "a wide picture lies on a wide page"
    with pytest.raises(BadInput):
        PRESS.picture(b"no picture")


def test_a_character_no_font_has_is_named() -> None:
    with pytest.raises(SetupFault) as refused:
        PRESS.text("\U0010fffd")
    assert refused.value.code == "FNT-102"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_state_and_every_listed_reason_has_a_sentence(language: str) -> None:
    for state in PageJobState:
        assert job_sentence(PageJob(1, state), language)
    for reason in whole_table("page_printing")["reasons"]:
        for ending in ("", "-error", "-warning", "-report"):
            assert reason_sentence(reason + ending, language) == reason_sentence(reason, language)


def test_a_reason_nobody_listed_is_shown_as_the_printer_sent_it() -> None:
    assert reason_sentence("vendor-flux-low-warning", "zh_CN") == "vendor-flux-low-warning"
    assert job_sentence(PageJob(1, PageJobState.STOPPED, ("media-jam-error",)), "zh_CN").endswith(
        "卡纸：请打开机盖取出纸张"
    )
