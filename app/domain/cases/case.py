"""办件 as values: people, a draft and its fields, the case, its node log, and what one event makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from app.domain.cases.deadline import TimeLimit, WorkCalendar
from app.domain.cases.matter import MatterFacts
from app.domain.cases.workflow import CaseClock, CaseEvent, CaseState, Workflow
from app.domain.errors import BadInput
from app.domain.person import RESIDENT_ID
from app.domain.records import Station


class PersonRole(Enum):
    """Who somebody is in a case (L5104)."""

    APPLICANT = "applicant"  # 申请人
    SUBJECT = "subject"  # 当事人, whom the matter is about; the applicant where nobody is named
    AGENT = "agent"  # 代办人
    ACCOMPANYING = "accompanying"  # 随迁人员
    HOST = "host"  # 被投靠人
    HOUSEHOLDER = "householder"  # 户主


@dataclass(frozen=True)
class CasePerson:
    """One person. Every text may be empty but the name; dates are None where unknown."""

    role: PersonRole
    name: str
    id_number: str = ""
    id_type: str = RESIDENT_ID  # a row of resources/travel/numbers.toml
    sex: str = ""
    ethnicity: str = ""
    birth_date: date | None = None
    phone: str = ""
    address: str = ""
    relation: str = ""

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"CasePerson({self.role.value}, …)"


class Provenance(Enum):
    """Where a field's value came from."""

    CARD = "card"
    BACKEND = "backend"
    EARLIER_CASE = "earlier_case"
    HAND = "hand"


@dataclass(frozen=True)
class FieldValue:
    """``reason``: why a hand changed what a card or the back end said."""

    value: str = field(repr=False)
    provenance: Provenance = Provenance.HAND
    reason: str = ""


@dataclass(frozen=True)
class FieldChange:
    """One entry of a draft's journal."""

    name: str
    now: FieldValue


def require_reason(before: FieldValue | None, change: FieldChange) -> None:
    """What a card said is changed by hand only with a reason. Raises BadInput CSE-104."""
    if before is None or before.provenance is not Provenance.CARD or before.value == change.now.value:
        return
    if change.now.provenance is Provenance.HAND and not change.now.reason.strip():
        raise BadInput("CSE-104", field=change.name)


class DraftState(Enum):
    """Where a draft stands."""

    OPEN = "open"
    PARKED = "parked"  # 材料不齐: the applicant was told what to bring
    ACCEPTED = "accepted"  # it is a case now
    REFUSED = "refused"  # 不予受理: it is a case now
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Draft:
    """Unfinished work of one window, with everything typed so far. ``missing``: 一次性告知 when parked."""

    id: str
    matter_code: str
    matter_version: str
    officer: str
    started: datetime
    updated: datetime
    state: DraftState
    fields: Mapping[str, FieldValue] = field(default_factory=dict, repr=False)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseMaterial:
    """One paper of a draft or case: its picture is sealed in the blob ``id``; ``digest`` is SM3 hex of the plain bytes."""

    id: str
    owner: str  # id of the draft, which is the case's id too
    item: str  # the material's id in the catalogue, "" = further papers
    name: str
    origin: str  # scanner, document camera, file, e-licence
    media_type: str
    size: int
    digest: str
    taken: datetime
    officer: str


@dataclass(frozen=True)
class NewCase:
    """What is to become a case. ``id``: the draft's, so that accepting it twice makes one case."""

    id: str
    matter: MatterFacts
    people: tuple[CasePerson, ...]
    fields: Mapping[str, FieldValue] = field(default_factory=dict, repr=False)
    channel: str = "window"  # 申报方式
    outside_number: str = ""  # 办件编号 given elsewhere, for what was applied for online
    organisation: str = ""
    by_post: bool = False

    def person(self, role: PersonRole) -> CasePerson | None:
        """The first of that role."""
        return next((person for person in self.people if person.role is role), None)


@dataclass(frozen=True)
class Case:
    """One 办件 as it stands. ``order``: in which order this workstation took cases on, whatever the clock said.

    ``promised_days`` are working days from ``submitted``; ``own_promise``: the catalogue's, not the track's.
    ``pause_days``: working days the clock stood. ``due_certain`` False: no holiday table for a year on the way.
    ``answered``: the day the office gave its answer.
    """

    order: int
    id: str
    number: str
    state: CaseState
    officer: str
    station: Station
    submitted: datetime
    track: str
    promised_days: int
    own_promise: bool
    due: date
    due_certain: bool
    content: NewCase
    pause_days: int = 0
    paused: date | None = None
    answered: date | None = None
    answered_at: datetime | None = None
    sent_back: int = 0

    @property
    def limit(self) -> TimeLimit:
        """Its time limit."""
        return TimeLimit(self.due, self.paused, self.answered)


@dataclass(frozen=True)
class CaseStep:
    """An event as an officer orders it. ``action``: names the press of the button; the same one again changes nothing."""

    event: CaseEvent
    action: str
    officer: str
    officer_name: str
    key_content: str = field(default="", repr=False)
    opinion: str = field(default="", repr=False)


@dataclass(frozen=True)
class BackendWord:
    """What the back end says of a case. ``event`` as the workflow names it in Chinese; ``sequence`` always rises."""

    sequence: int
    case_number: str
    event: str
    opinion: str = field(default="", repr=False)
    officer_name: str = ""


@dataclass(frozen=True)
class CaseNode:
    """One entry of the node log (L6473): 责任人、办理时限、操作时间、关键业务内容、审核或审批意见.

    ``recorded`` is what the clock said; ``number`` is the order that counts.
    """

    number: int
    step: CaseStep
    before: CaseState
    after: CaseState
    due: date
    recorded: datetime


def advance(case: Case, step: CaseStep, now: datetime, flow: Workflow, calendar: WorkCalendar) -> Case:
    """The case after an event: its state, and its time limit with the track, the pause and the answer.

    Raises NotAllowed CSE-101 for an event that does not belong to the state, BadInput CSE-102 for a missing opinion.
    """
    state = flow.after(case.state, step.event)
    rule = flow.events[step.event]
    if rule.needs_opinion and not step.opinion.strip():
        raise BadInput("CSE-102", event=rule.words.zh, event_en=rule.words.en)
    today = now.date()
    track = rule.track or case.track
    promised = case.promised_days if case.own_promise else flow.tracks[track].working_days
    paused, pause_days = case.paused, case.pause_days
    stands = flow.clock(state) is CaseClock.PAUSED
    if paused is not None and not stands:
        # A clock set back during the pause takes nothing away.
        pause_days, paused = pause_days + max(0, calendar.between(paused, today).days), None
    elif paused is None and stands:
        paused = today
    due = calendar.after(case.submitted.date(), promised + pause_days)
    answers = flow.answered(state) and not flow.answered(case.state)
    return replace(
        case,
        state=state,
        track=track,
        promised_days=promised,
        pause_days=pause_days,
        paused=paused,
        due=due.day,
        due_certain=due.certain,
        answered=today if answers else case.answered,
        answered_at=now if answers else case.answered_at,
        sent_back=case.sent_back + (step.event is CaseEvent.ASK_SUPPLEMENT),
    )


@dataclass(frozen=True)
class CasePlace:
    """Where and by whom a case is taken on."""

    officer: str
    station: Station


def begun(new: NewCase, place: CasePlace, now: datetime, flow: Workflow, calendar: WorkCalendar) -> Case:
    """A case at its first state, its time limit running from today. Its order and number come from the store."""
    promised = new.matter.promised_days
    days = flow.tracks[new.matter.track].working_days if promised is None else promised
    due = calendar.after(now.date(), days)
    return Case(
        order=0,
        id=new.id,
        number="",
        state=flow.first,
        officer=place.officer,
        station=place.station,
        submitted=now,
        track=new.matter.track,
        promised_days=days,
        own_promise=promised is not None,
        due=due.day,
        due_certain=due.certain,
        content=new,
    )
