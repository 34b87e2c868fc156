"""History and statistics: the questions the windows ask about issued photos."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.records import DayCount, HistoryQuery
from app.store.rows import photo_of

__all__ = ["STATISTICS", "day_count_of", "history_query", "photo_of"]

STATISTICS = """
WITH worked AS (
    SELECT substr(started, 1, 10) AS day, count(*) AS sessions, 0 AS shots, 0 AS photos, 0 AS passed, 0 AS sent
    FROM sessions GROUP BY 1
    UNION ALL
    SELECT substr(taken, 1, 10), 0, count(*), 0, 0, 0 FROM shots GROUP BY 1
    UNION ALL
    SELECT day, 0, 0, count(*), sum(passed), 0 FROM photos GROUP BY 1
    UNION ALL
    SELECT photos.day, 0, 0, 0, 0, count(*) FROM outbox JOIN photos ON photos.number = outbox.photo_number
    WHERE outbox.kind = 'photo' AND outbox.state = 'sent' GROUP BY 1
)
SELECT day, sum(sessions) AS sessions, sum(shots) AS shots, sum(photos) AS photos, sum(passed) AS passed,
       sum(sent) AS sent
FROM worked WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day
"""


def day_count_of(row: Any) -> DayCount:
    """A row of ``STATISTICS``."""
    day = date.fromisoformat(row["day"])
    return DayCount(day, row["sessions"], row["shots"], row["photos"], row["passed"], row["sent"])


def history_query(query: HistoryQuery) -> tuple[str, tuple[Any, ...]]:
    """The statement for a query; every value is bound, none is written into the text."""
    conditions: list[tuple[str, tuple[Any, ...]]] = []
    if query.person:
        person = query.person.strip()
        conditions.append(("(person_name = ? OR id_number = ?)", (person, person.upper())))
    if query.number:
        conditions.append(("number = ?", (query.number.strip(),)))
    if query.account:
        conditions.append(("officer = ?", (query.account,)))
    if query.first_day:
        conditions.append(("day >= ?", (query.first_day.isoformat(),)))
    if query.last_day:
        conditions.append(("day <= ?", (query.last_day.isoformat(),)))
    if query.after:
        conditions.append(("rowid < (SELECT rowid FROM photos WHERE number = ?)", (query.after,)))
    where = " AND ".join(text for text, _ in conditions) or "1"
    values = tuple(value for _, bound in conditions for value in bound)
    return f"SELECT * FROM photos WHERE {where} ORDER BY rowid DESC LIMIT ?", (*values, query.limit)  # noqa: S608
