"""What one picture's judgement says, reduced to what the quality page counts; run in worker processes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from portraits.camera import Truth, jpeg, photograph, truth_of
from portraits.faults import Fault, clean, faults
from portraits.portrait import Portrait

from app.bootstrap.picture import PictureParts, picture_parts
from app.domain.judgement import QualityReport, Verdict
from app.inspection.head import HeadPoints

_FINE = {"painted clothes", "airbrushed"}  # a coarser JPEG would hide the fault itself


@dataclass(frozen=True)
class Outcome:
    """``said``: failed or warned attributes; ``head`` and ``truth`` where geometry is compared."""

    name: str
    verdict: Verdict
    failed: tuple[str, ...]
    warned: tuple[str, ...]
    values: dict[str, float | None]
    head: HeadPoints | None = None
    truth: Truth | None = None


@cache
def parts() -> PictureParts:
    """Models, once per process; one thread each, so that processes do not fight for the cores."""
    cv2.setNumThreads(1)
    return picture_parts()


def outcome(name: str, report: QualityReport) -> Outcome:
    """Reduce a report."""
    failed = tuple(c.measurement.id for c in report.failures())
    warned = tuple(c.measurement.id for c in report.checks if c.verdict is Verdict.WARN)
    return Outcome(name, report.verdict, failed, warned, {c.measurement.id: c.measurement.value for c in report.checks})


def judge_clean(portrait: Portrait) -> Outcome:
    """A portrait with nothing wrong, as a raw shot."""
    screening = parts().examiner.screen(jpeg(photograph(portrait)), parts().standards[0])
    found = outcome("clean", screening.report)
    return Outcome(**{**vars(found), "head": screening.head, "truth": truth_of(portrait)})


def judge_fault(job: tuple[Portrait, str]) -> tuple[Outcome, tuple[str, ...], bool]:
    """One fault on one sitter: the outcome, the right reasons, whether it must be refused."""
    sitter, name = job
    fault: Fault = next(f for f in faults(sitter) if f.name == name)
    data = jpeg(fault.picture(), 98 if name in _FINE else 93)
    report = parts().examiner.screen(data, parts().standards[0]).report
    return outcome(name, report), fault.says, fault.fails


def named(found: Outcome, attribute: str) -> bool:
    """Whether the attribute spoke, as a failure or a warning."""
    return attribute in found.failed or attribute in found.warned


def caught(found: Outcome, says: tuple[str, ...], fails: bool) -> bool:
    """Refused (or warned, where a warning is enough) with one of the right reasons."""
    if fails:
        return found.verdict is Verdict.FAIL and bool(set(says) & set(found.failed))
    return bool(set(says) & {*found.failed, *found.warned})


def jobs(sitters: tuple[Portrait, ...]) -> tuple[list[Portrait], list[tuple[Portrait, str]]]:
    """Everything that is judged: clean portraits, and every fault on every sitter."""
    return list(clean(sitters)), [(s, f.name) for s in sitters for f in faults(s)]


def geometry_errors(found: Outcome) -> dict[str, float]:
    """Distances against the truth, in shares of the true head height or of the eye distance."""
    head, truth = found.head, found.truth
    if head is None or truth is None:
        return {}
    eyes = np.hypot(*np.subtract(truth.pupil_right, truth.pupil_left))
    tall = truth.chin[1] - truth.hair_top[1]
    measured_eyes = np.hypot(*np.subtract(head.pupil_right, head.pupil_left))
    middle = np.add(truth.pupil_left, truth.pupil_right) / 2
    top = min(y for _, y in head.crown)
    return {
        "eye distance": float(abs(measured_eyes - eyes) / eyes),
        "eyes' centre": float(np.hypot(*np.subtract(head.eyes_centre, middle)) / tall),
        "hair top": float(abs(top - truth.hair_top[1]) / tall),
        "chin": float(abs(head.chin[1] - truth.chin[1]) / tall),
        "head height": float(abs((head.chin[1] - top) - tall) / tall),
        "ear root to ear root": float(
            abs(head.ear_right[0] - head.ear_left[0] - (truth.ear_right[0] - truth.ear_left[0]))
            / (truth.ear_right[0] - truth.ear_left[0])
        ),
    }
