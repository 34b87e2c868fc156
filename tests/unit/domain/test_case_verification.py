"""核验, 投递, 揽收: which state waits for what, what may pass, and what stands in the node log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.workflows import workflow
from app.domain.cases.verification import (
    OriginalCheck,
    OriginalFound,
    Stage,
    findings_text,
    mail_number,
    mail_number_in,
    mail_text,
    offered,
    require_all_agree,
    shortcomings,
    states_of,
)
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.errors import BadInput, NotAllowed

S = CaseState


def test_a_stage_is_every_state_in_which_its_step_may_be_taken() -> None:
    found = {stage: set(states_of(stage, workflow())) for stage in Stage}
    assert found == {
        Stage.REVIEW: {S.SUBMITTED, S.SIGNED_FOR},
        Stage.VERIFY: {S.APPROVED},
        Stage.SEND: {S.HANDLED, S.SUSPENDED, S.DISAPPROVED},
        Stage.COLLECT: {S.DELIVERED, S.RETURNING},
    }


@given(st.lists(st.sampled_from(OriginalFound), max_size=5))
def test_nothing_passes_but_papers_that_all_agree(found: list[OriginalFound]) -> None:
    checks = [OriginalCheck(f"材料{number}", each) for number, each in enumerate(found)]
    wrong = [c for c in checks if c.found is not OriginalFound.AGREES]
    if not wrong:
        require_all_agree(checks)
        return
    with pytest.raises(NotAllowed) as refused:
        require_all_agree(checks)
    assert (refused.value.params["count"], refused.value.params["first"]) == (len(wrong), wrong[0].name)


def test_the_node_names_every_paper_and_the_reason_only_what_is_wrong() -> None:
    checks = (
        OriginalCheck("结婚证", OriginalFound.AGREES, scanned=True),
        OriginalCheck("户口簿", OriginalFound.DIFFERS),
        OriginalCheck("照片", OriginalFound.MISSING),
    )
    assert findings_text(checks) == "原件核验：结婚证 一致（已留存影像）；户口簿 不一致；照片 未提供原件"
    assert shortcomings(checks) == "户口簿：不一致；照片：未提供原件"
    assert shortcomings(checks[:1]) == ""


def test_the_post_s_number_is_read_from_the_label_and_found_again() -> None:
    number = mail_number(" ez 1234 5678 9cn\n")
    assert number == "EZ123456789CN"
    for event in (CaseEvent.DELIVER, CaseEvent.COLLECT):
        assert mail_number_in(mail_text(event, number)) == number
    assert mail_number_in("关键内容") == ""


@pytest.mark.parametrize("text", ["", "1234567", "邮件号12345678", "1" * 21, "EZ-12345678", "ＥＺ12345678"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        mail_number(text)
    assert refused.value.code == "CSE-141"


def test_uploaded_papers_are_compared_before_the_document_is_made() -> None:
    allowed = workflow().allowed(S.APPROVED)
    assert CaseEvent.HANDLE in offered(allowed, uploaded=False)
    assert CaseEvent.HANDLE not in offered(allowed, uploaded=True)
    assert offered(workflow().allowed(S.VERIFIED), uploaded=True) == (CaseEvent.HANDLE,)
