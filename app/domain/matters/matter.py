"""One window matter (事项) as the catalogue declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.domain.expressions import Answer, Expression
from app.domain.matters.form import TODAY, Filling, Form, Role
from app.domain.matters.rule import Judgement, Rule, Verdict, judged
from app.domain.matters.table import BackEnd, Named, Source


class Need(Enum):
    """Whether a material must be handed in."""

    MUST = "must"  # 必交
    MAY = "may"  # 选交
    WHEN = "when"  # 视情形


@dataclass(frozen=True)
class Material:
    """``provider``: who can give it electronically (IRS), "" where the source names nobody."""

    id: str
    zh: str
    en: str
    source: Source
    provider: str = ""

    def name(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class MaterialNeed:
    """``when``: the condition of a WHEN; None for the others."""

    material: Material
    need: Need
    when: Expression | None = None


@dataclass(frozen=True)
class Asked:
    """A material for this applicant: ``certain`` False while a fact that decides is unknown."""

    material: Material
    need: Need
    certain: bool


@dataclass(frozen=True)
class FeeItem:
    """A fee in fen (分); ``code`` is the back end's (执收项目)."""

    code: str
    name: str
    fen: int


@dataclass(frozen=True)
class Depth:
    """办理深度 by the table that lists the matter."""

    name: str
    source: Source


@dataclass(frozen=True)
class Example:
    """Inputs on top of the form's specimen → what the rules must say. ``rules``: ids that hold, in order.

    ``open_rules``: ids that cannot be judged; ``materials``: ids asked for with certainty, None = not looked at.
    """

    title: str
    filling: Filling
    today: date
    verdict: Verdict | None
    rules: tuple[str, ...] = ()
    open_rules: tuple[str, ...] = ()
    materials: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Matter:
    """``code``: this workstation's; ``official_code`` the back end's (事项编码). ``number``: as the source counts.

    ``materials_open``: the source does not give the whole list, the back end completes it. ``days``: promised working days
    (承诺时限). ``offline``: may be accepted while the back end cannot be reached.
    """

    code: str
    version: int
    number: int
    police_line: Named
    zh: str
    en: str
    initials: str
    source: Source
    official_code: str | BackEnd
    depths: tuple[Depth, ...] | BackEnd
    roles: tuple[Role, ...]
    form: Form
    materials: tuple[MaterialNeed, ...]
    materials_open: bool
    rules: tuple[Rule, ...]
    days: int | BackEnd
    fees: tuple[FeeItem, ...] | BackEnd
    documents: tuple[Named, ...]
    workflow: Named
    offline: bool
    examples: tuple[Example, ...]
    file: str  # the catalogue's file, and where in it
    place: str

    def name(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en

    def judged(self, filling: Filling, today: date) -> Judgement:
        """What the rules say. Pure and total."""
        return judged(self.rules, filling, today)

    def materials_for(self, filling: Filling, today: date) -> tuple[Asked, ...]:
        """The materials this applicant is asked for, in the order of the entry."""
        facts: Mapping[str, Answer] = {**filling.values, TODAY: today}
        asked = []
        for each in self.materials:
            answer = True if each.when is None else each.when.value(facts)
            if answer is not False:
                asked.append(Asked(each.material, each.need, answer is True))
        return tuple(asked)
