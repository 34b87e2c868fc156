"""Rules (办理规则): a condition, what follows when it holds, and the sentence an officer reads; three-valued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.domain.expressions import Answer, Expression
from app.domain.matters.form import TODAY, Filling
from app.domain.matters.table import Source


class Verdict(Enum):
    """What a rule asks for when its condition holds; the officer decides in every case."""

    ASK = "ask"  # 须由民警核实
    WARN = "warn"  # 可以受理，请注意
    REFUSE = "refuse"  # 不予受理


_SEVERITY = (Verdict.ASK, Verdict.WARN, Verdict.REFUSE)


@dataclass(frozen=True)
class Rule:
    """``each``: the repeating section whose rows are judged one by one, "" = the form as a whole."""

    id: str
    condition: Expression
    verdict: Verdict
    zh: str
    en: str
    source: Source
    each: str = ""

    def sentence(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Finding:
    """``holds``: the condition is met; False: it cannot be judged before ``lacking`` (field ids) is filled.

    ``row``: of a repeating section, counted from 1; 0 elsewhere.
    """

    rule: Rule
    holds: bool
    lacking: tuple[str, ...] = ()
    row: int = 0


@dataclass(frozen=True)
class Judgement:
    """What the rules say of a filled form: those that hold and those that cannot be judged yet."""

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict | None:
        """The gravest of the rules that hold; None: nothing stands against it."""
        held = [finding.rule.verdict for finding in self.findings if finding.holds]
        return max(held, key=_SEVERITY.index, default=None)

    @property
    def open(self) -> bool:
        """Whether a rule still waits for a fact."""
        return any(not finding.holds for finding in self.findings)


def judged(rules: tuple[Rule, ...], filling: Filling, today: date) -> Judgement:
    """Every rule asked, in their order. Pure and total."""
    return Judgement(tuple(finding for rule in rules for finding in _findings(rule, filling, today)))


def _findings(rule: Rule, filling: Filling, today: date) -> Iterator[Finding]:
    rows = enumerate(filling.rows.get(rule.each, ()), 1) if rule.each else [(0, {})]
    for number, row in rows:
        facts: Mapping[str, Answer] = {**filling.values, **row, TODAY: today}
        answer = rule.condition.value(facts)
        if answer is True:
            yield Finding(rule, True, (), number)
        elif answer is None:
            lacking = sorted(name for name in rule.condition.names if facts.get(name) is None)
            yield Finding(rule, False, tuple(lacking), number)
