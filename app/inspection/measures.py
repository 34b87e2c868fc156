"""Numbers from a picture: each with its unit, its method and the place it was read from. Nothing here judges.

Names and formulas follow ISO/IEC 29794-5 as BSI's OFIQ implements them where they exist (EyesOpen, MouthClosed,
LuminanceMean, Under- and OverExposurePrevention); T is the distance between the eyes' mid-point and the chin.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement, Region
from app.imaging.decode import Pixels
from app.imaging.facts import PictureFacts
from app.inspection.face import LIDS_LEFT, LIDS_RIGHT, LIPS_INNER, Face, FaceReading

_SHARPNESS_FACE_WIDTH = 200.0  # sharpness is compared at this face width, whatever the camera's
_DARK, _BRIGHT = 25, 247  # OFIQ's bounds of 8-bit luminance
_SURE_BACKGROUND = 0.02


@dataclass(frozen=True)
class Light:
    """Luminance (BT.601, 0..255) and CIE L*a*b* of the judged picture, computed once."""

    luma: NDArray[np.uint8]
    lab: NDArray[np.float32]  # L 0..100, a and b about -128..127

    @classmethod
    def of(cls, pixels: Pixels) -> Light:
        """From BGR uint8."""
        lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
        return cls(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8), np.asarray(lab, np.float32))


def _taken(
    id_: str, value: float | None, unit: str, method: str, begun: float, region: Region | None = None
) -> Measurement:
    ms = 1000 * (perf_counter() - begun)
    return Measurement(id_, None if value is None else float(value), unit, method, region, ms)


# -- the file ------------------------------------------------------------------------------------------


def file_measures(facts: PictureFacts) -> tuple[Measurement, ...]:
    """What the header says: type, size, pixels, depth, DPI, leftover metadata."""
    begun = perf_counter()
    dpi = None if facts.dpi is None else (facts.dpi[0] + facts.dpi[1]) / 2
    rows: tuple[tuple[str, float | None, str], ...] = (
        ("file_is_jpeg", float(facts.format == "JPEG"), "yes"),
        ("file_bytes", float(facts.size_bytes), "B"),
        ("width_px", float(facts.width), "px"),
        ("height_px", float(facts.height), "px"),
        ("bit_depth", float(facts.bits_per_pixel), "bit"),
        ("dpi", dpi, "dpi"),
        ("metadata_left", float(facts.has_exif), "yes"),
    )
    return tuple(_taken(id_, value, unit, "header/1", begun) for id_, value, unit in rows)


# -- the face ------------------------------------------------------------------------------------------


def face_count(reading: FaceReading) -> Measurement:
    """How many faces; the place is the second one, the intruder."""
    region = reading.faces[1] if len(reading.faces) > 1 else None
    return _taken("face_count", float(len(reading.faces)), "faces", "blazeface/1", perf_counter(), region)


def pose_measures(face: Face) -> tuple[Measurement, ...]:
    """Yaw, pitch, roll in degrees."""
    begun = perf_counter()
    values = (("yaw", face.pose.yaw_deg), ("pitch", face.pose.pitch_deg), ("roll", face.pose.roll_deg))
    return tuple(_taken(id_, value, "deg", "mesh-pose/1", begun, face.box) for id_, value in values)


def _eye_chin(face: Face) -> float:
    return float(np.hypot(face.head.eyes_centre[0] - face.head.chin[0], face.head.eyes_centre[1] - face.head.chin[1]))


def _around(points: NDArray[np.float64], margin: float) -> Region:
    low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
    return Region(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


def eyes_open(face: Face) -> Measurement:
    """The narrower eye's lid distance over T (OFIQ 0x4D)."""
    begun = perf_counter()
    gaps = {
        pair: float(np.linalg.norm(face.mesh[pair[0], :2] - face.mesh[pair[1], :2])) for pair in (LIDS_LEFT, LIDS_RIGHT)
    }
    narrow = min(gaps, key=lambda pair: gaps[pair])
    size = _eye_chin(face)
    region = _around(face.mesh[list(narrow), :2], size * 0.15)
    return _taken("eyes_open", gaps[narrow] / size, "ratio", "ofiq-eyes-open/1", begun, region)


def mouth_open(face: Face) -> Measurement:
    """Inner lip distance over T (OFIQ 0x4E)."""
    begun = perf_counter()
    lips = face.mesh[list(LIPS_INNER), :2]
    size = _eye_chin(face)
    value = float(np.linalg.norm(lips[0] - lips[1])) / size
    return _taken("mouth_open", value, "ratio", "ofiq-mouth-closed/1", begun, _around(lips, size * 0.2))


# -- light ---------------------------------------------------------------------------------------------


def _face_hull(face: Face, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    mask = np.zeros(shape[:2], np.uint8)
    hull = cv2.convexHull(np.rint(face.mesh[:, :2]).astype(np.int32))
    cv2.fillConvexPoly(mask, hull, 255)
    return mask


def _patch(face: Face, side: int, shape: tuple[int, ...]) -> Region:
    """A square on the cheek: half-way from eye to mouth, 0.3 eye distances wide (OFIQ 0x43)."""
    pupil = face.head.pupil_left if side < 0 else face.head.pupil_right
    mouth_y = float(face.mesh[LIPS_INNER[0], 1])
    size = 0.3 * abs(face.head.pupil_right[0] - face.head.pupil_left[0])
    x = float(np.clip(pupil[0] - size / 2, 0, shape[1] - 2))
    y = float(np.clip((pupil[1] + mouth_y) / 2 - size / 2, 0, shape[0] - 2))
    return Region(x, y, max(size, 1.0), max(size, 1.0))


def _mean_l(light: Light, region: Region) -> float:
    y0, y1 = int(region.y), max(int(region.y) + 1, int(region.y + region.height))
    x0, x1 = int(region.x), max(int(region.x) + 1, int(region.x + region.width))
    return float(light.lab[y0:y1, x0:x1, 0].mean())


def light_measures(face: Face, light: Light) -> tuple[Measurement, ...]:
    """Face luminance, under- and over-exposed shares, and the difference between the cheeks in L*."""
    begun = perf_counter()
    inside = light.luma[_face_hull(face, light.luma.shape) > 0]
    if inside.size == 0:
        ids = (
            ("face_luminance", "luma"),
            ("under_exposed", "share"),
            ("over_exposed", "share"),
            ("light_difference", "L*"),
        )
        return tuple(_taken(id_, None, unit, "face-light/1", begun, face.box) for id_, unit in ids)
    left, right = _patch(face, -1, light.luma.shape), _patch(face, 1, light.luma.shape)
    difference = _mean_l(light, left) - _mean_l(light, right)
    darker = left if difference < 0 else right
    return (
        _taken("face_luminance", float(inside.mean()), "luma", "face-light/1", begun, face.box),
        _taken("under_exposed", float((inside <= _DARK).mean()), "share", "ofiq-under-exposure/1", begun, face.box),
        _taken("over_exposed", float((inside >= _BRIGHT).mean()), "share", "ofiq-over-exposure/1", begun, face.box),
        _taken("light_difference", difference, "L*", "cheek-difference/1", begun, darker),
    )


def sharpness(face: Face, luma: NDArray[np.uint8]) -> Measurement:
    """Energy of the Laplacian in the face, at a face width of 200 px, over the face's own contrast.

    A face smaller than that is not enlarged: what is not there cannot be sharp.
    """
    begun = perf_counter()
    box = face.box
    y0, y1 = int(max(0, box.y)), int(min(luma.shape[0], box.y + box.height))
    x0, x1 = int(max(0, box.x)), int(min(luma.shape[1], box.x + box.width))
    if y1 - y0 < 16 or x1 - x0 < 16:
        return _taken("sharpness", None, "ratio", "laplace-contrast/1", begun, box)
    patch = luma[y0:y1, x0:x1]
    scale = _SHARPNESS_FACE_WIDTH / (x1 - x0)
    if scale < 1:
        size = (max(8, round(patch.shape[1] * scale)), max(8, round(patch.shape[0] * scale)))
        patch = np.asarray(cv2.resize(patch, size, interpolation=cv2.INTER_AREA), np.uint8)
    edges = cv2.Laplacian(patch, cv2.CV_32F)
    value = float(edges.std()) / (float(patch.std()) + 4.0)
    return _taken("sharpness", value, "ratio", "laplace-contrast/1", begun, box)


# -- background ----------------------------------------------------------------------------------------


def background_mask(reading: FaceReading) -> NDArray[np.uint8]:
    """255 where nobody is, well away from hair and shoulders, above the chin (clothes end where they end)."""
    height = reading.person.shape[0]
    near = max(3, height // 30)
    person = (reading.person > _SURE_BACKGROUND).astype(np.uint8)
    mask = np.asarray(255 * (1 - cv2.dilate(person, np.ones((near, near), np.uint8))), np.uint8)
    if reading.main is not None:
        mask[int(max(1, reading.main.head.chin[1])) :] = 0
    return mask


def background_measures(reading: FaceReading, light: Light, rgb: tuple[int, int, int]) -> tuple[Measurement, ...]:
    """Distance of its colour from the standard's (ΔE*ab 1976, 95th percentile) and its spread in L*."""
    begun = perf_counter()
    inside = light.lab[background_mask(reading) > 0]
    if len(inside) < 100:
        return (
            _taken("background_colour", None, "dE", "background-lab/1", begun),
            _taken("background_evenness", None, "L*", "background-lab/1", begun),
        )
    wanted = cv2.cvtColor(np.array([[rgb[::-1]]], np.float32) / 255, cv2.COLOR_BGR2LAB)[0, 0]
    distance = np.linalg.norm(inside - wanted, axis=1)
    region = Region(0.0, 0.0, float(light.luma.shape[1]), float(light.luma.shape[0]) * 0.4)
    return (
        _taken("background_colour", float(np.percentile(distance, 95)), "dE", "background-lab/1", begun, region),
        _taken("background_evenness", float(inside[:, 0].std()), "L*", "background-lab/1", begun, region),
    )
