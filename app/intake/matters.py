"""What the intake needs of the catalogue of matters, whoever keeps it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from app.domain.cases.matter import Finding, MatterFacts


class MatterSource(Protocol):
    """The catalogue. Thread: any."""

    def facts(self, code: str, version: str = "") -> MatterFacts:
        """One matter, "" = the version in force. Raises BadInput for an unknown code or a version that is gone."""

    def findings(
        self, code: str, version: str, fields: Mapping[str, str], materials: Collection[str]
    ) -> tuple[Finding, ...]:
        """What the rules of that version say against accepting these fields and materials (ids of the catalogue)."""
