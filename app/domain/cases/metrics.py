"""办件指标 of the requirement (L6467 办事趋势, L6486 监督评价): counts and ratios over cases, pure.

The requirement names the figures and gives no formula; those here are ours and each property says its own. 违规操作次数
and 群众投诉率 have no source on this workstation and are not computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class CaseFigure:
    """One case as the figures need it. ``handling``: submission to answer, None while open, never negative.

    ``late``: answered after its last day. ``overdue``: open and past its last day. ``sent_back``: how often papers were
    asked for (补齐补正).
    """

    answered: bool
    late: bool
    overdue: bool
    sent_back: int
    handling: timedelta | None


@dataclass(frozen=True)
class CaseMetrics:
    """The figures of one span of time; a ratio is None where its denominator is nought."""

    submitted: int  # 申请量
    answered: int  # 办结量
    answered_late: int
    overdue: int  # open and past the last day
    sent_back: int  # cases that were sent back at least once
    handling: timedelta  # all answered cases together

    @property
    def open(self) -> int:
        """受理中 = 申请量 − 办结量."""
        return self.submitted - self.answered

    @property
    def answered_rate(self) -> float | None:
        """办结率 = 办结量 / 申请量."""
        return _ratio(self.answered, self.submitted)

    @property
    def in_time_rate(self) -> float | None:
        """按时办结率 = 按时办结的 / 办结量."""
        return _ratio(self.answered - self.answered_late, self.answered)

    @property
    def overdue_rate(self) -> float | None:
        """超期办理率 = (超期办结的 + 超期未办结的) / 申请量."""
        return _ratio(self.answered_late + self.overdue, self.submitted)

    @property
    def sent_back_rate(self) -> float | None:
        """材料退回率 = 退回过材料的办件 / 申请量."""
        return _ratio(self.sent_back, self.submitted)

    @property
    def mean_handling(self) -> timedelta | None:
        """平均办理时长 = 办结办件从提交到办结的时长之和 / 办结量 (calendar time)."""
        return self.handling / self.answered if self.answered else None


def metrics(figures: Iterable[CaseFigure]) -> CaseMetrics:
    """The figures of all cases together."""
    rows = tuple(figures)
    done = [row for row in rows if row.answered]
    return CaseMetrics(
        submitted=len(rows),
        answered=len(done),
        answered_late=sum(row.late for row in done),
        overdue=sum(row.overdue and not row.answered for row in rows),
        sent_back=sum(row.sent_back > 0 for row in rows),
        handling=sum((max(timedelta(), row.handling) for row in done if row.handling is not None), timedelta()),
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
