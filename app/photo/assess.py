"""Judges pictures against a standard: the issued photo in every respect, the raw shot in what cannot be mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter

import cv2
import numpy as np

from app.domain.edits import CropBox
from app.domain.judgement import CheckResult, Limit, Measurement, QualityReport, Region, judge
from app.domain.photo_standard import PhotoStandard
from app.imaging.decode import Picture, Pixels, decode
from app.inspection.face import FaceReader, FaceReading
from app.inspection.head import HeadPoints, head_distances, moved_head
from app.inspection.measures import (
    Light,
    background_measures,
    eyes_open,
    face_count,
    file_measures,
    light_measures,
    mouth_open,
    pose_measures,
    sharpness,
)

# Faces are read on a picture of at most this many pixels on the long side; more only costs time.
READING_SIDE = 1280


@dataclass(frozen=True)
class ShotScreening:
    """The badge of a raw shot: its report, where the face is, and the head's points, in upright original pixels."""

    report: QualityReport
    width: int
    height: int
    face: Region | None
    head: HeadPoints | None


def reading_scale(width: int, height: int) -> float:
    """How much a picture is reduced before its face is read."""
    return min(1.0, READING_SIDE / max(width, height))


def reduced(pixels: Pixels) -> Pixels:
    """The picture its face is read on."""
    scale = reading_scale(pixels.shape[1], pixels.shape[0])
    if scale == 1.0:
        return pixels
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def enlarged_region(region: Region, factor: float) -> Region:
    """A region of the reduced picture on the full one."""
    return Region(region.x * factor, region.y * factor, region.width * factor, region.height * factor)


def enlarged_head(head: HeadPoints, factor: float) -> HeadPoints:
    """Points of the reduced picture on the full one."""

    def grown(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * factor, point[1] * factor

    return moved_head(head, grown)


def _judged(measured: Iterable[Measurement], limits: tuple[Limit, ...]) -> tuple[CheckResult, ...]:
    """Every limit finds its number; one that nobody measured is UNKNOWN, never silently passed."""
    by_id = {m.id: m for m in measured}
    return tuple(judge(by_id.get(limit.check) or Measurement(limit.check, None, "", "none"), limit) for limit in limits)


def face_measures(reading: FaceReading, light: Light) -> list[Measurement]:
    """What is measured on every picture with a face."""
    measured = [face_count(reading)]
    if reading.main is not None:
        face = reading.main
        measured += [*pose_measures(face), eyes_open(face), mouth_open(face), *light_measures(face, light)]
        measured.append(sharpness(face, light.luma))
    return measured


def geometry_measures(reading: FaceReading, width: int, height: int, scale: float) -> list[Measurement]:
    """The head's distances on an issued photo, in its own pixels."""
    if reading.main is None:
        return []
    begun = perf_counter()
    head = enlarged_head(reading.main.head, 1 / scale)
    values = head_distances(head, CropBox(width / 2, height / 2, width, 0.0), width, height)
    ms = 1000 * (perf_counter() - begun)
    region = enlarged_region(reading.main.box, 1 / scale)
    return [Measurement(f"geometry.{m.value}", v, "px", "mesh-and-mask/1", region, ms) for m, v in values.items()]


class Examiner:
    """Thread: any; the networks are used one picture at a time."""

    def __init__(self, reader: FaceReader) -> None:
        self.reader = reader

    def assess(self, data: bytes, standard: PhotoStandard, *, outside: float | None = 0.0) -> QualityReport:
        """An issued photo. ``outside``: share of the crop that lay beyond the original (0 for a file as it is).

        Raises BadInput IMG-… when the file cannot be judged at all.
        """
        begun = perf_counter()
        picture = decode(data)
        measured = [*file_measures(picture.facts), *self._pixels(picture, standard)]
        measured.append(Measurement("crop_inside", outside, "share", "crop-geometry/1"))
        checks = _judged(measured, standard.limits)
        return QualityReport(standard.id, standard.version, checks, 1000 * (perf_counter() - begun))

    def _pixels(self, picture: Picture, standard: PhotoStandard) -> list[Measurement]:
        small = reduced(picture.pixels)
        reading = self.reader.read(small)
        light = Light.of(small)
        scale = small.shape[1] / picture.width
        measured = face_measures(reading, light)
        measured += geometry_measures(reading, picture.width, picture.height, scale)
        measured += background_measures(reading, light, standard.background.rgb)
        return measured

    def screen(self, data: bytes, standard: PhotoStandard) -> ShotScreening:
        """A raw shot: face, pose, eyes, mouth, sharpness, light. Raises BadInput IMG-…."""
        begun = perf_counter()
        picture = decode(data)
        small = reduced(picture.pixels)
        reading = self.reader.read(small)
        checks = _judged(face_measures(reading, Light.of(small)), standard.screening)
        factor = picture.width / small.shape[1]
        checks = tuple(_on_original(check, factor) for check in checks)
        report = QualityReport(standard.id, standard.version, checks, 1000 * (perf_counter() - begun))
        main = reading.main
        return ShotScreening(
            report,
            picture.width,
            picture.height,
            None if main is None else enlarged_region(main.box, factor),
            None if main is None else enlarged_head(main.head, factor),
        )


def _on_original(check: CheckResult, factor: float) -> CheckResult:
    region = check.measurement.region
    if region is None:
        return check
    m = check.measurement
    moved = Measurement(m.id, m.value, m.unit, m.method, enlarged_region(region, factor), m.ms, m.note)
    return CheckResult(moved, check.limit, check.verdict, check.advice)
