"""Drafts at the window: begin, type, park with what is missing, take up again or throw away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.cases.case import (
    CaseMaterial,
    Draft,
    FieldChange,
    FieldValue,
    Provenance,
    require_reason,
)
from app.domain.cases.matter import MatterFacts
from app.domain.errors import BadInput
from app.intake.journal import DraftJournal
from app.intake.matters import MatterSource
from app.store.drafts import DraftRows, Paper


class Drafts:
    """Thread: any; ``change`` never waits for the disk. Several drafts may be open at once."""

    def __init__(
        self, rows: DraftRows, journal: DraftJournal, matters: MatterSource, officer: str, audit: AuditLog
    ) -> None:
        self._rows = rows
        self._journal = journal
        self._matters = matters
        self._officer = officer
        self._audit = audit
        self._fields: dict[str, dict[str, FieldValue]] = {}

    def begin(self, matter_code: str) -> Draft:
        """A new draft of the matter's version in force. Raises BadInput for an unknown matter."""
        facts = self._matters.facts(matter_code)
        draft = self._rows.begin(facts.code, facts.version, self._officer)
        self._fields[draft.id] = {}
        return draft

    def prefill(self, draft_id: str, values: Mapping[str, str], provenance: Provenance) -> None:
        """What a card, the back end or an earlier case knows. A field that was filled before is left as it is."""
        known = self._known(draft_id)
        for name, value in values.items():
            if name not in known or not known[name].value:
                self.change(draft_id, name, FieldValue(value, provenance))

    def change(self, draft_id: str, name: str, now: FieldValue) -> None:
        """One field's new value. Raises BadInput CSE-104: a card's value is changed by hand only with a reason."""
        known = self._known(draft_id)
        change = FieldChange(name, now)
        require_reason(known.get(name), change)
        known[name] = now
        self._journal.note(draft_id, change)

    def draft(self, draft_id: str) -> Draft:
        """As it stands, with what is not on the disk yet. Raises StoreFault STO-110."""
        draft = self._rows.draft(draft_id)
        return replace(draft, fields={**draft.fields, **self._fields.get(draft_id, {})})

    def _known(self, draft_id: str) -> dict[str, FieldValue]:
        if draft_id not in self._fields:
            self._fields[draft_id] = dict(self._rows.draft(draft_id).fields)
        return self._fields[draft_id]

    def attach(self, draft_id: str, paper: Paper) -> CaseMaterial:
        """A paper, sealed on the disk when this returns. Raises StoreFault, BadInput CSE-107 for an empty one."""
        if not paper.data:
            raise BadInput("CSE-107")
        with self._audit.doing(Access(AuditEvent.PAPER_ADDED, draft_id, detail=paper.item)):
            return self._rows.keep_material(draft_id, paper, self._officer)

    def detach(self, material_id: str) -> None:
        """The officer throws one paper away. Raises NotAllowed CSE-106 when it belongs to a case."""
        self._rows.remove_material(material_id)

    def materials(self, draft_id: str) -> tuple[CaseMaterial, ...]:
        """Its papers."""
        return self._rows.materials(draft_id)

    def material_data(self, material_id: str) -> bytes:
        """One paper, byte for byte."""
        return self._rows.material_data(material_id)

    def park(self, draft_id: str, missing: tuple[str, ...]) -> Draft:
        """一次性告知: what the applicant is to bring. Raises BadInput CSE-108 for an empty list, NotAllowed CSE-105."""
        if not any(line.strip() for line in missing):
            raise BadInput("CSE-108")
        self._journal.flush()
        return self._rows.park(draft_id, missing)

    def unfinished(self) -> tuple[Draft, ...]:
        """Whatever was left open or parked, by whom ever, also by a program that was killed."""
        self._journal.flush()
        return self._rows.unfinished()

    def resume(self, draft_id: str) -> Draft:
        """恢复: the draft with the version of the matter it began with; where that is gone, with the one in force.

        A field that got another name keeps its value under the new one; a value no field asks for any more stays.
        """
        self._journal.flush()
        with self._audit.doing(Access(AuditEvent.DRAFT_OPENED, draft_id)):
            draft = self._rows.resume(draft_id)
        facts = self.facts_of(draft)
        if facts.version != draft.matter_version:
            draft = self._rows.carry_over(draft_id, facts.version, renamed(draft, facts))
        self._fields[draft_id] = dict(draft.fields)
        return draft

    def facts_of(self, draft: Draft) -> MatterFacts:
        """The matter as the draft knows it, or as it is in force where that version is gone."""
        try:
            return self._matters.facts(draft.matter_code, draft.matter_version)
        except BadInput:
            return self._matters.facts(draft.matter_code)

    def discard(self, draft_id: str) -> None:
        """丢弃: what was typed and scanned is erased. Raises NotAllowed CSE-105 when it is over already."""
        self._journal.flush()
        self._rows.discard(draft_id)
        self._fields.pop(draft_id, None)

    def forget(self, draft_id: str) -> None:
        """It has become a case: nothing of it need be in memory any more."""
        self._fields.pop(draft_id, None)


def renamed(draft: Draft, facts: MatterFacts) -> tuple[FieldChange, ...]:
    """The changes that carry a draft's values to the names of ``facts``; a value already under the new name wins."""
    return tuple(
        FieldChange(new, draft.fields[old])
        for old, new in facts.renamed.items()
        if old in draft.fields and not (new in draft.fields and draft.fields[new].value)
    )
