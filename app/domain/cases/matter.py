"""What a case needs to know of a matter (事项): plain facts of one version of one catalogue entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class MatterFacts:
    """``promised_days``: 承诺办理期限 in working days, None = the limit of the track. ``renamed``: names that fields of
    former versions had → the names they have now.
    """

    code: str
    name: str
    version: str
    line: str  # 警种
    workflow: str = "window-matter"
    track: str = "on_the_spot"
    promised_days: int | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)


class FindingKind(Enum):
    """What the catalogue's rules say against accepting."""

    MISSING_MATERIAL = "missing_material"
    FIELD = "field"  # empty, or cannot mean what it says
    NOT_ELIGIBLE = "not_eligible"  # a rule of the matter forbids it: 不予受理
    WARNING = "warning"  # the officer decides


@dataclass(frozen=True)
class Finding:
    """``subject``: a material's or field's id; ``text``: the officer's sentence; ``source``: where the rule stands."""

    kind: FindingKind
    subject: str
    text: str
    source: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of 受理."""
        return self.kind is not FindingKind.WARNING
