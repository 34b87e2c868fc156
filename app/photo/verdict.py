"""The two-stage verdict of a raw shot: usable, mendable here at one press, or to be taken again; and which is best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.config.register import register
from app.domain.attribute import Mend
from app.domain.judgement import CheckResult, QualityReport, Verdict
from app.domain.photo_standard import PhotoStandard
from app.inspection.likeness import Likeness, difference


class Use(Enum):
    """What can become of a shot."""

    READY = "ready"
    MENDABLE = "mendable"
    RETAKE = "retake"


@dataclass(frozen=True)
class TwoStage:
    """``retake``: what only a new shot mends, worst first; ``mend``: which steps composing will do."""

    use: Use
    retake: tuple[CheckResult, ...]
    mend: tuple[Mend, ...]


def two_stage(report: QualityReport, standard: PhotoStandard) -> TwoStage:
    """``report``: a raw shot's, from ``Examiner.screen``."""
    retake, steps = [], []
    for check in report.worst_first():
        mend = register()[check.measurement.id].mend
        if check.verdict is Verdict.FAIL or (check.verdict is Verdict.UNKNOWN and check.asked):
            retake.append(check)
        elif mend in standard.mended_here and _outside(check) and mend not in steps:
            steps.append(mend)
    if retake:
        return TwoStage(Use.RETAKE, tuple(retake), tuple(steps))
    return TwoStage(Use.MENDABLE if steps else Use.READY, (), tuple(steps))


def _outside(check: CheckResult) -> bool:
    value = check.measurement.value
    return value is not None and bool(check.limit.side(value))


# -- best of a burst -------------------------------------------------------------------------------------

# Attribute, whether more is better, and the difference that counts as one point.
_QUALITIES = (
    ("sharpness", 1, 0.05),
    ("eyes_open", 1, 0.02),
    ("yaw", 0, 3.0),
    ("pitch", 0, 4.0),
    ("not_at_camera", 0, 0.06),
    ("expression", 0, 0.05),
    ("mouth_open", 0, 0.03),
    ("light_zones", 0, 5.0),
    ("face_highlights", 0, 0.015),
    ("lens_glare", 0, 0.03),
)
_MOST_POINTS = 3.0
_FAILURE, _UNKNOWN, _WARNING = 20.0, 12.0, 2.0


@dataclass(frozen=True)
class Ranked:
    """``position``: in the order the shots were given. ``better``/``worse``: attributes in which it stands out, by id."""

    position: int
    score: float
    use: Use
    better: tuple[str, ...]
    worse: tuple[str, ...]


def rank(reports: Sequence[QualityReport], standard: PhotoStandard) -> tuple[Ranked, ...]:
    """Best first. Failures count most, then warnings, then how the shots differ in what matters."""
    values = [{c.measurement.id: c for c in report.checks} for report in reports]
    points = [[_points(v, q) for q in _QUALITIES] for v in values]
    ranked = []
    for position, report in enumerate(reports):
        failed = sum(c.verdict is Verdict.FAIL for c in report.checks)
        unknown = sum(c.verdict is Verdict.UNKNOWN and c.asked for c in report.checks)
        warned = sum(c.verdict is Verdict.WARN for c in report.checks)
        own = points[position]
        score = sum(own) - _FAILURE * failed - _UNKNOWN * unknown - _WARNING * warned
        better, worse = [], []
        for column, (check, _, _) in enumerate(_QUALITIES):
            others = [p[column] for i, p in enumerate(points) if i != position]
            middle = sorted(others)[len(others) // 2] if others else own[column]
            if own[column] >= middle + 0.7:
                better.append(check)
            elif own[column] <= middle - 0.7:
                worse.append(check)
        failures = [c.measurement.id for c in report.failures()]
        ranked.append(
            Ranked(
                position, score, two_stage(report, standard).use, tuple(better), tuple(dict.fromkeys((*failures, *worse)))
            )
        )
    return tuple(sorted(ranked, key=lambda r: (-r.score, r.position)))


def _points(values: dict[str, CheckResult], quality: tuple[str, int, float]) -> float:
    check, more, unit = quality
    value = values[check].measurement.value if check in values else None
    if value is None:
        return -_MOST_POINTS
    points = value / unit if more else -abs(value) / unit
    return max(-_MOST_POINTS, min(_MOST_POINTS, points))


def strangers(shots: Sequence[Likeness | None]) -> tuple[int, ...]:
    """Positions of shots that do not show the person most of the others show."""
    known = [(i, s) for i, s in enumerate(shots) if s is not None]
    odd = []
    for i, shot in known:
        others = sorted(difference(shot, other) for j, other in known if j != i)
        if others and others[len(others) // 2] > 1.0:
            odd.append(i)
    return tuple(odd)
