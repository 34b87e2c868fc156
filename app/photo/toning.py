"""Which tone a shot needs: white balance from what should be grey, exposure from the white of the eye, shine."""

from __future__ import annotations

import numpy as np

from app.config.register import register
from app.domain.attribute import Mend
from app.domain.edits import Tone
from app.domain.judgement import Measurement
from app.domain.photo_standard import PhotoStandard
from app.inspection.measures.background import lab_of
from app.inspection.measures.colour import grey_reference
from app.inspection.measures.exposure import linear
from app.inspection.parsing import Part
from app.inspection.scene import Scene

_LARGEST_GAIN, _LARGEST_EYE_GAIN = 3.0, 1.12
_LARGEST_EV = 1.2
_BRIGHTEST_SKIN_Y = 0.72  # linear light the brightest skin may reach when a picture is brightened
_SHARES = (1.0, 0.75, 0.5, 0.25)
_LEAST_A, _LEAST_B = 6.0, 7.0  # a little above OFIQ's bounds of natural colour
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
    ev = _ev(scene, measured) if eager or wrong & set(_LIGHT) else 0.0
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
    """Von Kries in linear sRGB: the grey reference becomes grey; a little of the way for the white of the eye."""
    if scene.patch is None:
        return 1.0, 1.0, 1.0
    reference, method = grey_reference(scene, scene.patch)
    if reference is None:
        return 1.0, 1.0, 1.0
    rgb = _linear_rgb(reference)
    wall = "wall" in method
    largest = _LARGEST_GAIN if wall else _LARGEST_EYE_GAIN
    gains = (rgb.mean() / np.maximum(rgb, 1e-3)) ** (1.0 if wall else 0.4)
    gains = np.clip(gains / gains.mean(), 1 / largest, largest)
    for share in _SHARES:
        tried = gains**share
        if scene.parsing is None or _still_skin(scene.parsing.skin.lab, tried):
            red, green, blue = (round(float(g), 3) for g in tried)
            return red, green, blue
    return 1.0, 1.0, 1.0


def _still_skin(lab: np.typing.NDArray[np.float64], gains: np.typing.NDArray[np.float64]) -> bool:
    """Whether skin would keep a natural a* and b*: a grey reference that turns faces blue was none."""
    light = np.clip(_linear_rgb(lab) * gains, 0, 1)
    shown = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    red, green, blue = (round(255 * float(v)) for v in shown)
    after = lab_of((red, green, blue))
    return bool(after[1] >= _LEAST_A and after[2] >= _LEAST_B)


def _linear_rgb(lab: np.typing.NDArray[np.float32] | np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    """CIE L*a*b* (D65) to linear sRGB (IEC 61966-2-1)."""
    fy = (float(lab[0]) + 16) / 116
    f = np.array([fy + float(lab[1]) / 500, fy, fy - float(lab[2]) / 200])
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * (0.95047, 1.0, 1.08883)
    matrix = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    return np.asarray(np.clip(matrix @ xyz, 1e-4, None))


def _ev(scene: Scene, measured: dict[str, Measurement]) -> float:
    """Towards a well exposed white of the eye, but never so far that the brightest skin burns out."""
    found, patch, parsing = measured.get("exposure_ev"), scene.patch, scene.parsing
    if found is None or found.value is None or patch is None or parsing is None:
        return 0.0
    if -0.9 <= found.value <= 0.95:
        return 0.0
    skin = parsing.part(Part.SKIN) & patch.seen
    if skin.sum() < 200:
        return 0.0
    brightest = float(linear(np.percentile(patch.lab[..., 0][skin], 97, keepdims=True).astype(np.float32))[0])
    room = float(np.log2(_BRIGHTEST_SKIN_Y / max(brightest, 1e-3)))
    return round(float(np.clip(min(-0.45 - found.value, room), -_LARGEST_EV, _LARGEST_EV)), 2)
