"""The inspection trail for the windows: find, look, annotate, override, count, export."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from app.config.texts import check_name
from app.desk.place import DeskPlace
from app.domain.errors import BadInput
from app.domain.judgement import Verdict
from app.domain.records import Role
from app.domain.trail import TrailEntry, TrailQuery, TrailSummary
from app.store.store import Store

_PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_COLUMNS = {
    "zh": "时间,部门,设备,照片类型,受理编号,身份证号码,检测结果,说明,特检原因,耗时（毫秒）,策略,文件大小,操作员,人工改判",
    "en": "Time,Department,Device,Photo type,Number,ID number,Verdict,Reasons,Special inspection,Duration (ms),Strategy,"
    "File size,Officer,Overridden",
}


def masked(id_number: str) -> str:
    """First six and last two stay readable."""
    return id_number if len(id_number) < 10 else f"{id_number[:6]}{'*' * (len(id_number) - 8)}{id_number[-2:]}"


class TrailDesk:
    """Thread: any. Raises what the store raises."""

    def __init__(self, store: Store, place: DeskPlace) -> None:
        self._store = store
        self._place = place

    def find(self, query: TrailQuery) -> tuple[TrailEntry, ...]:
        """One page, newest first."""
        return self._store.trail.find(query)

    def summary(self, query: TrailQuery) -> TrailSummary:
        """Counts over all pages."""
        return self._store.trail.summary(query)

    def picture(self, entry_id: int) -> bytes:
        """The judged picture as it was."""
        return self._store.trail.picture(entry_id)

    def annotate(self, entry_id: int, text: str) -> TrailEntry:
        """Raises NotAllowed TRL-101."""
        return self._store.trail.annotate(entry_id, self._place.officer.account, text)

    def override(self, entry_id: int, verdict: Verdict, reason: str) -> TrailEntry:
        """Raises NotAllowed TRL-102."""
        return self._store.trail.override(entry_id, self._place.officer.account, verdict, reason)

    def shown_number(self, entry: TrailEntry) -> str:
        """The ID number as this officer may read it in lists and files."""
        number = entry.draft.applicant.id_number
        return number if self._place.officer.role is Role.ADMINISTRATOR else masked(number)

    def export(self, query: TrailQuery, path: Path) -> int:
        """Every page as CSV with a byte-order mark (Excel, WPS); how many rows. Raises BadInput TRL-103 unwritable."""
        language = "zh" if self._place.language.startswith("zh") else "en"
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(_COLUMNS[language].split(","))
        rows, after = 0, 0
        while page := self._store.trail.find(TrailQuery(**{**vars(query), "after": after, "limit": _PAGE})):
            for entry in page:
                writer.writerow([_harmless(cell) for cell in self._row(entry)])
            rows, after = rows + len(page), page[-1].id
        try:
            path.write_bytes(text.getvalue().encode("utf-8-sig"))
        except OSError as error:
            raise BadInput("TRL-103", path=str(path), reason=error.strerror or "") from error
        return rows

    def _row(self, entry: TrailEntry) -> tuple[str, ...]:
        draft, language = entry.draft, self._place.language
        changed = "; ".join(f"{o.before.value}→{o.after.value} {o.officer}: {o.reason}" for o in entry.overrides)
        return (
            entry.recorded.isoformat(sep=" ", timespec="seconds"),
            f"{draft.station.station_name} {draft.station.region_code}",
            draft.device,
            draft.standard_id,
            draft.number,
            self.shown_number(entry),
            entry.verdict.value,
            "; ".join(check_name(reason, language) for reason in draft.reasons),
            draft.special_reason,
            f"{entry.duration_ms:.0f}",
            draft.strategy,
            str(draft.size),
            draft.officer,
            changed,
        )


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is quoted."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
