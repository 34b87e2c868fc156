"""The catalogue's synchronisation: the back end's part comes once for each revision and is kept for offline days."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.config.clock import Clock
from app.config.matter_answers import FILE, answers_in, kept_answers
from app.domain.errors import BadInput, NetworkFault, StoreFault
from app.security.files import make_private_folder, write_private
from app.sync.client import BackendClient
from app.sync.drain import DrainReport


class CatalogueFeed:
    """``told`` hears that a new revision is on the disk. Thread: one pass at a time."""

    def __init__(self, client: BackendClient, folder: Path, told: Callable[[], None], clock: Clock) -> None:
        self._client = client
        self._folder = folder
        self._told = told
        self._clock = clock

    def run_once(self) -> DrainReport:
        """One question; nothing is written while the revision is the one kept."""
        new, stopped_by = 0, ""
        try:
            text = self._client.matter_answers(self._kept())
            if text:
                answers_in(text)
                make_private_folder(self._folder)
                write_private(self._folder / FILE, text)
                self._told()
                new = 1
        except (NetworkFault, BadInput, StoreFault) as error:
            stopped_by = error.code
        return DrainReport(new, 0, stopped_by, self._clock.now())

    def _kept(self) -> str:
        """A file that cannot be read is asked for afresh."""
        try:
            return kept_answers(self._folder)[0]
        except BadInput:
            return ""
