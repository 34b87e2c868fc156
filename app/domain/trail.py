"""照片检测流水 as values: every picture judged, by which station, with what result, and what an officer changed."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """One station's result for one picture; ``text`` in the words of whoever judged.

    ``officer``: who looked, at the manual station. ``reasons``: attribute ids; they are recorded with the entry.
    A BACKEND station that is UNKNOWN stands as 待检: its answer fills it later, once.
    """

    kind: StationKind
    begun: datetime
    duration_ms: float
    verdict: Verdict
    text: str
    officer: str = ""
    reasons: tuple[str, ...] = field(default=(), compare=False)


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
    shot_id: str = ""  # the original it stems from
    department: str = ""  # 所属部门 of the strategy


@dataclass(frozen=True)
class TrailEntry:
    """A recorded draft. ``verdict`` is the one in force: the latest override's, else the stations'.

    ``pending``: 待检, the photo library's answer is still to come. ``taken``: 拍摄日期 of the original; ``uploaded``: when
    the photo library acknowledged the picture; None where nobody knows.
    """

    id: int
    recorded: datetime
    draft: TrailDraft
    verdict: Verdict
    notes: tuple[Note, ...]
    overrides: tuple[Override, ...]
    pending: bool = False
    taken: datetime | None = None
    uploaded: datetime | None = None

    @property
    def duration_ms(self) -> float:
        """耗时: all stations together."""
        return sum(s.duration_ms for s in self.draft.stations)


@dataclass(frozen=True)
class TrailQuery:
    """Every filled field narrows the answer. Durations in milliseconds.

    ``passed``: True 合格, False 不合格 (what is 待检 is neither). ``pending``: True for what is 待检 alone.
    """

    first_day: date | None = None
    last_day: date | None = None
    department: str = ""
    device: str = ""
    standard_id: str = ""
    number: str = ""
    id_number: str = ""
    passed: bool | None = None
    pending: bool = False
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
    pending: int
    failures: tuple[FailureCount, ...]
