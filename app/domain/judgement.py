"""Measured numbers on one side, limits on the other, a verdict between: measuring is not judging."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Verdict(Enum):
    """``UNKNOWN`` means it could not be measured; it never counts as a pass."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Region:
    """A rectangle on the judged picture, in its own pixels; origin top left, y down."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Measurement:
    """One number read from a picture. ``value`` is None when it could not be measured (``note`` says why)."""

    id: str
    value: float | None
    unit: str
    method: str  # name and version, e.g. "sobel-energy/1"
    region: Region | None = None
    ms: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Limit:
    """Closed interval for one check. Outside low..high fails; outside warn_low..warn_high only warns.

    ``tells`` picks the advice text: a value below ``low`` takes ``<id>.low``, above ``high`` ``<id>.high``.
    ``blocking`` False turns a failure into a warning. ``source`` is the clause the numbers come from.
    """

    check: str
    low: float | None = None
    high: float | None = None
    warn_low: float | None = None
    warn_high: float | None = None
    blocking: bool = True
    source: str = ""

    @property
    def open(self) -> bool:
        """True when nothing is asked: neither a limit nor a warning band."""
        return self.low is None and self.high is None and self.warn_low is None and self.warn_high is None

    def side(self, value: float) -> int:
        """-1 below the limit, +1 above it, 0 inside."""
        if self.low is not None and value < self.low:
            return -1
        if self.high is not None and value > self.high:
            return 1
        return 0

    def warn_side(self, value: float) -> int:
        """-1 below the warning band, +1 above it, 0 inside."""
        if self.warn_low is not None and value < self.warn_low:
            return -1
        if self.warn_high is not None and value > self.warn_high:
            return 1
        return 0


@dataclass(frozen=True)
class CheckResult:
    """A measurement held against its limit. ``advice`` is a key for ``texts.advice`` or ""."""

    measurement: Measurement
    limit: Limit
    verdict: Verdict
    advice: str

    @property
    def asked(self) -> bool:
        """Whether an answer is needed: an open limit, or one that only warns, may stay unknown."""
        return self.limit.blocking and not self.limit.open


def judge(measurement: Measurement, limit: Limit) -> CheckResult:
    """The verdict of one check. A missing value is UNKNOWN, whatever the limit says; so is a value without any limit,
    which nobody asked about (no advice then)."""
    value = measurement.value
    if limit.open and value is not None:
        return CheckResult(measurement, limit, Verdict.UNKNOWN, "")
    if value is None:
        return CheckResult(measurement, limit, Verdict.UNKNOWN, f"{measurement.id}.unknown")
    side = limit.side(value)
    if side:
        verdict = Verdict.FAIL if limit.blocking else Verdict.WARN
    else:
        side = limit.warn_side(value)
        verdict = Verdict.WARN if side else Verdict.PASS
    suffix = {-1: "low", 0: "", 1: "high"}[side]
    return CheckResult(measurement, limit, verdict, f"{measurement.id}.{suffix}" if suffix else "")


@dataclass(frozen=True)
class QualityReport:
    """Every check of one picture against one standard, failures first when shown."""

    standard_id: str
    standard_version: str
    checks: tuple[CheckResult, ...]
    ms: float = 0.0
    faults: tuple[str, ...] = field(default=())  # codes of errors that stopped the assessment

    @property
    def verdict(self) -> Verdict:
        """The worst of all checks; UNKNOWN of a blocking check outranks WARN, FAIL outranks all."""
        if self.faults:
            return Verdict.FAIL
        seen = {c.verdict for c in self.checks if c.verdict is not Verdict.UNKNOWN or c.asked}
        for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.WARN):
            if verdict in seen:
                return verdict
        return Verdict.PASS

    @property
    def passed(self) -> bool:
        """True when nothing failed and nothing that must be known is unknown."""
        return self.verdict in (Verdict.PASS, Verdict.WARN)

    def shown(self) -> tuple[CheckResult, ...]:
        """What an officer reads: all but attributes that this standard does not ask about, worst first."""
        return tuple(c for c in self.worst_first() if c.verdict is not Verdict.UNKNOWN or c.advice)

    def failures(self) -> tuple[CheckResult, ...]:
        """What keeps the picture from passing: failed checks and unknown ones that must be known."""
        bad = (Verdict.FAIL, Verdict.UNKNOWN)
        return tuple(c for c in self.checks if c.verdict in bad and (c.verdict is Verdict.FAIL or c.asked))

    def worst_first(self) -> tuple[CheckResult, ...]:
        """The checks as an officer wants to read them."""
        order = {Verdict.FAIL: 0, Verdict.UNKNOWN: 1, Verdict.WARN: 2, Verdict.PASS: 4}

        def rank(check: CheckResult) -> int:
            questions = check.verdict is Verdict.UNKNOWN and not check.asked
            return 3 if questions else order[check.verdict]

        return tuple(sorted(self.checks, key=rank))
