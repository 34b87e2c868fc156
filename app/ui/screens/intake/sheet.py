"""One open matter as the window holds it: what is filled in, which step is in front, and what NEXT would do. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.domain.cases.case import Case, CaseMaterial, Draft, FieldValue, Provenance
from app.domain.fees import FeeOrder, Payer
from app.domain.matters.form import Role, Section
from app.domain.matters.matter import Matter
from app.intake.assessment import Assessment
from app.intake.cases import Submission
from app.intake.people import PersonPlace, people_of, person_places
from app.intake.signing import Signed, signed_of
from app.intake.typed import Slot, row_numbers

_IDENTITY = ("name", "type", "number")


class Way(Enum):
    """Where NEXT leads from the last step."""

    MEND = "mend"  # a field is blank or wrong
    REFUSE = "refuse"  # a rule forbids it: 不予受理
    WAIT = "wait"  # the back end is needed and does not answer
    TELL = "tell"  # a material is missing: 一次性告知
    SURE = "sure"  # the officer has to make sure of something
    ACCEPT = "accept"


@dataclass
class Sheet:
    """``sure``: (rule, row) that the officer made sure of. ``spare``: empty rows shown of sections that repeat."""

    draft_id: str
    matter: Matter
    fields: dict[str, FieldValue]
    assessment: Assessment
    papers: tuple[CaseMaterial, ...] = ()
    step: int = 0
    place: int = 0
    tried: set[str] = field(default_factory=set)
    sure: set[tuple[str, int]] = field(default_factory=set)
    spare: dict[str, set[int]] = field(default_factory=dict)
    unfinished: tuple[Case, ...] = ()
    fee: FeeOrder | None = None  # the last order
    asked_about: str = ""  # the number the back end's registers were asked about
    registers_silent: bool = False  # they did not answer

    @property
    def texts(self) -> dict[str, str]:
        """The fields as the rules read them."""
        return {key: value.value for key, value in self.fields.items()}

    @property
    def section(self) -> Section | None:
        """The section in front; None on the last step, 核对."""
        sections = self.matter.form.sections
        return sections[self.step] if self.step < len(sections) else None

    @property
    def places(self) -> tuple[PersonPlace, ...]:
        """The people that the form asks for."""
        return person_places(self.matter.form, self.texts)

    def rows(self, section: Section) -> tuple[int, ...]:
        """The rows of a section that are shown; (0,) for one that does not repeat."""
        if not section.rows:
            return (0,)
        return tuple(sorted({*row_numbers(section, self.texts), *self.spare.get(section.id, ())}))

    def slots(self, section: Section) -> Iterator[Slot]:
        """Every place to fill in of a section."""
        return (Slot(section, each, row) for row in self.rows(section) for each in section.fields)

    def value(self, key: str) -> FieldValue:
        """What stands there; blank by hand where nothing does."""
        return self.fields.get(key, FieldValue(""))

    @property
    def identities(self) -> frozenset[str]:
        """Keys of the fields that say who somebody is; they are filled from a document, or by hand with a reason."""
        own = (place for place in self.places if place.role is not None)
        return frozenset(p.by_detail[d].key for p in own for d in _IDENTITY if d in p.by_detail)

    @property
    def unreasoned(self) -> tuple[str, ...]:
        """Names typed by hand without a reason."""
        names = [place.by_detail["name"].key for place in self.places if place.role is not None]
        return tuple(key for key in names if _bare(self.value(key)))

    def problems(self, section: Section) -> tuple[str, ...]:
        """Keys of a section that NEXT cannot leave behind, in its order."""
        stand = {*self.assessment.wrong, *self.assessment.blank, *self.unreasoned}
        return tuple(slot.key for slot in self.slots(section) if slot.key in stand)

    @property
    def first_problem(self) -> tuple[int, str] | None:
        """Step and key."""
        for step, section in enumerate(self.matter.form.sections):
            for key in self.problems(section):
                return step, key
        return None

    @property
    def unsure(self) -> int:
        """How many things the officer still has to make sure of."""
        return sum((each.rule.id, each.row) not in self.sure for each in self.assessment.asking)

    @property
    def way(self) -> Way:
        """What stands in the way of 受理, the gravest first."""
        assessment = self.assessment
        if assessment.refusing:
            return Way.REFUSE
        if self.first_problem is not None:
            return Way.MEND
        if assessment.missing:
            return Way.TELL
        if assessment.blocked:
            return Way.WAIT
        return Way.SURE if self.unsure else Way.ACCEPT

    def applicant(self) -> tuple[str, str]:
        """Name and number as typed, "" where blank."""
        return applicant_in(self.matter, self.texts)

    @property
    def payer(self) -> Payer:
        """缴款人: the applicant."""
        return Payer(*self.applicant(), phone=self.texts.get("applicant_phone", ""))

    @property
    def signed(self) -> Signed | None:
        """The applicant's last signature on this form."""
        return signed_of(self.papers, self.texts)


@dataclass(frozen=True)
class OpenDraft:
    """A line of the list of drafts. ``here``: open in this window; others wait to be taken up."""

    draft: Draft
    matter: Matter
    name: str
    number: str
    here: bool


def applicant_in(matter: Matter, texts: Mapping[str, str]) -> tuple[str, str]:
    """The applicant's name and number of a draft."""
    section = next((s for s in matter.form.sections if s.role is Role.APPLICANT), None)
    if section is None:
        return "", ""
    keys = {
        detail: key for key in (f.id for f in section.fields) for detail in ("name", "number") if key.endswith(f"_{detail}")
    }
    return texts.get(keys.get("name", ""), ""), texts.get(keys.get("number", ""), "")


def submission_of(sheet: Sheet) -> Submission:
    """What the form says beyond its fields."""
    filling = sheet.assessment.filling
    unit = filling.values.get("unit_name")
    return Submission(
        people_of(sheet.matter.form, filling),
        organisation=unit if isinstance(unit, str) else "",
        by_post=filling.values.get("by_post") is True,
    )


def _bare(value: FieldValue) -> bool:
    return bool(value.value) and value.provenance is Provenance.HAND and not value.reason.strip()
