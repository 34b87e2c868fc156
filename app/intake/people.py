"""Who appears in a case, out of the filled form; which groups of its fields are about one person each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.config.travel import number_kinds
from app.domain.cases.case import CasePerson, PersonRole
from app.domain.expressions import Answer
from app.domain.matters.form import Filling, Form, Origin, Role, Section
from app.domain.person import RESIDENT_ID
from app.intake.typed import Slot, row_numbers

# The fields about a person begin with one of these; of several subjects the first that the form has.
_ROLES = {
    "applicant": PersonRole.APPLICANT,
    "agent": PersonRole.AGENT,
    "joiner": PersonRole.SUBJECT,
    "settler": PersonRole.SUBJECT,
    "child": PersonRole.SUBJECT,
    "adoptee": PersonRole.SUBJECT,
    "removed": PersonRole.SUBJECT,
    "subject": PersonRole.SUBJECT,
    "certified": PersonRole.SUBJECT,
    "holder": PersonRole.SUBJECT,
    "driver": PersonRole.SUBJECT,
    "host": PersonRole.HOST,
    "head": PersonRole.HOUSEHOLDER,
    "companion": PersonRole.ACCOMPANYING,
}


def people_of(form: Form, filling: Filling) -> tuple[CasePerson, ...]:
    """Everybody with a name, the applicant first; 随迁人员 one by one."""
    found = []
    for prefix, role in _ROLES.items():
        rows = filling.rows.get("companions", ()) if role is PersonRole.ACCOMPANYING else (filling.values,)
        taken = role is PersonRole.SUBJECT and any(person.role is role for person in found)
        for facts in () if taken else rows:
            person = _person(prefix, role, facts)
            if person is not None:
                found.append(person)
    return tuple(found)


def _person(prefix: str, role: PersonRole, facts: Mapping[str, Answer]) -> CasePerson | None:
    def text(name: str) -> str:
        value = facts.get(f"{prefix}_{name}")
        return value if isinstance(value, str) else ""

    if not text("name"):
        return None
    born = facts.get(f"{prefix}_birth")
    return CasePerson(
        role,
        text("name"),
        text("number"),
        kind_of_certificate(text("document")) if text("document") else RESIDENT_ID,
        sex=text("sex"),
        ethnicity=text("nation"),
        birth_date=born if isinstance(born, date) else None,
        phone=text("phone"),
        address=text("address"),
        relation=text("relation"),
    )


def kind_of_certificate(code: str) -> str:
    """The kind of number that a certificate of GA/T 517 bears; "" for one that has none of ours."""
    return next((kind.id for kind in number_kinds().values() if code in kind.certificates), "")


def certificate_of(kind: str, number: str) -> str:
    """证件种类 of a number's kind; the residence permits of Hong Kong, Macao and Taiwan bear citizen numbers."""
    if kind == RESIDENT_ID and number[:2] in {"81", "82"}:
        return "551"
    if kind == RESIDENT_ID and number[:2] == "83":
        return "552"
    row = number_kinds().get(kind)
    return row.certificates[0] if row is not None and row.certificates else "999"


@dataclass(frozen=True)
class PersonPlace:
    """The fields of a form that are about one person: what a card says of them → where it goes.

    ``role``: None where the matter's own sections ask for somebody (被投靠人, 父亲).
    """

    section: Section
    row: int
    role: Role | None
    by_detail: Mapping[str, Slot]

    @property
    def id(self) -> str:
        """Tells one place from another."""
        return self.by_detail["name"].key

    def title(self, language: str) -> str:
        """申请人, 代办人, 随迁人员 2, 父亲姓名."""
        chinese = language.startswith("zh")
        if self.role is None:
            field = self.by_detail["name"].field
            return field.zh if chinese else field.en
        name = self.section.zh if chinese else self.section.en
        return f"{name} {self.row}" if self.row else name


def person_places(form: Form, names: Mapping[str, object]) -> tuple[PersonPlace, ...]:
    """Every person the form asks for whom a card can tell of, roles first; one empty row of 随迁人员 at the end."""
    found = [place for section in form.sections for place in _places(section, names)]
    order = {Role.APPLICANT: 0, Role.AGENT: 1, Role.COMPANIONS: 2, None: 3}
    return tuple(sorted(found, key=lambda place: order[place.role]))


def _places(section: Section, names: Mapping[str, object]) -> Iterator[PersonPlace]:
    numbers: tuple[int, ...] = (0,)
    if section.rows:
        taken = row_numbers(section, names)
        free = max(taken, default=0) + 1
        numbers = (*taken, *([free] if len(taken) < section.rows else []))
    for row in numbers:
        groups: dict[str, dict[str, Slot]] = {}
        for field in section.fields:
            detail = next((p.detail for p in field.prefill if p.origin is Origin.CARD), "")
            if detail:
                prefix = field.id.rpartition("_")[0]
                groups.setdefault(prefix, {})[detail] = Slot(section, field, row)
        yield from (PersonPlace(section, row, section.role, group) for group in groups.values() if "name" in group)
