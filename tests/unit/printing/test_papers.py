"""Documents of a case: every blank is known, everything said is on the page, rare characters print, long texts go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pypdfium2
import pytest

from app.config.fonts import chinese_font
from app.config.matters import shipped_catalogue
from app.config.workflows import work_calendar, workflow
from app.domain.cases.case import (
    Case,
    CaseMaterial,
    CaseNode,
    Draft,
    DraftState,
    FieldValue,
    PersonRole,
    Provenance,
    begun,
)
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import BadInput, SetupFault
from app.domain.printing import PrintKind
from app.printing.charset import EVERYTHING
from app.printing.forms import PageMarks
from app.printing.page import PagePress
from app.printing.papers import (
    KNOWN_BLANKS,
    CaseFolder,
    CaseWriter,
    DraftFolder,
    PrintedBy,
    blanks_of,
    paper_template,
    papers,
)
from app.printing.raster import page_pictures
from app.printing.ticket import TicketPrinter
from helpers.cases import CERTIFICATE, PLACE, new_case, order, person

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PRESS = PagePress(chinese_font())
BY = PrintedBy("张某", "zhang", "训练派出所", "T0001", NOW)
MEANINGS = {("sex", "2"): "女", ("nation", "01"): "汉族"}
WRITER = CaseWriter(
    workflow(),
    lambda table, code: MEANINGS.get((table, code), code),
    {"purpose": ("用途", ""), "child_sex": ("性别", "sex")}.get,
)
FIELDS = {
    "purpose": FieldValue("公证", Provenance.HAND),
    "child_sex": FieldValue("2", Provenance.CARD),
    "post_name": FieldValue("收件人甲"),
    "died_at": FieldValue("训练市训练路1号"),
}


def folder(state: CaseState = CaseState.ACCEPTED, opinion: str = "材料不符", **changes: object) -> CaseFolder:
    people = (person(), person(PersonRole.AGENT, "代办乙", 2, phone="13000000000"))
    new = replace(new_case(CERTIFICATE, people=people), fields=FIELDS)
    case: Case = replace(begun(new, PLACE, NOW, workflow(), work_calendar()), number="SL202611260001", state=state)
    case = replace(case, **changes)  # type: ignore[arg-type]  # a test names its fields
    event = CaseEvent.REFUSE if state is CaseState.NOT_ACCEPTED else CaseEvent.ASK_SUPPLEMENT
    node = CaseNode(1, order(event, opinion=opinion), CaseState.SUBMITTED, state, case.due, NOW)
    paper = CaseMaterial("M1", case.id, "id", "身份证复印件", "scanner", "image/jpeg", 3, "00", NOW, "zhang")
    return CaseFolder(case, (node,), (paper,))


def written(of: CaseFolder | None = None, copy: int = 0) -> dict[str, str]:
    return WRITER.case(of or folder(), BY, copy, training=True)


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    return "".join("\n".join(pages).split())


@pytest.mark.parametrize("paper_id", list(papers()))
def test_every_blank_of_every_template_is_one_that_is_filled(paper_id: str) -> None:
    assert blanks_of(paper_template(paper_id)) - KNOWN_BLANKS == set()
    assert set(written()) == KNOWN_BLANKS


@pytest.mark.parametrize("paper_id", list(papers()))
def test_every_document_names_the_case_the_station_and_the_mark_of_training(paper_id: str) -> None:
    text = words(PRESS.document(written(copy=2), paper_template(paper_id)))
    for part in ("SL202611260001", "训练派出所", "训练模式", "补打2", "张某"):
        assert part in text, part


def test_every_document_belongs_to_a_state_that_there_is() -> None:
    names = {state.value for state in CaseState} | {"draft"}
    for paper in papers().values():
        assert paper.states
        assert paper.states <= names
        assert paper.name("en") != paper.name("zh_CN")
        if paper.ticket:
            assert PrintKind(paper.id)


def test_documents_have_the_ids_and_names_of_the_catalogue_s_papers() -> None:
    listed = {paper.id: paper.zh for matter in shipped_catalogue().matters for paper in matter.documents}
    ours = {"unnatural-death", "case-form"}  # asked for by the requirement, listed with no matter
    assert set(papers()) - set(listed) == ours


def test_the_resident_form_says_what_the_card_said_in_words_and_who_gave_it() -> None:
    text = words(PRESS.document(written(), paper_template("resident-form")))
    for part in ("欧阳𬱖", "女", "汉族", "1990年3月7日", "用途", "公证", "录入", "证件"):
        assert part in text, part


def test_a_refusal_gives_its_reason() -> None:
    refused = folder(CaseState.NOT_ACCEPTED, "年满20周岁，不符合变更民族成份的条件")
    assert "年满20周岁，不符合变更民族成份的条件" in words(
        PRESS.document(written(refused), paper_template("refusal-notice"))
    )


def test_what_goes_back_is_called_by_its_name_on_the_slip_for_the_post() -> None:
    assert written(folder(CaseState.HANDLED))["parcel"] != written(folder(CaseState.SUSPENDED))["parcel"]
    assert "收件人甲" in words(PRESS.document(written(folder(CaseState.HANDLED)), paper_template("delivery-slip")))


def test_a_parked_draft_s_notice_lists_all_that_is_missing() -> None:
    missing = tuple(f"第{n}项材料" for n in range(1, 40))
    draft = Draft(
        "D1", "RK-001", "1", "zhang", NOW, NOW, DraftState.PARKED, {"applicant_name": FieldValue("欧阳𬱖")}, missing
    )
    blanks = WRITER.draft(DraftFolder(draft, "夫妻投靠落户"), BY, 0, training=False)
    pdf = PRESS.document(blanks, paper_template("one-time-notice"))
    text = words(pdf)
    assert [line for line in missing if line not in text] == []
    assert "欧阳𬱖：" in text
    assert len(page_pictures(pdf)) > 1


def test_a_long_reason_goes_on_over_pages_and_loses_nothing() -> None:
    reason = "".join(chr(0x4E00 + n) for n in range(1400))
    text = words(PRESS.document(written(folder(CaseState.NOT_ACCEPTED, reason)), paper_template("refusal-notice")))
    # A page's foot stands between two pages' parts of it.
    assert len([c for c in reason if c not in text]) == 0


def test_a_cell_with_tabs_and_line_breaks_stays_one_cell() -> None:
    strange = folder(CaseState.NOT_ACCEPTED, "一\t二\n三")
    assert "一 二 三" in written(strange)["node_rows"]
    assert written(strange)["node_rows"].count("\t") == 3


def test_the_watermark_says_who_printed_it_and_stands_on_every_page() -> None:
    marks = PageMarks(BY.watermark, "办件登记表")
    fields = {**written(), "field_rows": "\n".join(f"{n}\t项\t值\t录入" for n in range(40))}
    pdf = PRESS.document(fields, paper_template("case-form"), marks)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = ["".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))]
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "张某zhangT00012026-11-2609:30:00" in text
        assert f"第{number}页" in text
    plain = words(PRESS.document(fields, paper_template("case-form")))
    assert "2026-11-2609:30:00" not in plain


def test_a_rare_character_prints_in_a_cell_and_one_nobody_has_is_named() -> None:
    rare = folder()
    people = (person(name="𠮷𬱖㐂"),)
    rare = replace(rare, case=replace(rare.case, content=replace(rare.case.content, people=people)))
    assert "𠮷𬱖㐂" in words(PRESS.document(written(rare), paper_template("resident-form")))
    with pytest.raises(SetupFault) as refused:
        PRESS.document({**written(), "subject_name": "\U0010fffd"}, paper_template("resident-form"))
    assert (refused.value.code, refused.value.params["code_point"]) == ("FNT-102", "U+10FFFD")


def test_what_the_first_font_lacks_is_set_in_the_next_that_has_it() -> None:
    from pathlib import Path

    latin = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    assert "欧阳𬱖" in words(PagePress(latin, (chinese_font(),)).text("Name 欧阳𬱖"))
    with pytest.raises(SetupFault):
        PagePress(latin).text("欧阳")


def test_the_receipt_is_one_template_for_ticket_and_page() -> None:
    ticket = TicketPrinter(576, chinese_font(), EVERYTHING).job(written(), paper_template("acceptance-receipt"))
    assert b"SL202611260001" in ticket.data
    assert ticket.codes == ("SL202611260001", "SL202611260001")
    page = words(PRESS.document(written(), paper_template("acceptance-receipt")))
    for part in ("受理回执", "1.身份证复印件", "户籍信息证明"):
        assert part in page
    masked = written()["applicant_masked"]
    assert "*" in masked
    assert person().id_number not in page, "a receipt gets lost"


def test_a_due_day_that_no_holiday_table_covers_says_so() -> None:
    assert "节假日未定" in written(folder(due=date(2031, 1, 1), due_certain=False))["due"]


def test_what_is_no_pdf_has_no_preview() -> None:
    with pytest.raises(BadInput):
        page_pictures(b"no pdf")
