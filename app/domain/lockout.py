"""锁定: so many wrong passwords within so long keep an account out for a while; time is only what certainly passed."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class LockRule:
    """``attempts`` within ``window_s`` lock for ``lock_s``."""

    attempts: int
    window_s: float
    lock_s: float


@dataclass(frozen=True)
class Knocks:
    """One account at the door. ``ages``: seconds since each wrong try; ``locked_s``: how long it still has to wait."""

    ages: tuple[float, ...] = ()
    locked_s: float = 0.0

    def after(self, seconds: float, rule: LockRule) -> Knocks:
        """Some time later."""
        ages = tuple(age + seconds for age in self.ages if age + seconds < rule.window_s)
        return Knocks(ages, max(0.0, self.locked_s - seconds))

    def wrong(self, rule: LockRule) -> Knocks:
        """One more wrong try."""
        ages = (*self.ages, 0.0)
        if len(ages) >= rule.attempts:
            return Knocks((), rule.lock_s)
        return replace(self, ages=ages)


def certainly_passed(seen: float, now: float) -> float:
    """Seconds that passed between two readings of the monotonic clock, at least. After a restart it begins again at 0,
    and what it shows then has certainly passed; the wall clock, which anybody may set, is never asked."""
    return now - seen if now >= seen else now
