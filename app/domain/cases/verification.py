"""核验: the originals an applicant brings, against what was uploaded; 投递 and 揽收 with the post's number (L8663–8670)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.domain.cases.workflow import CaseEvent, CaseState, Workflow
from app.domain.errors import BadInput, NotAllowed

# The source names no form for the post's number (邮件号): letters and digits, as long as any carrier's.
_MAIL = re.compile(r"[A-Z0-9]{8,20}")


class OriginalFound(Enum):
    """What the officer found holding the original beside what was uploaded."""

    UNSEEN = "unseen"
    AGREES = "agrees"  # 一致
    DIFFERS = "differs"  # 不一致
    MISSING = "missing"  # 未提供


# Of the node log, which is kept in Chinese whatever the window speaks.
_FOUND = {
    OriginalFound.UNSEEN: "未核验",
    OriginalFound.AGREES: "一致",
    OriginalFound.DIFFERS: "不一致",
    OriginalFound.MISSING: "未提供原件",
}


@dataclass(frozen=True)
class OriginalCheck:
    """One uploaded paper. ``scanned``: the original was put beside it as a picture, not only seen."""

    name: str
    found: OriginalFound
    scanned: bool = False


class Stage(Enum):
    """Which step of the window an online application waits for; the value is the event that ends it."""

    REVIEW = CaseEvent.ACCEPT
    VERIFY = CaseEvent.VERIFY
    SEND = CaseEvent.DELIVER
    COLLECT = CaseEvent.COLLECT


def states_of(stage: Stage, flow: Workflow) -> tuple[CaseState, ...]:
    """The states in which the stage's event may happen."""
    return tuple(state for state in flow.states if (state, stage.value) in flow.steps)


def offered(allowed: tuple[CaseEvent, ...], *, uploaded: bool) -> tuple[CaseEvent, ...]:
    """What a window offers of ``allowed``: uploaded papers are compared with the originals before 业务办理 (L8666)."""
    waits = uploaded and CaseEvent.VERIFY in allowed
    return tuple(event for event in allowed if not (waits and event is CaseEvent.HANDLE))


def require_all_agree(checks: Iterable[OriginalCheck]) -> None:
    """核验通过 only when every original was found to agree. Raises NotAllowed CSE-140 (``count``, ``first``)."""
    others = [check for check in checks if check.found is not OriginalFound.AGREES]
    if others:
        raise NotAllowed("CSE-140", count=len(others), first=others[0].name)


def findings_text(checks: Iterable[OriginalCheck]) -> str:
    """关键业务内容 of the node: each paper and what was found."""
    words = [f"{c.name} {_FOUND[c.found]}{'（已留存影像）' if c.scanned else ''}" for c in checks]
    return "原件核验：" + "；".join(words) if words else "原件核验：无上传材料"


def shortcomings(checks: Iterable[OriginalCheck]) -> str:
    """What the applicant must be told, "" for nothing: the draft of a reason that the officer may change."""
    wrong = [c for c in checks if c.found in {OriginalFound.DIFFERS, OriginalFound.MISSING}]
    return "；".join(f"{c.name}：{_FOUND[c.found]}" for c in wrong)


def mail_number(text: str) -> str:
    """The post's number in capitals, without blanks. Raises BadInput CSE-141."""
    number = "".join(text.split()).upper()
    if not _MAIL.fullmatch(number):
        raise BadInput("CSE-141")
    return number


def mail_text(event: CaseEvent, number: str) -> str:
    """关键业务内容 of 投递 and 揽收."""
    return f"{'揽收' if event is CaseEvent.COLLECT else '投递'}邮件号：{number}"


def mail_number_in(key_content: str) -> str:
    """The number a former node wrote, "" where it wrote none."""
    _, _, number = key_content.rpartition("邮件号：")
    return number if _MAIL.fullmatch(number) else ""
