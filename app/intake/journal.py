"""The draft journal's writer: keystrokes are gathered for a moment and committed together, off the typing thread.

Thread: ``note`` never waits for the disk; one thread of its own commits. ``flush`` waits until all is on the disk.
"""

from __future__ import annotations

import threading

from app.domain.cases.case import FieldChange
from app.domain.errors import StoreFault
from app.store.drafts import DraftRows

# A keystroke waits this long for company; the commit itself follows at once (target: on the disk within 0.3 s).
GATHER_S = 0.1


class DraftJournal:
    """``close`` it: what is still in memory is written then."""

    def __init__(self, rows: DraftRows, gather_s: float = GATHER_S) -> None:
        self._rows = rows
        self._gather_s = gather_s
        self._changed = threading.Condition()
        self._waiting: dict[tuple[str, str], FieldChange] = {}
        self._writing = False
        self._hurry = False
        self._closing = False
        self._fault: StoreFault | None = None
        self._thread = threading.Thread(target=self._run, name="draft-journal")
        self._thread.start()

    @property
    def fault(self) -> StoreFault | None:
        """Why the last commit failed; None when it did not. What was to be written is kept and tried again."""
        with self._changed:
            return self._fault

    def note(self, draft_id: str, change: FieldChange) -> None:
        """A keystroke. Several in one field within a moment are one change: the last."""
        with self._changed:
            self._waiting.pop((draft_id, change.name), None)  # its place is now behind what was typed since
            self._waiting[draft_id, change.name] = change
            self._changed.notify_all()

    def flush(self) -> None:
        """Returns when everything noted so far is on the disk. Raises StoreFault; nothing is dropped then."""
        with self._changed:
            self._fault = None
            self._hurry = True
            self._changed.notify_all()
            while (self._waiting or self._writing) and self._fault is None and self._thread.is_alive():
                self._changed.wait()
            if self._fault is not None:
                raise self._fault

    def close(self) -> None:
        """Write what is left and end the thread. Raises StoreFault when it cannot be written. Twice is harmless."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()
        if self._waiting and self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if not self._closing:
                    self._changed.wait_for(lambda: self._hurry or self._closing, self._gather_s)
                batch, self._waiting = self._waiting, {}
                self._hurry, self._writing = False, True
                last = self._closing
            fault = self._commit(batch)
            with self._changed:
                self._writing, self._fault = False, fault
                if fault is not None:
                    self._waiting = {**batch, **self._waiting}  # what was typed meanwhile is newer
                self._changed.notify_all()
                if last:
                    return
                if fault is not None:
                    # The disk is full or gone: try again when somebody types or asks, and now and then.
                    self._changed.wait_for(lambda: self._hurry or self._closing, 1.0)

    def _commit(self, batch: dict[tuple[str, str], FieldChange]) -> StoreFault | None:
        if not batch:
            return None
        try:
            self._rows.note([(draft_id, change) for (draft_id, _), change in batch.items()])
        except StoreFault as fault:
            return fault
        return None
