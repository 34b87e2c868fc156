"""The inspection trail for the windows: find, look, annotate, override, count, export."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from app.config.texts import check_name
from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput
from app.domain.judgement import Verdict
from app.domain.person import masked
from app.domain.records import Role
from app.domain.trail import TrailEntry, TrailQuery, TrailSummary
from app.imaging.decode import thumbnail
from app.store.store import Store
from app.tables.cells import harmless

_PAGE = 500

_COLUMNS = {
    "zh": "时间,部门,网点,设备,照片类型,受理编号,身份证号码,拍摄时间,上传时间,检测结果,说明,特检原因,耗时（毫秒）,策略,"
    "文件大小,操作员,各工位,人工改判,标注",
    "en": "Time,Department,Station,Device,Photo type,Number,ID number,Taken,Uploaded,Verdict,Reasons,Special inspection,"
    "Duration (ms),Strategy,File size,Officer,Stations,Overridden,Notes",
}
_VERDICTS = {
    "zh": {"pass": "合格", "warn": "合格（提醒）", "fail": "不合格", "unknown": "无法判定", "pending": "待检"},
    "en": {"pass": "passed", "warn": "passed, look", "fail": "not passed", "unknown": "cannot tell", "pending": "pending"},
}
_STATIONS = {
    "zh": {"algorithm": "算法检测", "backend": "后端检测", "manual": "人工检测", "issue": "照片入库"},
    "en": {"algorithm": "algorithm", "backend": "back end", "manual": "by hand", "issue": "photo library"},
}


class TrailDesk:
    """Thread: any. Raises what the store raises."""

    def __init__(self, store: Store, place: DeskPlace) -> None:
        self._store = store
        self._place = place

    def find(self, query: TrailQuery) -> tuple[TrailEntry, ...]:
        """One page, newest first."""
        found = self._store.trail.find(query)
        self._store.audit.note(Access(AuditEvent.TRAIL_FOUND, detail=f"{len(found)} rows"))
        return found

    def summary(self, query: TrailQuery) -> TrailSummary:
        """Counts over all pages."""
        return self._store.trail.summary(query)

    def picture(self, entry_id: int) -> bytes:
        """The judged picture as it was."""
        self._store.audit.note(Access(AuditEvent.TRAIL_PICTURE_SEEN, str(entry_id)))
        return self._store.trail.picture(entry_id)

    def original(self, entry: TrailEntry) -> bytes | None:
        """The camera's picture an issued photo was made of; None for a raw shot, which is its own, and where unknown."""
        if not entry.draft.shot_id or entry.draft.shot_id == entry.draft.blob:
            return None
        return self._store.trail.original(entry.id)

    def thumbnail(self, entry_id: int, max_px: int) -> bytes:
        """A small JPEG of the judged picture, longest side ``max_px``."""
        return thumbnail(self._store.trail.picture(entry_id), max_px)

    def annotate(self, entry_id: int, text: str) -> TrailEntry:
        """Raises NotAllowed TRL-101."""
        with self._store.audit.doing(Access(AuditEvent.TRAIL_ANNOTATED, str(entry_id))):
            return self._store.trail.annotate(entry_id, self._place.officer.account, text)

    def override(self, entry_id: int, verdict: Verdict, reason: str) -> TrailEntry:
        """Raises NotAllowed TRL-102."""
        with self._store.audit.doing(Access(AuditEvent.VERDICT_OVERRIDDEN, str(entry_id), detail=verdict.value)):
            return self._store.trail.override(entry_id, self._place.officer.account, verdict, reason)

    def shown_number(self, entry: TrailEntry) -> str:
        """The ID number as this officer may read it in lists and files."""
        number = entry.draft.applicant.id_number
        return number if self._place.officer.role is Role.ADMINISTRATOR else masked(number)

    def export(self, query: TrailQuery, path: Path) -> int:
        """Every page as CSV with a byte-order mark (Excel, WPS); how many rows. Raises BadInput TRL-103 unwritable."""
        with self._store.audit.doing(Access(AuditEvent.TRAIL_EXPORTED)):
            return self._export(query, path)

    def _export(self, query: TrailQuery, path: Path) -> int:
        language = "zh" if self._place.language.startswith("zh") else "en"
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(_COLUMNS[language].split(","))
        rows, after = 0, 0
        while page := self._store.trail.find(TrailQuery(**{**vars(query), "after": after, "limit": _PAGE})):
            for entry in page:
                writer.writerow([harmless(cell) for cell in self._row(entry)])
            rows, after = rows + len(page), page[-1].id
        try:
            path.write_bytes(text.getvalue().encode("utf-8-sig"))
        except OSError as error:
            raise BadInput("TRL-103", path=str(path), reason=error.strerror or "") from error
        return rows

    def _row(self, entry: TrailEntry) -> tuple[str, ...]:
        draft, language = entry.draft, self._place.language
        verdicts, stations = (table["zh" if language.startswith("zh") else "en"] for table in (_VERDICTS, _STATIONS))
        names = {s.id: s.name(language) for s in self._place.standards}

        def word(verdict: Verdict) -> str:
            return verdicts["pending" if verdict is Verdict.UNKNOWN and entry.pending else verdict.value]

        changes = (f"{word(o.before)}→{word(o.after)} {o.officer}: {o.reason}" for o in entry.overrides)
        stages = (f"{stations[s.kind.value]} {word(s.verdict)} {s.officer} {s.text}".rstrip() for s in draft.stations)
        return (
            _second(entry.recorded),
            draft.department,
            f"{draft.station.station_name} {draft.station.region_code}",
            draft.device,
            names.get(draft.standard_id, draft.standard_id),
            draft.number,
            self.shown_number(entry),
            _second(entry.taken),
            _second(entry.uploaded),
            word(entry.verdict),
            "; ".join(check_name(reason, language) for reason in draft.reasons),
            draft.special_reason,
            f"{entry.duration_ms:.0f}",
            draft.strategy,
            str(draft.size),
            draft.officer,
            "; ".join(stages),
            "; ".join(changes),
            "; ".join(f"{n.officer}: {n.text}" for n in entry.notes),
        )


def _second(time: datetime | None) -> str:
    return "" if time is None else time.isoformat(sep=" ", timespec="seconds")
