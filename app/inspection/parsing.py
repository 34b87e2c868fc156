"""Which part of a head each pixel is: from landmarks, the sitter's own colours, and who stands before the wall.

No model is trained for this: skin and hair are learnt from the picture at hand, so that a skin or hair colour is never
"wrong" for not having been in somebody's data. Each part has a confidence; where it is low, measures say unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np

from app.inspection.inference import Points
from app.inspection.patch import FACE_WIDTH, Bools, HeadPatch, Plane, apart, filled

OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
        136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)  # fmt: skip
BROW_LEFT = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46)
BROW_RIGHT = (300, 293, 334, 296, 336, 285, 295, 282, 283, 276)
LIPS_OUTER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
LIPS_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)

# Where skin is looked for: bridge, glabella, under the eyes, cheeks, beside the nose, chin. A minority may be covered.
_SKIN_PROBES = (6, 197, 9, 8, 151, 108, 337, 117, 346, 50, 280, 205, 425, 101, 330)
_PROBE_PX = 5
_MASK_SURE = 0.5


class Part(IntEnum):
    """Labels of ``Parsing.labels``."""

    BACKGROUND = 0
    SKIN = 1
    HAIR = 2
    EAR_LEFT = 3
    EAR_RIGHT = 4
    BROW = 5
    EYE = 6
    LIPS = 7
    NECK = 8
    CLOTHES = 9
    OTHER = 10
    GLASSES = 11


@dataclass(frozen=True)
class Tone:
    """A colour learnt from the picture: CIE L*a*b* median and how far it spreads (same units)."""

    lab: Points
    spread: Points

    def distance(self, lab: Plane) -> Plane:
        """In spreads, per pixel."""
        spread = self.spread.astype(np.float32)
        return apart(lab / spread, self.lab / spread)


@dataclass(frozen=True)
class Parsing:
    """``labels``: uint8 of Part; ``skin`` and ``hair``: the sitter's tones (hair None: none found, e.g. bald).

    ``like_skin``: pixels of the skin's colour anywhere. ``confidence`` 0..1: how much of the face looks like one skin.
    ``from_skin``, ``from_hair``: distance of every pixel from the two tones, in their spreads (``Tone.distance``).
    """

    labels: np.typing.NDArray[np.uint8]
    skin: Tone
    hair: Tone | None
    like_skin: Bools
    oval: Bools
    confidence: float
    from_skin: Plane
    from_hair: Plane | None

    def part(self, *parts: Part) -> Bools:
        """Where any of the parts is."""
        return np.isin(self.labels, parts)


def _skin_tone(patch: HeadPatch) -> Tone:
    """The median probe's colour; its spread from the probes that agree with it."""
    rows, columns = patch.lab.shape[:2]
    probes = []
    for index in _SKIN_PROBES:
        x, y = np.rint(patch.mesh[index]).astype(int)
        x, y = int(np.clip(x, _PROBE_PX, columns - _PROBE_PX - 1)), int(np.clip(y, _PROBE_PX, rows - _PROBE_PX - 1))
        square = patch.lab[y - _PROBE_PX : y + _PROBE_PX + 1, x - _PROBE_PX : x + _PROBE_PX + 1].reshape(-1, 3)
        probes.append(np.median(square, axis=0))
    colours = np.array(probes)
    hues, chroma = np.degrees(np.arctan2(colours[:, 2], colours[:, 1])), np.hypot(colours[:, 1], colours[:, 2])
    plausible = (hues > 12) & (hues < 92) & (chroma > 6.5)
    if plausible.sum() >= 3:  # a mask, a fringe or dark glasses are no skin of any colour
        colours = colours[plausible]
    middle = np.median(colours, axis=0)
    near = colours[np.argsort(np.abs((colours - middle) / (10, 5, 5)).sum(axis=1))[: len(colours) * 2 // 3]]
    return Tone(
        np.asarray(np.median(near, axis=0), np.float64),
        np.asarray(np.maximum(1.5 * near.std(axis=0), (11.0, 4.5, 5.0)), np.float64),
    )


def _hair_tone(patch: HeadPatch, from_skin: Plane) -> Tone | None:
    """From the person above the forehead and beside the temples, where it is not skin."""
    top, left, right = patch.mesh[10], patch.mesh[127], patch.mesh[356]
    band = np.zeros(patch.lab.shape[:2], bool)
    band[patch.box(left[0], top[1] - 0.55 * FACE_WIDTH, right[0] - left[0], 0.5 * FACE_WIDTH)] = True
    where = band & (patch.person > 0.8) & patch.seen & (from_skin > 3.0)
    if where.sum() < 150:
        return None
    colours = patch.lab[where]
    middle = np.median(colours, axis=0)
    spread = np.maximum(1.5 * np.median(np.abs(colours - middle), axis=0), (9.0, 4.0, 4.0))
    return Tone(np.asarray(middle, np.float64), np.asarray(np.minimum(spread, (16.0, 7.0, 8.0)), np.float64))


def ear_boxes(patch: HeadPatch) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Beside the ear roots, from the eye line to the nose base: where ears show on a frontal head."""
    left, right = patch.mesh[234], patch.mesh[454]
    top = patch.eyes[1] + 0.02 * FACE_WIDTH
    bottom = patch.mesh[2][1] + 0.04 * FACE_WIDTH
    wide = 0.14 * FACE_WIDTH
    return (
        patch.box(left[0] - wide, top, wide + 2, bottom - top),
        patch.box(right[0] - 2, top, wide + 2, bottom - top),
    )


def parse(patch: HeadPatch) -> Parsing:
    """Every pixel of the patch."""
    skin = _skin_tone(patch)
    near_skin = skin.distance(patch.lab)
    hair = _hair_tone(patch, near_skin)
    like_skin = (near_skin < 3.2) | _dimmed(patch, skin)
    like_hair = np.zeros_like(like_skin)
    near_hair = None if hair is None else hair.distance(patch.lab)
    if near_hair is not None:
        like_hair = (near_hair < 3.0) & (near_hair < near_skin)
        like_skin &= ~like_hair
    person = (patch.person > _MASK_SURE) & patch.seen
    oval = patch.polygon(OVAL)
    rows = np.arange(person.shape[0])[:, None]
    above = np.broadcast_to(rows < patch.chin[1], person.shape)
    labels = np.full(person.shape, Part.BACKGROUND, np.uint8)
    labels[person] = Part.OTHER
    labels[person & above & like_skin & _near_the_face(oval)] = Part.SKIN
    labels[person & above & like_hair] = Part.HAIR
    labels[oval & like_skin] = Part.SKIN
    labels[oval & ~like_skin & ~like_hair] = Part.OTHER
    colourful = patch.chroma > 0.55 * float(np.hypot(skin.lab[1], skin.lab[2]))
    _below_chin(labels, patch, person & ~above, like_skin, like_hair, np.asarray(colourful))
    for box, part in zip(ear_boxes(patch), (Part.EAR_LEFT, Part.EAR_RIGHT), strict=True):
        ear = np.zeros_like(oval)
        ear[box] = True
        labels[ear & like_skin & ~oval & (patch.person > 0.3)] = part
    _features(labels, patch, like_hair)
    inside = patch.polygon(OVAL, -6) & ~_feature_mask(patch)
    confidence = float(like_skin[inside].mean()) if inside.any() else 0.0
    return Parsing(labels, skin, hair, like_skin, oval, confidence, near_skin, near_hair)


def _dimmed(patch: HeadPatch, skin: Tone) -> Bools:
    """The same skin in shadow: its hue, less light, chroma in proportion."""
    hue = patch.hue - float(np.arctan2(skin.lab[2], skin.lab[1]))
    light = patch.lab[..., 0] / max(float(skin.lab[0]), 1.0)
    chroma = patch.chroma / max(float(np.hypot(skin.lab[1], skin.lab[2])), 1.0)
    return np.asarray((np.abs(hue) < 0.35) & (light > 0.5) & (light < 1.25) & (chroma > 0.6 * light) & (chroma < 2.1))


def _near_the_face(oval: Bools) -> Bools:
    """A forehead ends higher than the mesh's outline."""
    size = round(0.2 * FACE_WIDTH)
    grown = np.zeros_like(oval)
    grown[:-size] = oval[size:]
    return np.asarray(oval | grown)


def _below_chin(
    labels: np.typing.NDArray[np.uint8], patch: HeadPatch, below: Bools, skin: Bools, hair: Bools, colourful: Bools
) -> None:
    """Neck where skin shows under the chin, hair where it hangs down from the head, clothes elsewhere."""
    columns = np.arange(labels.shape[1])[None, :]
    middle = np.abs(columns - patch.chin[0]) < 0.62 * FACE_WIDTH
    labels[below] = Part.CLOTHES
    labels[below & skin & middle & colourful] = Part.NECK
    hanging = ((labels == Part.HAIR) | (below & hair)).astype(np.uint8)
    _, pieces = cv2.connectedComponents(hanging)
    heads = np.unique(pieces[(labels == Part.HAIR) & (pieces > 0)])
    labels[below & hair & np.isin(pieces, heads)] = Part.HAIR


def _feature_mask(patch: HeadPatch) -> Bools:
    mask = patch.polygon(LIPS_OUTER, 3) | patch.eye(0, 6) | patch.eye(1, 6)
    for part in (BROW_LEFT, BROW_RIGHT):
        mask |= filled(hulled(patch.mesh[list(part)]), mask.shape, 4)
    return np.asarray(mask)


def _features(labels: np.typing.NDArray[np.uint8], patch: HeadPatch, like_hair: Bools) -> None:
    for brow in (BROW_LEFT, BROW_RIGHT):
        labels[filled(hulled(patch.mesh[list(brow)]), labels.shape) & like_hair] = Part.BROW
    labels[patch.eye(0) | patch.eye(1)] = Part.EYE
    labels[patch.polygon(LIPS_OUTER)] = Part.LIPS


def hulled(points: Points) -> Points:
    """Convex hull, in order."""
    return np.asarray(cv2.convexHull(points.astype(np.float32)).reshape(-1, 2), np.float64)
