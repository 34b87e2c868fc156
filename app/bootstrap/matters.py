"""The catalogue of matters as the intake asks for it: facts of an entry, and what its rules say against accepting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from app.config.matters import Catalogue
from app.domain.cases.matter import Finding, FindingKind, MatterFacts
from app.domain.errors import BadInput
from app.domain.expressions import Answer
from app.domain.matters.form import Filling
from app.domain.matters.matter import Matter, Need
from app.domain.matters.reading import read_value
from app.domain.matters.rule import Verdict
from app.domain.matters.table import BackEnd


class CatalogueMatters:
    """Implements ``intake.matters.MatterSource``. Only the version in force is at hand. Thread: any."""

    def __init__(self, catalogue: Catalogue, language: str, today: Callable[[], date]) -> None:
        self._catalogue = catalogue
        self._language = language
        self._today = today

    def facts(self, code: str, version: str = "") -> MatterFacts:
        """Raises BadInput MAT-108 for an unknown code or a version that is gone."""
        matter = self._matter(code, version)
        return MatterFacts(
            code=matter.code,
            name=matter.zh,
            version=str(matter.version),
            line=matter.police_line.id,
            promised_days=None if isinstance(matter.days, BackEnd) else matter.days,
        )

    def findings(
        self, code: str, version: str, fields: Mapping[str, str], materials: Collection[str]
    ) -> tuple[Finding, ...]:
        """Fields that are blank or cannot mean what they say, materials that lack, rules that hold."""
        matter = self._matter(code, version)
        values, found = self._read(matter, fields)
        filling, today = Filling(values), self._today()
        for gap in matter.form.gaps(filling, today):
            name = gap.field.zh if self._language.startswith("zh") else gap.field.en
            found.append(Finding(FindingKind.FIELD, gap.field.id, name, str(gap.field.source)))
        for asked in matter.materials_for(filling, today):
            lacks = asked.certain and asked.need is not Need.MAY and asked.material.id not in materials
            if lacks:
                name = asked.material.name(self._language)
                found.append(Finding(FindingKind.MISSING_MATERIAL, asked.material.id, name, str(asked.material.source)))
        for finding in matter.judged(filling, today).findings:
            if finding.holds:
                rule = finding.rule
                kind = FindingKind.NOT_ELIGIBLE if rule.verdict is Verdict.REFUSE else FindingKind.WARNING
                found.append(Finding(kind, rule.id, rule.sentence(self._language), str(rule.source)))
        return tuple(found)

    def _matter(self, code: str, version: str) -> Matter:
        matter = self._catalogue.matter(code)
        if version not in {"", str(matter.version)}:
            raise BadInput("MAT-108", matter=code[:40])
        return matter

    def _read(self, matter: Matter, fields: Mapping[str, str]) -> tuple[dict[str, Answer], list[Finding]]:
        values: dict[str, Answer] = {}
        wrong: list[Finding] = []
        for field in matter.form.fields:
            try:
                values[field.id] = read_value(field, fields.get(field.id, ""))
            except BadInput as error:
                wrong.append(Finding(FindingKind.FIELD, field.id, error.code, str(field.source)))
        return values, wrong
