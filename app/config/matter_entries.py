"""One ``[[matter]]`` of a catalogue file → a matter, checked against itself, with its examples tried."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from app.config.matter_parts import Parts, SectionRow, assembled, choice, compiled_rule, read_given, specimen_of
from app.config.matter_rows import BACK_END, Row
from app.domain.errors import BadInput
from app.domain.matters.filling import MOST_DAYS, MOST_FEN
from app.domain.matters.form import Filling, Form, Role
from app.domain.matters.matter import Depth, Example, FeeItem, MaterialNeed, Matter, Need
from app.domain.matters.rule import Rule, Verdict
from app.domain.matters.search import initials
from app.domain.matters.table import BackEnd

CODE = re.compile(r"[A-Z]{2,6}-[A-Z0-9]{1,12}")
_ACCEPT = "accept"


@dataclass(frozen=True)
class Composed:
    """A form as one matter shows it, and a complete filling of it."""

    form: Form
    specimen: Filling


class Entries:
    """Reads matters; forms that several share are put together once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._composed: dict[tuple[str, tuple[Role, ...]], Composed] = {}
        self._compiled: dict[tuple[str, int], Rule] = {}

    def read(self, row: Row) -> Matter:
        """The matter of a row. Raises BadInput MAT-102…106, MAT-121…128."""
        code = row.named("code")
        if not CODE.fullmatch(code):
            raise row.wrong("code 应为 2–6 个大写字母、- 和数字", "code is 2–6 capitals, a hyphen, digits")
        roles = self._roles(row)
        composed = self._form(row, roles)
        materials, materials_open = self._materials(row, composed.form)
        workflow = self._parts.workflows.get(row, row.text("workflow"))
        offline = row.flag("offline")
        if offline and workflow.online:
            raise row.contradicts("流程须联网，却允许离线受理", "the workflow needs the back end, yet offline is true")
        zh = row.text("zh")
        matter = Matter(
            code=code,
            version=_at_least(row, "version", 1),
            number=_at_least(row, "number", 1),
            police_line=self._parts.police_lines.get(row, row.text("police_line")),
            zh=zh,
            en=row.text("en"),
            initials=row.text("initials", initials(zh) or "?"),
            source=row.source(),
            official_code=BackEnd.FILLS if row.back_end("official_code") else row.text("official_code"),
            depths=_depths(row),
            roles=roles,
            form=composed.form,
            materials=materials,
            materials_open=materials_open,
            rules=self._rules(row, composed.form),
            days=_days(row),
            fees=_fees(row),
            documents=self._parts.documents.each(row, row.texts("documents")),
            workflow=workflow.name,
            offline=offline,
            examples=(),
            file=row.file,
            place=row.place,
        )
        examples = tuple(_example(inner, composed) for inner in row.rows("examples"))
        row.finish()
        if not examples:
            raise row.wrong("examples 至少要有一个例子", "examples: at least one")
        for number, example in enumerate(examples, 1):
            _try(matter, example, row, number)
        return replace(matter, examples=examples)

    def _roles(self, row: Row) -> tuple[Role, ...]:
        names = row.texts("roles")
        roles = tuple(role for role in Role if role.value in names)
        if len(roles) != len(names):
            raise row.wrong(
                f"roles 只能是 {[r.value for r in Role]}，各一次", f"roles: each of {[r.value for r in Role]} once"
            )
        if Role.APPLICANT not in roles:
            raise row.contradicts("没有申请人", "there is no applicant")
        return roles

    def _form(self, row: Row, roles: tuple[Role, ...]) -> Composed:
        """Applicant first, then what the matter asks, companions, the agent last."""
        form_id = row.text("form")
        if (form_id, roles) not in self._composed:
            own = self._parts.forms.get(row, form_id)
            people = {role: self._parts.role_section(row, role) for role in roles}
            order = (people[Role.APPLICANT], *own.sections, *(people.get(r) for r in (Role.COMPANIONS, Role.AGENT)))
            sections: tuple[SectionRow, ...] = tuple(s for s in order if s is not None)
            form = assembled(form_id, sections, own.row)
            self._composed[form_id, roles] = Composed(form, specimen_of(form, sections, own))
        return self._composed[form_id, roles]

    def _rules(self, row: Row, form: Form) -> tuple[Rule, ...]:
        rules = []
        for part in self._parts.rules.each(row, row.texts("rules")):
            key = (part.id, id(form))  # forms live as long as this reader
            if key not in self._compiled:
                self._compiled[key] = compiled_rule(part, form, row)
            rules.append(self._compiled[key])
        return tuple(rules)

    def _materials(self, row: Row, form: Form) -> tuple[tuple[MaterialNeed, ...], bool]:
        listed = row.many("materials")
        opened = BACK_END in listed
        needs = tuple(self._need(row, each, form) for each in listed if each != BACK_END)
        ids = [need.material.id for need in needs]
        if len(set(ids)) != len(ids):
            raise row.contradicts("同一材料写了两次", "a material is listed twice")
        return needs, opened

    def _need(self, row: Row, listed: Any, form: Form) -> MaterialNeed:
        if not isinstance(listed, dict):
            raise row.wrong("materials 的每一项应为表或“from the back end”", "a material is a table or “from the back end”")
        inner = row.inner(listed, "materials")
        material = self._parts.materials.get(inner, inner.named())
        when = inner.condition("when", form.scope()) if inner.has("when") else None
        need = Need.WHEN if when is not None else choice(inner, "need", Need)
        inner.finish()
        if need is Need.WHEN and when is None:
            raise inner.contradicts("视情形的材料没有条件", "a conditional material has no condition")
        return MaterialNeed(material, need, when)


def _at_least(row: Row, key: str, least: int) -> int:
    number = row.whole(key)
    if number < least:
        raise row.wrong(f"{key} 至少为 {least}", f"{key} is at least {least}")
    return number


def _depths(row: Row) -> tuple[Depth, ...] | BackEnd:
    if row.back_end("depth"):
        return BackEnd.FILLS
    depths = []
    for inner in row.rows("depth"):
        depths.append(Depth(inner.text("name"), inner.source()))
        inner.finish()
    return tuple(depths)


def _days(row: Row) -> int | BackEnd:
    if row.back_end("days"):
        return BackEnd.FILLS
    days = row.whole("days")
    if not 0 <= days <= MOST_DAYS:
        raise row.wrong(f"days 应在 0 到 {MOST_DAYS} 之间", f"days is 0 to {MOST_DAYS}")
    return days


def _fees(row: Row) -> tuple[FeeItem, ...] | BackEnd:
    if row.back_end("fees"):
        return BackEnd.FILLS
    fees = []
    for inner in row.rows("fees"):
        fen = inner.whole("fen")
        if not 0 <= fen <= MOST_FEN:
            raise inner.wrong("fen 应为以分计的金额", "fen is an amount in fen")
        fees.append(FeeItem(inner.text("code"), inner.text("name"), fen))
        inner.finish()
    return tuple(fees)


def _example(row: Row, composed: Composed) -> Example:
    values = {**composed.specimen.values, **read_given(composed.form, row.table("given"), row)}
    rows = dict(composed.specimen.rows)
    for section_id, given in row.table("rows").items():
        section = composed.form.section(section_id)
        if section is None or not section.rows:
            raise row.unknown("section", section_id)
        rows[section_id] = tuple(read_given(composed.form, one, row, section_id) for one in given)
    known = (_ACCEPT, *(v.value for v in Verdict))
    said = row.text("verdict")
    if said not in known:
        raise row.wrong(f"verdict 只能是 {', '.join(known)}", f"verdict is one of {', '.join(known)}")
    example = Example(
        row.text("title", said),
        Filling(values, rows),
        row.day("today"),
        None if said == _ACCEPT else Verdict(said),
        row.texts("rules", needed=False),
        row.texts("open", needed=False),
        row.texts("materials") if row.has("materials") else None,
    )
    row.finish()
    return example


def _try(matter: Matter, example: Example, row: Row, number: int) -> None:
    """Raises BadInput MAT-106 when the rules say something else than the example."""
    judgement = matter.judged(example.filling, example.today)
    held = tuple(f.rule.id for f in judgement.findings if f.holds)
    waiting = tuple(f.rule.id for f in judgement.findings if not f.holds)
    asked = tuple(a.material.id for a in matter.materials_for(example.filling, example.today) if a.certain)
    expected = (example.verdict, example.rules, example.open_rules, example.materials)
    found = (judgement.verdict, held, waiting, asked if example.materials is not None else None)
    if expected != found:
        raise BadInput(
            "MAT-106",
            file=row.file,
            place=f"{row.place} › examples {number}",
            expected=_words(*expected),
            found=_words(*found),
        )


def _words(verdict: Verdict | None, held: tuple[str, ...], waiting: tuple[str, ...], asked: tuple[str, ...] | None) -> str:
    parts = [verdict.value if verdict is not None else _ACCEPT, *held, *(f"{one}?" for one in waiting)]
    return ", ".join(parts) + ("" if asked is None else f"; {', '.join(asked)}")
