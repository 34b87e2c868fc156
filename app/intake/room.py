"""The intake room, furnished: drafts, cases and export over one store, and the journal's end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.config.clock import Clock
from app.config.settings import Settings
from app.config.workflows import work_calendar, workflow
from app.domain.numbering import NumberingRule
from app.domain.records import Officer, Station
from app.intake.cases import Cases
from app.intake.drafts import Drafts
from app.intake.journal import DraftJournal
from app.intake.listing import CaseExport
from app.intake.matters import MatterSource
from app.store.cases import CaseRules
from app.store.store import Store


@dataclass(frozen=True)
class Intake:
    """What a window needs to take matters in. ``close`` it before the store: it writes what was typed last."""

    drafts: Drafts
    cases: Cases
    export: CaseExport
    journal: DraftJournal

    def close(self) -> None:
        """Raises StoreFault when what was typed last cannot be written. Twice is harmless."""
        self.journal.close()


@dataclass(frozen=True)
class IntakePlace:
    """Who works here and where; ``station`` is asked anew for every case."""

    officer: Officer
    station: Callable[[], Station]
    language: str


def case_rules(settings: Settings) -> CaseRules:
    """What cases go by here. Raises BadInput CFG-110 for an unusable numbering rule, CSE-120/121 for damaged tables."""
    return CaseRules(workflow(), work_calendar(), NumberingRule(settings.text("cases.numbering")))


def open_intake(store: Store, matters: MatterSource, settings: Settings, place: IntakePlace, clock: Clock) -> Intake:
    """Raises BadInput CFG-110 for an unusable numbering rule, CSE-120/121 for damaged tables."""
    rules = case_rules(settings)
    journal = DraftJournal(store.drafts)
    drafts = Drafts(store.drafts, journal, matters, place.officer.account, store.audit)
    soon = settings.number("cases.due_soon_days")
    cases = Cases(store.cases, drafts, matters, rules, place.officer, place.station, clock, soon, store.audit)
    return Intake(drafts, cases, CaseExport(store.cases, rules.flow, place.officer, clock, place.language), journal)
