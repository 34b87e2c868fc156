"""History and statistics for the windows: what was issued, by person, number, account and day."""

from __future__ import annotations

from datetime import date

from app.domain.audit import Access, AuditEvent
from app.domain.records import DayCount, HistoryQuery, PhotoRecord, ShotRecord
from app.store.store import Store


class Records:
    """A reading view of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history(self, query: HistoryQuery) -> tuple[PhotoRecord, ...]:
        """Newest first; ``query.after`` pages on without skipping rows that arrive meanwhile."""
        found = self._store.history(query)
        self._store.audit.note(
            Access(
                AuditEvent.PHOTOS_FOUND,
                person=query.person if query.person[:1].isdigit() else "",
                detail=f"{len(found)} rows",
            )
        )
        return found

    def photo(self, number: str) -> PhotoRecord:
        """One photo's record. Raises StoreFault STO-110 for an unknown number."""
        return self._store.photo(number)

    def photo_image(self, number: str) -> bytes:
        """The issued JPEG."""
        self._store.audit.note(Access(AuditEvent.PHOTO_SEEN, number, self._store.photo(number).applicant.id_number))
        return self._store.read_photo(number)

    def shots_of(self, record: PhotoRecord) -> tuple[ShotRecord, ...]:
        """Every shot of the photo's session."""
        return self._store.shots(record.session_id)

    def statistics(self, first_day: date, last_day: date) -> tuple[DayCount, ...]:
        """统计: one row a day that had work, oldest first."""
        return self._store.statistics(first_day, last_day)
