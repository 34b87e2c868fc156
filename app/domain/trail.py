"""照片检测流水 as values: every picture judged, by which station, with what result, and what an officer changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from app.domain.judgement import Verdict
from app.domain.person import Applicant
from app.domain.records import Station


class StationKind(Enum):
    """质检工位."""

    ALGORITHM = "algorithm"  # 算法检测
    BACKEND = "backend"  # 后端检测
    MANUAL = "manual"  # 人工检测
    ISSUE = "issue"  # 照片入库


@dataclass(frozen=True)
class StationPass:
    """One station's result for one picture; ``text`` in the language of the workstation."""

    kind: StationKind
    begun: datetime
    duration_ms: float
    verdict: Verdict
    text: str


@dataclass(frozen=True)
class Note:
    """异常数据标注: an officer's words, never changed afterwards."""

    when: datetime
    officer: str
    text: str


@dataclass(frozen=True)
class Override:
    """A verdict changed by hand, with the reason; the machine's verdict stays in the stations."""

    when: datetime
    officer: str
    before: Verdict
    after: Verdict
    reason: str


@dataclass(frozen=True)
class TrailDraft:
    """One judged picture to be recorded. ``blob``: the sealed picture it was. ``reasons``: attribute ids."""

    session_id: str
    applicant: Applicant
    station: Station
    officer: str
    device: str
    standard_id: str
    strategy: str
    number: str  # 受理编号 of the issued photo, "" for a shot that was not issued
    blob: str
    size: int
    verdict: Verdict
    reasons: tuple[str, ...]
    special_reason: str  # 特检原因
    stations: tuple[StationPass, ...]


@dataclass(frozen=True)
class TrailEntry:
    """A recorded draft. ``verdict`` is the one in force: the latest override's, else the stations'."""

    id: int
    recorded: datetime
    draft: TrailDraft
    verdict: Verdict
    notes: tuple[Note, ...]
    overrides: tuple[Override, ...]

    @property
    def duration_ms(self) -> float:
        """耗时: all stations together."""
        return sum(s.duration_ms for s in self.draft.stations)


@dataclass(frozen=True)
class TrailQuery:
    """Every filled field narrows the answer. ``passed``: True 合格, False 不合格. Durations in milliseconds."""

    first_day: date | None = None
    last_day: date | None = None
    department: str = ""
    device: str = ""
    standard_id: str = ""
    number: str = ""
    id_number: str = ""
    passed: bool | None = None
    reason: str = ""
    special_reason: str = ""
    min_ms: float | None = None
    max_ms: float | None = None
    limit: int = 200
    after: int = 0  # keyset paging: the last id of the page before


@dataclass(frozen=True)
class FailureCount:
    """How often one attribute was the reason."""

    reason: str
    count: int


@dataclass(frozen=True)
class TrailSummary:
    """统计: what a query found, all pages together."""

    total: int
    passed: int
    failures: tuple[FailureCount, ...]
