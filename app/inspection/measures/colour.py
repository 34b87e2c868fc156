"""Colours against references: skin tone, casts read from what should be grey, hair, clothes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement
from app.inspection.measures.background import lab_of
from app.inspection.measures.exposure import cheeks, eye_white
from app.inspection.measures.taking import Taker
from app.inspection.parsing import Parsing, Part
from app.inspection.patch import HeadPatch
from app.inspection.scene import Scene

# Hues (degrees in the a*b* plane) along which a cast is read.
_CASTS = {"red_cast": 15.0, "yellow_cast": 95.0, "cyan_cast": 205.0}
_NATURAL_A, _NATURAL_B = (5.0, 25.0), (5.0, 35.0)  # OFIQ NaturalColour
_PLAIN_WALL, _SHARED_CAST = 9.0, 0.5
_NATURAL_HUES = (15.0, 100.0)


def colour_measures(scene: Scene, rgb: tuple[int, int, int]) -> list[Measurement]:
    """L*a*b* of skin and hair, casts along hues, chroma; ``rgb``: the standard's background."""
    patch, parsing, face = scene.patch, scene.parsing, scene.reading.main
    if patch is None or parsing is None or face is None:
        return []
    t = Taker("skin-lab/1")
    for name, value in zip(("skin_l", "skin_a", "skin_b"), parsing.skin.lab, strict=True):
        t.take(name, value, "Lab", face.box)
    a, b = float(parsing.skin.lab[1]), float(parsing.skin.lab[2])
    t.take("skin_chroma", np.hypot(a, b), "Lab", face.box)
    t.take("skin_hue", np.degrees(np.arctan2(b, a)), "deg", face.box, method="skin-hue/1")
    t.take("natural_colour", _natural(patch), "Lab", face.box, method="ofiq-natural-colour/1")
    person = (patch.person > 0.6) & patch.seen
    strongest = float(np.percentile(patch.chroma[person], 90)) if person.sum() > 100 else None
    t.take("colourfulness", strongest, "Lab", face.box, method="chroma-p90/1")
    reference, method = grey_reference(scene, patch)
    for name, hue in _CASTS.items():
        angle = np.radians(hue)
        value = None if reference is None else float(reference[1] * np.cos(angle) + reference[2] * np.sin(angle))
        t.take(name, value, "Lab", method=method)
    _hair(t, patch, parsing)
    _clothes(t, patch, parsing, rgb)
    return t.taken


def _natural(patch: HeadPatch) -> float | None:
    """Distance of the cheeks' mean a*, b* from the natural ranges; 100 where one is negative (ISO/IEC 29794-5)."""
    colours = [patch.lab[box].reshape(-1, 3) for box in cheeks(patch)]
    both = np.vstack(colours)
    if len(both) == 0:
        return None
    a, b = float(both[:, 1].mean()), float(both[:, 2].mean())
    if a < 0 or b < 0:
        return 100.0
    off = [max(low - v, 0.0, v - high) for v, (low, high) in ((a, _NATURAL_A), (b, _NATURAL_B))]
    return float(np.hypot(off[0], off[1]))


def grey_reference(scene: Scene, patch: HeadPatch) -> tuple[NDArray[np.float32] | None, str]:
    """What should be grey: the wall where it is a photographed one, else the white of the eyes.

    A wall may be painted. One that is clearly coloured counts as grey only when the white of the eyes shows the same
    colour, and by as much as they do: that much is the light.
    """
    wall, white = scene.wall, eye_white(patch)
    if wall is not None:
        middle = np.median(wall, axis=0)
        photographed = wall[:, 0].std() > 0.25 and 45 < middle[0] < 99.5 and wall[:, 1:].std(axis=0).max() < 5
        chroma = float(np.hypot(middle[1], middle[2]))
        shared = 1.0 if chroma < _PLAIN_WALL else _shared_light(middle, white, chroma)
        if photographed and shared > _SHARED_CAST:
            return np.asarray(middle * (1, shared, shared), np.float32), "cast-from-wall/2"
    return white, "cast-from-eye-white/1"


def _shared_light(wall: NDArray[np.float32], white: NDArray[np.float32] | None, chroma: float) -> float:
    """How much of the wall's colour the white of the eyes shows too, 0..1."""
    if white is None:
        return 0.0
    return min(1.0, float(white[1] * wall[1] + white[2] * wall[2]) / chroma**2)


def _hair(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    if parsing.hair is None:
        t.take("hair_dye", 0.0, "Lab", note="no hair seen")
        return
    _, a, b = parsing.hair.lab
    chroma, hue = float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a))) % 360
    allowed = 30.0 if _NATURAL_HUES[0] <= hue <= _NATURAL_HUES[1] else 9.0
    hair = parsing.part(Part.HAIR)
    points = np.argwhere(hair)[:, ::-1].astype(np.float64)
    region = patch.around(points, 0) if len(points) else None
    t.take("hair_dye", max(0.0, chroma - allowed), "Lab", region, method="beyond-natural-hair/1")


def _clothes(t: Taker, patch: HeadPatch, parsing: Parsing, rgb: tuple[int, int, int]) -> None:
    clothes = parsing.part(Part.CLOTHES) & (patch.person > 0.85)
    if clothes.sum() < 200:
        t.take("clothes_contrast", None, "dE", note="no clothes in the picture")
        t.take("cloth_grain", None, "luma")
        return
    middle = np.median(patch.lab[clothes], axis=0)
    contrast = float(np.linalg.norm(middle - lab_of(rgb)))
    ys, xs = np.nonzero(clothes)
    region = patch.region(float(xs.min()), float(ys.min()), float(np.ptp(xs)), float(np.ptp(ys)))
    t.take("clothes_contrast", contrast, "dE", region, method="clothes-against-wall/1")
    luma = patch.luma.astype(np.float32)
    fine = np.abs(luma[1:-1, 1:-1] * 4 - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:])
    inner = clothes[1:-1, 1:-1]
    t.take("cloth_grain", float(np.median(fine[inner])), "luma", region, method="cloth-grain/2")
