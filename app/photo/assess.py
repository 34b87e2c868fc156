"""Judges pictures against a standard: the issued photo in every respect, the raw shot in what cannot be mended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

from app.config.register import register
from app.domain.judgement import CheckResult, Limit, Measurement, QualityReport, Region, judge
from app.domain.photo_standard import PhotoStandard
from app.inspection.face import FaceReader
from app.inspection.head import HeadPoints
from app.inspection.likeness import Likeness, likeness
from app.inspection.measures.every import measure
from app.inspection.measures.geometry import enlarged_head, enlarged_region
from app.inspection.scene import Scene, look_at_file


@dataclass(frozen=True)
class ShotScreening:
    """The badge of a raw shot: its report, where the face is, and the head's points, in upright original pixels.

    ``likeness``: who it is, as far as a photo session needs it; None without a face.
    """

    report: QualityReport
    width: int
    height: int
    face: Region | None
    head: HeadPoints | None
    likeness: Likeness | None


def judged(measured: dict[str, Measurement], limits: tuple[Limit, ...]) -> tuple[CheckResult, ...]:
    """One result for every attribute of the register, in its order.

    An attribute that is not asked at this stage is UNKNOWN without advice; one that nobody measured is UNKNOWN.
    """
    by_check = {limit.check: limit for limit in limits}
    results = []
    for row in register().values():
        found = measured.get(row.measure)
        missing = Measurement(row.id, None, "", row.kind.value if not row.measure else "none", note=row.why)
        taken = missing if found is None else replace(found, id=row.id)
        limit = by_check.get(row.id)
        if limit is None:
            results.append(judge(taken, Limit(row.id, blocking=False, source="not asked of this picture")))
        else:
            results.append(judge(taken, limit))
    return tuple(_unasked(r) if r.measurement.id not in by_check else r for r in results)


def _unasked(result: CheckResult) -> CheckResult:
    return replace(result, advice="")


class Examiner:
    """Thread: any; the networks are used one picture at a time."""

    def __init__(self, reader: FaceReader) -> None:
        self.reader = reader

    def assess(
        self,
        data: bytes,
        standard: PhotoStandard,
        *,
        outside: float | None = 0.0,
        shot: dict[str, Measurement] | None = None,
    ) -> QualityReport:
        """An issued photo. ``outside``: share of the crop that lay beyond the original (0 for a file as it is).
        ``shot``: what the raw shot showed; the head's pose is taken from there, where it is seen with more detail.

        Raises BadInput IMG-… when the file cannot be judged at all.
        """
        begun = perf_counter()
        measured = self._measured(self.look(data), standard)
        measured["crop_inside"] = Measurement("crop_inside", outside, "share", "crop-geometry/1")
        for pose in ("yaw", "pitch"):
            if shot is not None and pose in shot:
                measured[pose] = replace(shot[pose], region=measured[pose].region if pose in measured else None)
        checks = judged(measured, standard.limits)
        return QualityReport(standard.id, standard.version, checks, 1000 * (perf_counter() - begun))

    def look(self, data: bytes) -> Scene:
        """Decode and read. Raises BadInput IMG-…."""
        return look_at_file(self.reader, data)

    def _measured(self, scene: Scene, standard: PhotoStandard) -> dict[str, Measurement]:
        back = standard.background
        return measure(scene, (back.rgb, *back.also))

    def screen(self, data: bytes, standard: PhotoStandard) -> ShotScreening:
        """A raw shot: face, pose, eyes, mouth, sharpness, light. Raises BadInput IMG-…."""
        return self.screen_scene(self.look(data), standard)

    def screen_scene(self, scene: Scene, standard: PhotoStandard) -> ShotScreening:
        """The same on a picture already read, so that several standards share the reading."""
        begun = perf_counter()
        checks = judged(self._measured(scene, standard), standard.screening)
        report = QualityReport(standard.id, standard.version, checks, 1000 * (perf_counter() - begun))
        main = scene.reading.main
        return ShotScreening(
            report,
            scene.picture.width,
            scene.picture.height,
            None if main is None else enlarged_region(main.box, scene.factor),
            None if main is None else enlarged_head(main.head, scene.factor),
            likeness(scene),
        )
