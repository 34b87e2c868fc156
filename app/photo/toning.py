"""Which tone a shot needs: white balance from what should be grey, exposure from the white of the eye, shine."""

from __future__ import annotations

import numpy as np

from app.config.register import register
from app.domain.attribute import Mend
from app.domain.edits import Tone
from app.domain.judgement import Measurement
from app.domain.photo_standard import PhotoStandard
from app.inspection.measures.colour import grey_reference
from app.inspection.scene import Scene

_LARGEST_GAIN = 1.6
_LARGEST_EV = 1.5
_CASTS = ("red_cast", "yellow_cast", "cyan_cast", "skin_a", "skin_b", "skin_hue", "colour_distortion", "colour_abnormal")
_LIGHT = ("exposure", "face_luminance", "haze", "grey_range")


def tone_needed(scene: Scene, measured: dict[str, Measurement], standard: PhotoStandard) -> Tone:
    """Neutral when the shot's tone passes, or when the standard forbids processing.

    ``automatic_tone`` (外国人拍照适配) corrects what is merely off the middle, not only what fails.
    """
    if not standard.processing.tone:
        return Tone()
    wrong = _wrong(measured, standard)
    eager = standard.processing.automatic_tone
    gains = _gains(scene) if eager or wrong & set(_CASTS) else (1.0, 1.0, 1.0)
    ev = _ev(measured) if eager or wrong & set(_LIGHT) else 0.0
    return Tone(gains, ev, 0.8 if "face_highlights" in wrong else 0.0)


def _wrong(measured: dict[str, Measurement], standard: PhotoStandard) -> set[str]:
    """Attributes that tone could mend and that fail or warn."""
    wrong = set()
    for limit in (*standard.screening, *standard.limits):
        row = register()[limit.check]
        found = measured.get(row.measure)
        value = None if found is None else found.value
        if row.mend is Mend.TONE and value is not None and (limit.side(value) or limit.warn_side(value)):
            wrong.add(row.id)
    return wrong


def _gains(scene: Scene) -> tuple[float, float, float]:
    """Von Kries in linear sRGB: the grey reference becomes grey; half way where it is only the white of the eye."""
    if scene.patch is None:
        return 1.0, 1.0, 1.0
    reference, method = grey_reference(scene, scene.patch)
    if reference is None:
        return 1.0, 1.0, 1.0
    rgb = _linear_rgb(reference)
    share = 1.0 if "wall" in method else 0.6
    gains = (rgb.mean() / np.maximum(rgb, 1e-3)) ** share
    gains = np.clip(gains / gains.mean(), 1 / _LARGEST_GAIN, _LARGEST_GAIN)
    red, green, blue = (round(float(g), 3) for g in gains)
    return red, green, blue


def _linear_rgb(lab: np.typing.NDArray[np.float32]) -> np.typing.NDArray[np.float64]:
    """CIE L*a*b* (D65) to linear sRGB (IEC 61966-2-1)."""
    fy = (float(lab[0]) + 16) / 116
    f = np.array([fy + float(lab[1]) / 500, fy, fy - float(lab[2]) / 200])
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * (0.95047, 1.0, 1.08883)
    matrix = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    return np.asarray(np.clip(matrix @ xyz, 1e-4, None))


def _ev(measured: dict[str, Measurement]) -> float:
    """Towards a well exposed white of the eye; never so far that the face burns out."""
    found = measured.get("exposure_ev")
    if found is None or found.value is None:
        return 0.0
    value = found.value
    aim = float(np.clip(-0.45 - value, -_LARGEST_EV, _LARGEST_EV)) if value < -0.9 or value > 0.95 else 0.0
    return round(aim, 2)
