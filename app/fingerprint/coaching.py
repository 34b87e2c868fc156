"""One finger image, looked at: numbers, verdicts, what to tell the person, and every score it gets."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.domain.fingers import Score, ScoreMethod
from app.domain.judgement import QualityReport, Verdict, judge
from app.fingerprint.register import advice, estimate_points, limits
from app.inspection.finger import FingerNumbers, Grey, finger_numbers
from devices.ports.fingerprint import FingerCapture, FingerImage

_ID, _VERSION = "finger-image", "1"

ScoreOf = Callable[[Grey], int | None]


@dataclass(frozen=True)
class FingerLook:
    """``report``: every measure against its limit. ``scores``: the deciding one first."""

    report: QualityReport
    scores: tuple[Score, ...]

    def advice_keys(self) -> tuple[str, ...]:
        """What to tell the person, worst first; one sentence alone where there is no finger to speak of."""
        if any(c.verdict is Verdict.UNKNOWN and c.asked for c in self.report.checks):
            return ("finger.unknown",)
        return tuple(c.advice for c in self.report.worst_first() if c.verdict in (Verdict.FAIL, Verdict.WARN))

    def sentences(self, language: str) -> tuple[str, ...]:
        """The same in words; what two measures say alike is said once."""
        return tuple(dict.fromkeys(advice(key, language) for key in self.advice_keys()))

    def faults(self) -> tuple[str, ...]:
        """Ids of the checks that failed."""
        return tuple(c.measurement.id for c in self.report.failures())


def grey_of(image: FingerImage) -> Grey:
    """uint8 (height, width)."""
    return np.frombuffer(image.pixels, np.uint8).reshape(image.height_px, image.width_px)


def coach(image: FingerImage) -> FingerLook:
    """For pictures that come while waiting: measures and our estimate, a tenth of a second."""
    begun = time.perf_counter()
    numbers = finger_numbers(grey_of(image), image.dpi)
    checks = tuple(judge(m, limits()[m.id]) for m in numbers.measurements())
    report = QualityReport(_ID, _VERSION, checks, ms=1000 * (time.perf_counter() - begun))
    return FingerLook(report, (Score(estimate(numbers), ScoreMethod.ESTIMATE),))


def look(capture: FingerCapture, nfiq2: ScoreOf) -> FingerLook:
    """For a press: the scanner's own score decides where it has one, then NFIQ 2, then our estimate."""
    seen = coach(capture.image)
    scores = list(seen.scores)
    official = nfiq2(grey_of(capture.image))
    if official is not None:
        scores.insert(0, Score(official, ScoreMethod.NFIQ2))
    if capture.score is not None:
        scores.insert(0, Score(capture.score, ScoreMethod.DEVICE))
    return FingerLook(seen.report, tuple(scores))


def estimate(numbers: FingerNumbers) -> int:
    """0-100: the product of each measure's grade (``resources/fingers.toml``). An estimate, never shown as NFIQ 2."""
    product = 1.0
    for measurement in numbers.measurements():
        if measurement.value is None:
            # Too little skin to read a period from is already counted as too small an area.
            product *= 1.0 if measurement.id == "finger_period" else 0.0
            continue
        points = np.array(estimate_points()[measurement.id])
        product *= float(np.interp(measurement.value, points[:, 0], points[:, 1]))
    return round(100 * product)
