"""What several matters share, read from catalogue files: code tables, sections of forms, materials, rules, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

from app.config.matter_rows import Row
from app.config.texts import whole_table
from app.domain.errors import BadInput
from app.domain.expressions import Answer, Expression, Type
from app.domain.matters.coverage import Coverage, Level, Service
from app.domain.matters.form import Field, FieldKind, Filling, Form, Origin, Prefill, Role, Section
from app.domain.matters.matter import Material
from app.domain.matters.reading import read_value
from app.domain.matters.rule import Rule, Verdict
from app.domain.matters.table import BackEnd, CodeTable, Named, Source

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)
_MOST_ROWS = 30


@dataclass(frozen=True)
class Workflow:
    """``online``: the step needs the back end's answer, so nothing is accepted without it."""

    name: Named
    online: bool


@dataclass(frozen=True)
class FieldRow:
    """A field as declared; conditions are compiled when the form is put together, for its names are the form's."""

    field: Field
    mandatory: bool | str
    asked: str
    row: Row


@dataclass(frozen=True)
class SectionRow:
    """A section as declared. ``specimen``: a complete filling of it, for examples, tests and training."""

    section: Section
    fields: tuple[FieldRow, ...]
    specimen: tuple[Mapping[str, Any], ...]
    row: Row


@dataclass(frozen=True)
class FormRow:
    """A form as declared: which sections, and what its specimen says otherwise than theirs."""

    sections: tuple[SectionRow, ...]
    specimen: Mapping[str, Any]
    today: date  # the day on which the specimen is complete
    row: Row


@dataclass(frozen=True)
class RuleExample:
    """``holds`` None: cannot be judged."""

    given: Mapping[str, Any]
    today: date
    holds: bool | None
    row: Row


@dataclass(frozen=True)
class RuleRow:
    """A rule as declared; compiled against the form of each matter that names it."""

    id: str
    when: str
    verdict: Verdict
    zh: str
    en: str
    source: Source
    each: str
    examples: tuple[RuleExample, ...]
    row: Row


class Shelf(Generic[_T]):
    """The parts of one kind by their id. ``kind`` is for messages."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._parts: dict[str, _T] = {}

    def put(self, row: Row, part_id: str, part: _T) -> None:
        """Raises BadInput MAT-104 for an id that is there already."""
        if part_id in self._parts:
            raise BadInput("MAT-104", file=row.file, place=row.place, kind=self._kind, id=part_id[:60])
        self._parts[part_id] = part

    def get(self, row: Row, part_id: str) -> _T:
        """Raises BadInput MAT-103 for an id that is not there; ``row`` is who asks."""
        if part_id not in self._parts:
            raise row.unknown(self._kind, part_id)
        return self._parts[part_id]

    def each(self, row: Row, ids: Iterable[str]) -> tuple[_T, ...]:
        """Several, each once. Raises BadInput MAT-103, MAT-105."""
        found = list(ids)
        if twice := {one for one in found if found.count(one) > 1}:
            name = ", ".join(sorted(twice))
            raise row.contradicts(f"{self._kind} {name} 写了两次", f"{self._kind} {name} is listed twice")
        return tuple(self.get(row, one) for one in found)

    def values(self) -> tuple[_T, ...]:
        """All, in the order of the files."""
        return tuple(self._parts.values())


@dataclass
class Parts:
    """Everything shared, filled file by file."""

    police_lines: Shelf[Named] = field(default_factory=lambda: Shelf("police_line"))
    workflows: Shelf[Workflow] = field(default_factory=lambda: Shelf("workflow"))
    documents: Shelf[Named] = field(default_factory=lambda: Shelf("paper"))
    tables: Shelf[CodeTable] = field(default_factory=lambda: Shelf("table"))
    sections: Shelf[SectionRow] = field(default_factory=lambda: Shelf("section"))
    forms: Shelf[FormRow] = field(default_factory=lambda: Shelf("form"))
    materials: Shelf[Material] = field(default_factory=lambda: Shelf("material"))
    coverage: Shelf[Coverage] = field(default_factory=lambda: Shelf("coverage"))
    rules: Shelf[RuleRow] = field(default_factory=lambda: Shelf("rule"))

    def role_section(self, row: Row, role: Role) -> SectionRow:
        """The one section of a role. Raises BadInput MAT-103."""
        for each in self.sections.values():
            if each.section.role is role:
                return each
        raise row.unknown("section", role.value)


def choice(row: Row, key: str, choices: type[_E], default: str | None = None) -> _E:
    """One of an enumeration's values. Raises BadInput MAT-102 naming those there are."""
    text = row.text(key, default)
    for one in choices:
        if one.value == text:
            return one
    known = ", ".join(str(one.value) for one in choices)
    raise row.wrong(f"{key} 只能是 {known}", f"{key} is one of {known}")


# -- readers, one a kind of part --------------------------------------------------------------------------


def _named(row: Row) -> Named:
    return Named(row.named(), row.text("zh"), row.text("en"))


def _police_line(row: Row, parts: Parts) -> None:
    part = _named(row)
    parts.police_lines.put(row, part.id, part)


def _paper(row: Row, parts: Parts) -> None:
    part = _named(row)
    row.source()
    parts.documents.put(row, part.id, part)


def _workflow(row: Row, parts: Parts) -> None:
    part = Workflow(_named(row), row.flag("online"))
    row.source()
    parts.workflows.put(row, part.name.id, part)


def _material(row: Row, parts: Parts) -> None:
    name = _named(row)
    part = Material(name.id, name.zh, name.en, row.source(), row.text("provider", ""))
    parts.materials.put(row, part.id, part)


def _table(row: Row, parts: Parts) -> None:
    name = _named(row)
    part = CodeTable(name.id, name.zh, name.en, row.text("standard"), _entries(row))
    parts.tables.put(row, part.id, part)


def _entries(row: Row) -> tuple[Named, ...] | BackEnd:
    if row.back_end("entries"):
        return BackEnd.FILLS
    if row.has("texts"):
        file, _, table = row.text("texts").partition(".")
        return tuple(Named(code, words["zh"], words["en"]) for code, words in whole_table(file)[table].items())
    entries = []
    for entry in row.many("entries"):
        if not (isinstance(entry, list) and len(entry) == 3 and all(isinstance(word, str) and word for word in entry)):
            raise row.wrong("entries 的每一项应为 [代码, 中文, 英文]", "every entry is [code, Chinese, English]")
        entries.append(Named(*entry))
    if len({entry.id for entry in entries}) != len(entries):
        raise row.contradicts("有代码写了两次", "a code is listed twice")
    return tuple(entries)


def _coverage(row: Row, parts: Parts) -> None:
    province = row.named("province")
    levels = tuple((service, choice(row, service.value, Level)) for service in Service)
    parts.coverage.put(row, province, Coverage(province, levels, row.source()))


def _section(row: Row, parts: Parts) -> None:
    name = _named(row)
    role = choice(row, "role", Role) if row.has("role") else None
    fields = tuple(_field(inner, parts) for inner in row.rows("field"))
    bare = Section(
        name.id,
        name.zh,
        name.en,
        tuple(f.field for f in fields),
        role,
        row.whole("rows", 0),
        row.flag("optional", False),
    )
    if not 0 <= bare.rows <= _MOST_ROWS:
        raise row.wrong(f"rows 应在 0 到 {_MOST_ROWS} 之间", f"rows is 0 to {_MOST_ROWS}")
    specimen = tuple(row.many("specimen")) if bare.rows else (row.table("specimen"),)
    parts.sections.put(row, name.id, SectionRow(bare, fields, specimen, row))


def _field(row: Row, parts: Parts) -> FieldRow:
    name = _named(row)
    kind = choice(row, "kind", FieldKind)
    mandatory = row.value("mandatory")
    if not isinstance(mandatory, bool | str):
        raise row.wrong("mandatory 应为 true、false 或条件", "mandatory is true, false or a condition")
    table = parts.tables.get(row, row.text("table")) if row.has("table") else None
    least, most = (row.whole(key) if row.has(key) else None for key in ("least", "most"))
    if (table is not None) is not (kind is FieldKind.CHOICE):
        raise row.contradicts(
            "代码表只用于 choice，且 choice 必须有代码表", "a choice has a table, and only a choice has one"
        )
    if kind is not FieldKind.NUMBER and (least is not None or most is not None):
        raise row.contradicts("只有 number 才有 least 和 most", "only a number has least and most")
    if least is not None and most is not None and least > most:
        raise row.contradicts("least 大于 most", "least is above most")
    part = Field(
        name.id,
        name.zh,
        name.en,
        kind,
        mandatory is True,
        row.source(),
        tuple(_prefill(row, text) for text in row.texts("prefill", needed=False)),
        table,
        row.text("unit", ""),
        least,
        most,
        row.whole("longest", 100),
    )
    asked = row.text("asked", "")
    row.finish()
    return FieldRow(part, mandatory, asked, row)


def _prefill(row: Row, text: str) -> Prefill:
    origin, _, detail = text.partition(":")
    if not detail or origin not in {o.value for o in Origin} - {Origin.HAND.value}:
        raise row.wrong(f"prefill {text} 不认识", f"prefill {text} is unknown")
    return Prefill(Origin(origin), detail)


def _form(row: Row, parts: Parts) -> None:
    form_id = row.named()
    sections = parts.sections.each(row, row.texts("sections"))
    parts.forms.put(row, form_id, FormRow(sections, row.table("specimen"), row.day("today"), row))


def _rule(row: Row, parts: Parts) -> None:
    rule_id = row.named()
    examples = tuple(_rule_example(inner) for inner in row.rows("examples"))
    part = RuleRow(
        rule_id,
        row.text("when"),
        choice(row, "verdict", Verdict),
        row.text("zh"),
        row.text("en"),
        row.source(),
        row.text("each", ""),
        examples,
        row,
    )
    if {True, False} - {example.holds for example in examples}:
        raise row.wrong("examples 须各有一个成立和不成立的例子", "examples need one that holds and one that does not")
    parts.rules.put(row, rule_id, part)


def _rule_example(row: Row) -> RuleExample:
    holds = row.value("holds")
    if holds not in {True, False, "unknown"}:
        raise row.wrong("holds 应为 true、false 或 unknown", "holds is true, false or unknown")
    part = RuleExample(row.table("given"), row.day("today"), None if holds == "unknown" else holds, row)
    row.finish()
    return part


# The order matters: what comes later names what came before.
READERS: dict[str, Callable[[Row, Parts], None]] = {
    "police_line": _police_line,
    "workflow": _workflow,
    "paper": _paper,
    "table": _table,
    "coverage": _coverage,
    "section": _section,
    "form": _form,
    "material": _material,
    "rule": _rule,
}


# -- put together ------------------------------------------------------------------------------------------


def read_given(form: Form, given: Mapping[str, Any], row: Row, each: str = "") -> dict[str, Answer]:
    """Typed values from a file's plain ones; "" leaves a field blank. Raises BadInput MAT-102, MAT-103."""
    fields = {f.id: f for s in form.sections if not s.rows or s.id == each for f in s.fields}
    values: dict[str, Answer] = {}
    for key, value in given.items():
        if key not in fields:
            raise row.unknown("field", key)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        try:
            values[key] = read_value(fields[key], text)
        except BadInput as error:
            raise row.wrong(f"{key} 的值无效（{error.code}）", f"the value of {key} is not valid ({error.code})") from error
    return values


def _conditioned(part: FieldRow, scope: Mapping[str, Type]) -> Field:
    mandatory: bool | Expression = (
        part.mandatory if isinstance(part.mandatory, bool) else part.row.compiled(part.mandatory, scope)
    )
    asked = part.row.compiled(part.asked, scope) if part.asked else None
    return replace(part.field, mandatory=mandatory, asked=asked)


def assembled(form_id: str, sections: tuple[SectionRow, ...], row: Row) -> Form:
    """The form of these sections, its conditions checked against its own fields.

    Raises BadInput MAT-105 for a field id used twice, MAT-121…128 for a condition.
    """
    bare = Form(form_id, tuple(s.section for s in sections))
    ids = [f.id for f in bare.fields]
    if twice := {one for one in ids if ids.count(one) > 1}:
        name = ", ".join(sorted(twice))
        raise row.contradicts(f"字段 {name} 出现两次", f"field {name} is there twice")
    whole = []
    for each in sections:
        scope = bare.scope(each.section.id)
        whole.append(replace(each.section, fields=tuple(_conditioned(f, scope) for f in each.fields)))
    return Form(form_id, tuple(whole))


def specimen_of(form: Form, sections: tuple[SectionRow, ...], own: FormRow) -> Filling:
    """A complete filling: each section's specimen, then what the form says otherwise; optional sections stay blank.

    Raises BadInput MAT-102, MAT-103, and MAT-106 when a mandatory field is blank in it.
    """
    values: dict[str, Answer] = {}
    rows: dict[str, tuple[Mapping[str, Answer], ...]] = {}
    for each in sections:
        if each.section.rows:
            rows[each.section.id] = tuple(read_given(form, r, each.row, each.section.id) for r in each.specimen)
        elif not each.section.optional:
            values |= read_given(form, each.specimen[0], each.row)
    filling = Filling({**values, **read_given(form, own.specimen, own.row)}, rows)
    if gaps := form.gaps(filling, own.today):
        names = ", ".join(gap.field.id for gap in gaps)
        raise BadInput("MAT-106", file=own.row.file, place=f"{own.row.place} › specimen", expected="∅", found=names[:200])
    return filling


def compiled_rule(part: RuleRow, form: Form, row: Row) -> Rule:
    """The rule for this form, its examples tried. Raises BadInput MAT-103, MAT-105, MAT-106, MAT-121…128."""
    if part.each and (form.section(part.each) is None or not _repeats(form, part.each)):
        raise row.unknown("section", part.each)
    condition = part.row.compiled(part.when, form.scope(part.each))
    if not condition.names:
        raise part.row.contradicts("条件不看任何字段", "the condition looks at no field")
    for example in part.examples:
        given = read_given(form, example.given, example.row, part.each)
        answer = condition.value({**given, "today": example.today})
        if answer is not example.holds:
            said = {True: "true", False: "false", None: "unknown"}
            expected, found = said[example.holds], said[answer if isinstance(answer, bool) else None]
            raise BadInput("MAT-106", file=part.row.file, place=example.row.place, expected=expected, found=found)
    return Rule(part.id, condition, part.verdict, part.zh, part.en, part.source, part.each)


def _repeats(form: Form, section_id: str) -> bool:
    section = form.section(section_id)
    return section is not None and section.rows > 0
