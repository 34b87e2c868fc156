"""Fetches what the back end says of cases (办理过程, 办结, 不予受理) and moves them by it, each word once, in its order."""

from __future__ import annotations

from app.config.clock import Clock
from app.domain.cases.case import BackendWord
from app.domain.errors import NetworkFault
from app.store.cases import CaseRows, CaseRules
from app.sync.client import BackendClient
from app.sync.drain import DrainReport


class CaseFeed:
    """A lane of its own beside the outbox: neither holds the other up. Thread: one pass at a time."""

    def __init__(self, rows: CaseRows, client: BackendClient, rules: CaseRules, clock: Clock) -> None:
        self._rows = rows
        self._client = client
        self._rules = rules
        self._clock = clock

    def run_once(self) -> DrainReport:
        """Everything that was said since the last word heard. Raises StoreFault only when the store itself fails."""
        heard, stopped_by = 0, ""
        try:
            while words := self._news():
                for word in words:
                    self._rows.hear(word, self._rules)
                heard += len(words)
        except NetworkFault as error:
            stopped_by = error.code
        return DrainReport(heard, 0, stopped_by, self._clock.now())

    def _news(self) -> list[BackendWord]:
        last = self._rows.last_word()
        return [word for word in self._client.case_words(last) if word.sequence > last]
