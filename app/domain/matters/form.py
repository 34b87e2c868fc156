"""Forms (表单): sections of fields, what each field may hold, where it is filled from, and who filled it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from app.domain.expressions import Answer, Expression, Kind, Type
from app.domain.matters.table import CodeTable, Source

TODAY = "today"  # the one name of an expression that is no field


class FieldKind(Enum):
    """How a field is asked for and read."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    CITIZEN_NUMBER = "citizen-number"  # 公民身份号码, GB 11643-1999
    DOCUMENT_NUMBER = "document-number"  # of another certificate: its shape depends on its kind
    CHOICE = "choice"
    ADDRESS = "address"
    PHONE = "phone"

    @property
    def value_kind(self) -> Kind:
        """What an expression sees."""
        special = {FieldKind.NUMBER: Kind.INTEGER, FieldKind.DATE: Kind.DATE, FieldKind.YES_NO: Kind.BOOLEAN}
        return special.get(self, Kind.TEXT)


class Role(Enum):
    """Who takes part (申请人、代办人、随迁人员). Each has its own section of the form."""

    APPLICANT = "applicant"
    AGENT = "agent"
    COMPANIONS = "companions"


class Origin(Enum):
    """Where the value of a field came from."""

    CARD = "card"
    BACK_END = "back-end"
    EARLIER_CASE = "earlier-case"
    DOCUMENT = "document"  # read from a material: a code, a licence, recognised print
    HAND = "hand"


@dataclass(frozen=True)
class Provenance:
    """``at``: ISO time. ``detail``: card field, interface or case. ``reason``: why a read value was changed by hand."""

    origin: Origin
    at: str
    detail: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Prefill:
    """One place a field may be filled from; ``detail`` names the card's field or the back end's interface."""

    origin: Origin
    detail: str


@dataclass(frozen=True)
class Field:
    """One field. ``mandatory``: always, never, or under a condition on other fields; ``asked``: None = always shown.

    ``least``, ``most``: of a number; ``longest``: characters of a text. ``table``: the codes of a choice.
    """

    id: str
    zh: str
    en: str
    kind: FieldKind
    mandatory: bool | Expression
    source: Source
    prefill: tuple[Prefill, ...] = ()
    table: CodeTable | None = None
    unit: str = ""
    least: int | None = None
    most: int | None = None
    longest: int = 100
    asked: Expression | None = None

    @property
    def type(self) -> Type:
        """What the static check of expressions knows of it."""
        return Type(self.kind.value_kind, self.table.codes if self.table is not None else None)

    def is_asked(self, facts: Mapping[str, Answer]) -> bool:
        """Whether it is shown, ``facts`` with ``today``; while its condition is unknown it is not."""
        return self.asked is None or self.asked.value(facts) is True

    def is_mandatory(self, facts: Mapping[str, Answer]) -> bool:
        """Whether it must be filled now."""
        if not self.is_asked(facts):
            return False
        return self.mandatory if isinstance(self.mandatory, bool) else self.mandatory.value(facts) is True


@dataclass(frozen=True)
class Section:
    """``role``: the person it is about (None: the matter). ``rows``: how many at most, 0 = exactly one.

    ``optional``: left blank altogether, or filled with its mandatory fields (an agent who is not there).
    """

    id: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    role: Role | None = None
    rows: int = 0
    optional: bool = False


@dataclass(frozen=True)
class Filling:
    """What stands in a form: typed values by field id, and rows of the sections that repeat. None and missing = blank."""

    values: Mapping[str, Answer] = field(default_factory=dict)
    rows: Mapping[str, tuple[Mapping[str, Answer], ...]] = field(default_factory=dict)

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"Filling({len(self.values)} fields)"


@dataclass(frozen=True)
class Gap:
    """A mandatory field that is blank; ``row``: of a repeating section, counted from 1, 0 elsewhere."""

    section: Section
    field: Field
    row: int = 0


@dataclass(frozen=True)
class Form:
    """``sections`` in the order in which they are shown; field ids are unique across all of them."""

    id: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in order."""
        return tuple(f for section in self.sections for f in section.fields)

    def section(self, section_id: str) -> Section | None:
        """By its id; None when the form has none of that name."""
        return next((s for s in self.sections if s.id == section_id), None)

    def scope(self, each: str = "") -> dict[str, Type]:
        """The names that a condition may use: ``today``, the fields that occur once, those of a row of section ``each``."""
        names = {TODAY: Type(Kind.DATE)}
        for section in self.sections:
            if not section.rows or section.id == each:
                names |= {f.id: f.type for f in section.fields}
        return names

    def gaps(self, filling: Filling, today: date) -> tuple[Gap, ...]:
        """Every mandatory field that is blank, in the order of the form."""
        facts: dict[str, Answer] = {**filling.values, TODAY: today}
        return tuple(gap for section in self.sections for gap in _gaps(section, facts, filling))


def _gaps(section: Section, facts: Mapping[str, Answer], filling: Filling) -> Iterator[Gap]:
    if section.rows:
        for number, row in enumerate(filling.rows.get(section.id, ()), 1):
            yield from _blank(section, {**facts, **row}, number)
    elif not section.optional or any(facts.get(f.id) is not None for f in section.fields):
        yield from _blank(section, facts, 0)


def _blank(section: Section, facts: Mapping[str, Answer], row: int) -> Iterator[Gap]:
    for each in section.fields:
        if each.is_mandatory(facts) and facts.get(each.id) is None:
            yield Gap(section, each, row)
