"""What stands against accepting a draft: blank and wrong fields, rules, materials, provinces. Pure; sentences from data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.config.texts import Coded, error_text
from app.domain.cases.matter import Finding, FindingKind
from app.domain.errors import BadInput
from app.domain.expressions import Answer
from app.domain.matters.coverage import Coverage, Level, Service
from app.domain.matters.form import TODAY, Filling, Gap
from app.domain.matters.matter import Asked, Matter, Need
from app.domain.matters.rule import Finding as RuleFinding
from app.domain.matters.rule import Judgement, Rule, Verdict
from app.domain.matters.table import BackEnd
from app.intake.typed import Slot, Typed, key_of, typed

_ACROSS = "跨省通办"


@dataclass(frozen=True)
class Assessment:
    """``wrong``, ``blank``: by the draft's key. ``asked``: materials for this applicant; ``missing``: not handed in yet."""

    today: date
    read: Typed
    blank: tuple[str, ...]
    judgement: Judgement
    asked: tuple[Asked, ...]
    missing: tuple[Asked, ...]
    findings: tuple[Finding, ...]

    @property
    def filling(self) -> Filling:
        """The form as the rules see it."""
        return self.read.filling

    @property
    def wrong(self) -> Mapping[str, BadInput]:
        """Key → why its text means nothing."""
        return self.read.wrong

    def facts(self, slot: Slot) -> Mapping[str, Answer]:
        """What the conditions of one field are asked of: the form, its own row, today."""
        numbers = self.read.rows.get(slot.section.id, ())
        row = self.filling.rows[slot.section.id][numbers.index(slot.row)] if slot.row in numbers else {}
        return {**self.filling.values, **row, TODAY: self.today}

    @property
    def refusing(self) -> tuple[Rule, ...]:
        """The rules that forbid it."""
        return tuple(f.rule for f in self.judgement.findings if f.holds and f.rule.verdict is Verdict.REFUSE)

    @property
    def asking(self) -> tuple[RuleFinding, ...]:
        """What the officer must make sure of."""
        return tuple(f for f in self.judgement.findings if f.holds and f.rule.verdict is Verdict.ASK)

    @property
    def blocked(self) -> bool:
        """Whether it cannot be accepted as it stands."""
        return any(finding.blocks for finding in self.findings)


@dataclass(frozen=True)
class Circumstances:
    """What is true beside the form. ``reached``: whether the back end answers."""

    today: date
    language: str
    coverage: tuple[Coverage, ...]
    reached: bool


def assess(matter: Matter, texts: Mapping[str, str], items: Collection[str], around: Circumstances) -> Assessment:
    """``texts``: the draft's fields; ``items``: ids of the materials that are there. Never raises."""
    read = typed(matter.form, texts, around.today)
    gaps = matter.form.gaps(read.filling, around.today)
    blank = tuple(_key(gap, read) for gap in gaps if _key(gap, read) not in read.wrong)
    judgement = matter.judged(read.filling, around.today)
    asked = matter.materials_for(read.filling, around.today)
    missing = tuple(a for a in asked if a.certain and a.need is not Need.MAY and a.material.id not in items)
    say = _Sentences(matter, around.language)
    findings = (
        *(Finding(FindingKind.FIELD, key, say.plain(error)) for key, error in read.wrong.items()),
        *(say.blank(gap, key) for gap in gaps if (key := _key(gap, read)) not in read.wrong),
        *(say.rule(finding) for finding in judgement.findings),
        *(say.missing(each) for each in missing),
        *_around(matter, read.filling, around, say),
    )
    return Assessment(around.today, read, blank, judgement, asked, missing, findings)


def _key(gap: Gap, read: Typed) -> str:
    row = read.rows[gap.section.id][gap.row - 1] if gap.row else 0
    return key_of(gap.section, gap.field, row)


def _around(matter: Matter, filling: Filling, around: Circumstances, say: _Sentences) -> Iterator[Finding]:
    if not matter.offline and not around.reached:
        yield Finding(FindingKind.NOT_ELIGIBLE, "online", say.plain(BadInput("INT-104")))
    for name, service in _services(matter):
        province = filling.values.get(name)
        row = next((c for c in around.coverage if c.province == province), None)
        if row is not None and row.level(service) is not Level.ALL:
            code = "INT-105" if row.level(service) is Level.NONE else "INT-106"
            yield Finding(
                FindingKind.WARNING, name, say.plain(BadInput(code, **_province(matter, name, row))), str(row.source)
            )


def _services(matter: Matter) -> Iterator[tuple[str, Service]]:
    """The form's fields that name another province, and what is asked of that province."""
    ids = {field.id for field in matter.form.fields}
    if "home_province" in ids:
        yield "home_province", Service.ID_CARD
    across = not isinstance(matter.depths, BackEnd) and any(depth.name == _ACROSS for depth in matter.depths)
    if across and "from_province" in ids:
        yield "from_province", Service.MOVE


def _province(matter: Matter, name: str, row: Coverage) -> dict[str, str]:
    table = next(field.table for field in matter.form.fields if field.id == name)
    return {} if table is None else {lang: table.meaning(row.province, lang) or row.province for lang in ("zh", "en")}


class _Sentences:
    def __init__(self, matter: Matter, language: str) -> None:
        self._matter = matter
        self._language = language

    def plain(self, error: Coded) -> str:
        """What is wrong and what to do, without the code."""
        text = error_text(error, self._language)
        return f"{text.what} {text.next}" if not self._language.startswith("zh") else f"{text.what}{text.next}"

    def blank(self, gap: Gap, key: str) -> Finding:
        zh, en = gap.field.zh, gap.field.en
        if gap.row:
            zh, en = f"{gap.section.zh} {gap.row} {zh}", f"{gap.section.en} {gap.row}, {en}"
        return Finding(FindingKind.FIELD, key, error_text(BadInput("INT-101", zh=zh, en=en), self._language).what)

    def missing(self, asked: Asked) -> Finding:
        material = asked.material
        words = error_text(BadInput("INT-102", zh=material.zh, en=material.en), self._language).what
        return Finding(FindingKind.MISSING_MATERIAL, material.id, words, str(material.source))

    def rule(self, found: RuleFinding) -> Finding:
        rule = found.rule
        if not found.holds:
            fields = {f.id: f for f in self._matter.form.fields}
            lacking = [fields[name] for name in found.lacking if name in fields]
            names = {"zh": "、".join(f.zh for f in lacking), "en": ", ".join(f.en for f in lacking)}
            text = error_text(BadInput("INT-103", **names), self._language).what
            return Finding(FindingKind.WARNING, rule.id, text, str(rule.source))
        kind = FindingKind.NOT_ELIGIBLE if rule.verdict is Verdict.REFUSE else FindingKind.WARNING
        row = f"{found.row}: " if found.row else ""
        return Finding(kind, rule.id, row + rule.sentence(self._language), str(rule.source))
