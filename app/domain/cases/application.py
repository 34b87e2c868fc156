"""Applications made online (渝快办) as they reach the window, and the answers the window owes for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from app.domain.cases.case import CasePerson

ONLINE = "online"  # 申报方式 of a case, and the origin of its papers


@dataclass(frozen=True)
class ApplicationPaper:
    """One uploaded material: ``digest`` is SM3 hex of its bytes, ``item`` the material's id in the catalogue."""

    id: str
    item: str
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True)
class OnlineApplication:
    """``number``: 办件编号. The same number comes again when the applicant adds papers (补正)."""

    number: str
    matter_code: str
    people: tuple[CasePerson, ...]
    papers: tuple[ApplicationPaper, ...]
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    organisation: str = ""
    by_post: bool = False


@dataclass(frozen=True)
class ApplicationPage:
    """``cursor``: where to go on. ``unreadable``: numbers of what nobody can make sense of; it holds up nobody else."""

    applications: tuple[OnlineApplication, ...]
    cursor: str
    unreadable: tuple[str, ...] = ()


class AnswerState(Enum):
    """How an answer stands."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True)
class CaseAnswer:
    """What a step at the window tells the platform; ``key`` is the step's own action, so it arrives once."""

    key: str
    number: str  # 办件编号
    document: Mapping[str, str] = field(repr=False)
    state: AnswerState = AnswerState.WAITING
    attempts: int = 0
    next_try: datetime | None = None
    last_error: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class ApplicationFault:
    """An application that could not be taken on here; ``code``: why."""

    number: str
    code: str
