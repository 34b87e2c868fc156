"""Light on the face and in the picture: levels, clipping, evenness, highlights, against references that are not skin."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement
from app.inspection.measures.taking import Taker, share
from app.inspection.parsing import Parsing
from app.inspection.patch import Bools, HeadPatch
from app.inspection.scene import Scene

_DARK, _BRIGHT = 25, 247  # OFIQ's bounds of 8-bit luminance
_WHITE_OF_EYE_Y = 0.45  # linear luminance of a well exposed white of the eye


def linear(lab_l: NDArray[np.float32]) -> NDArray[np.float32]:
    """CIE lightness to relative luminance Y (CIE 15)."""
    f = (lab_l + 16) / 116
    return np.asarray(np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)), np.float32)


def cheeks(patch: HeadPatch) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Squares half-way from eye to mouth, 0.3 eye distances wide (ISO/IEC 29794-5 illumination uniformity)."""
    side = 0.3 * patch.eye_distance
    mouth = patch.mesh[13][1]
    left, right = (
        patch.box(float(p[0]) - side / 2, float((p[1] + mouth) / 2) - side / 2, side, side) for p in patch.pupils
    )
    return left, right


def eye_white(patch: HeadPatch) -> NDArray[np.float32] | None:
    """L*a*b* of the white of the eyes: the lighter third between the lids, glints left out; None when shut."""
    colours = []
    for side in (0, 1):
        inside = patch.lab[patch.eye(side)]
        if len(inside) >= 25:
            low, high = np.percentile(inside[:, 0], (62, 92))
            colours.append(np.median(inside[(inside[:, 0] >= low) & (inside[:, 0] <= high)], axis=0))
    return np.asarray(np.mean(colours, axis=0), np.float32) if colours else None


def exposure_measures(scene: Scene) -> list[Measurement]:
    """``luma``: BT.601 0..255; shares 0..1; L* differences; EV = log2 of linear luminance."""
    patch, parsing, face = scene.patch, scene.parsing, scene.reading.main
    if patch is None or parsing is None or face is None:
        return []
    t = Taker("face-light/1")
    inside = patch.luma[parsing.oval & patch.seen]
    if inside.size == 0:
        return []
    t.take("face_luminance", float(inside.mean()), "luma", face.box)
    t.take("under_exposed", (inside <= _DARK).mean(), "share", face.box, method="ofiq-under-exposure/1")
    t.take("over_exposed", (inside >= _BRIGHT).mean(), "share", face.box, method="ofiq-over-exposure/1")
    t.take("luminance_variance", float((inside / 255.0).var()), "ratio", face.box, method="ofiq-luminance-variance/1")
    counts = np.bincount(inside, minlength=256) / inside.size
    entropy = float(-(counts[counts > 0] * np.log2(counts[counts > 0])).sum())
    t.take("dynamic_range", entropy, "bit", face.box, method="ofiq-dynamic-range/1")
    whole = scene.lab[..., 0]
    low, high = np.percentile(whole[::3, ::3], (0.5, 99.5))
    t.take("grey_range", float(high - low), "L*", method="percentile-range/1")
    t.take(
        "black_point",
        float(np.percentile(patch.lab[..., 0][parsing.oval & patch.seen], 0.6)),
        "L*",
        face.box,
        method="black-point/1",
    )
    _evenness(t, patch, parsing)
    _highlights(t, patch, parsing)
    white = eye_white(patch)
    behind = scene.wall
    t.take(
        "exposure_ev",
        None if white is None else float(np.log2(max(float(linear(white[:1])[0]), 1e-4) / _WHITE_OF_EYE_Y)),
        "EV",
        face.box,
        method="eye-white-reference/1",
    )
    backlight = None if white is None or behind is None else float(np.median(behind[:, 0]) - white[0])
    t.take("backlight", backlight, "L*", face.box, method="wall-over-eye-white/1")
    return t.taken


def _evenness(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    left, right = cheeks(patch)
    l_left, l_right = patch.lab[left][..., 0], patch.lab[right][..., 0]
    region = patch.around(np.array([[left[1].start, left[0].start], [right[1].stop, right[0].stop]], np.float64), 0)
    if l_left.size == 0 or l_right.size == 0:
        t.take("light_difference", None, "L*")
        t.take("light_uniformity", None, "ratio")
        t.take("zone_ratio", None, "ratio")
        return
    t.take("light_difference", float(np.median(l_left) - np.median(l_right)), "L*", region, method="cheek-difference/1")
    bins = [np.histogram(patch.luma[box], bins=256, range=(0, 256))[0] / patch.luma[box].size for box in (left, right)]
    smooth = [np.convolve(b, np.ones(9) / 9, "same") for b in bins]
    t.take(
        "light_uniformity",
        float(np.minimum(smooth[0], smooth[1]).sum()),
        "ratio",
        region,
        method="ofiq-illumination-uniformity/1",
    )
    zones = [z for z in (_zone(patch, parsing, *place) for place in _ZONES) if z is not None]
    t.take("zone_ratio", min(zones) / max(zones) if len(zones) >= 3 else None, "ratio", region, method="four-zones/1")


# Forehead, both cheeks, chin: mesh point and half side in eye distances.
_ZONES = ((151, 0.3), (50, 0.16), (280, 0.16), (199, 0.14))


def _zone(patch: HeadPatch, parsing: Parsing, index: int, half: float) -> float | None:
    """Mean linear luminance of the skin in one zone."""
    x, y = patch.mesh[index]
    side = half * patch.eye_distance
    box = patch.box(x - side, y - side, 2 * side, 2 * side)
    skin = (np.abs(patch.lab[box][..., 1:] - parsing.skin.lab[1:]).max(axis=-1) < 16) if patch.lab[box].size else None
    if skin is None or skin.sum() < 20:
        return None
    return float(linear(patch.lab[box][..., 0][skin]).mean())


# On the lightest skin a reflection has less room above it than elsewhere, L*.
_SHINE_L = 94.5


def _highlights(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    skin: Bools = parsing.oval & patch.seen
    base, colour = parsing.skin.lab[0], float(np.hypot(*parsing.skin.lab[1:]))
    eyes = patch.eye(0, 5) | patch.eye(1, 5)
    shiny = skin & ~eyes & (patch.lab[..., 0] > min(max(base + 13, 82), _SHINE_L)) & (patch.chroma < 0.72 * colour)
    t.take("face_highlights", share(shiny, skin), "share", patch.around(patch.mesh, 0), method="specular-share/1")
    burnt = cv2.inRange(patch.bgr, (250, 250, 250), (255, 255, 255)) > 0
    t.take("highlights", share(burnt, (patch.person > 0.9) & patch.seen), "share", method="burnt-share/1")
