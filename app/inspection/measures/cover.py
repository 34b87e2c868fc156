"""What hides or decorates the head: hair, masks, hats, scarves of the face, jewellery, make-up, marks."""

from __future__ import annotations

import cv2
import numpy as np

from app.domain.judgement import Measurement
from app.inspection.measures.taking import Taker, share
from app.inspection.parsing import (
    BROW_LEFT,
    BROW_RIGHT,
    LIPS_OUTER,
    OVAL,
    Parsing,
    Part,
    ear_boxes,
    hulled,
)
from app.inspection.patch import FACE_WIDTH, Bools, HeadPatch, apart, filled
from app.inspection.scene import Scene


def cover_measures(scene: Scene) -> list[Measurement]:
    """Shares of the named part; colours as differences in L*a*b*."""
    patch, parsing = scene.patch, scene.parsing
    if patch is None or parsing is None:
        return []
    t = Taker("parsing/1")
    _face(t, patch, parsing)
    _mask(t, patch, parsing)
    _brows_and_forehead(t, patch, parsing)
    _ears(t, patch, parsing)
    _head(t, scene, patch, parsing)
    _make_up(t, patch, parsing)
    return t.taken


def _features(patch: HeadPatch) -> Bools:
    mask = patch.polygon(LIPS_OUTER, 4) | patch.eye(0, 7) | patch.eye(1, 7)
    for part in (BROW_LEFT, BROW_RIGHT):
        mask |= filled(hulled(patch.mesh[list(part)]), mask.shape, 4)
    nostrils = patch.mesh[[98, 327, 2]]
    mask |= filled(hulled(nostrils), mask.shape, 5)
    return np.asarray(mask)


def _face(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    inside = patch.polygon(OVAL, -7) & ~_features(patch) & patch.seen
    covered = ~parsing.like_skin & inside
    region = patch.around(patch.mesh, 0)
    t.take("face_covered", share(covered, inside), "share", region)
    low = inside & (np.arange(inside.shape[0])[:, None] > patch.eyes[1] - 0.3 * patch.eye_distance)
    t.take("hair_on_face", share(parsing.part(Part.HAIR) & low, low), "share", region)
    thing = parsing.part(Part.OTHER) & inside
    biggest, place = _largest(thing)
    t.take("object_on_face", biggest / max(int(inside.sum()), 1), "share", patch.around(place) if len(place) else region)
    small = _spots(patch, inside) | (_of_other_hue(patch, parsing) & inside) | thing
    biggest, place = _largest(small & inside)
    t.take("skin_marks", biggest / max(int(inside.sum()), 1), "share", patch.around(place) if len(place) else region,
           method="dark-spots/1")  # fmt: skip


def _of_other_hue(patch: HeadPatch, parsing: Parsing) -> Bools:
    """Ink and paint: a hue no light turns skin into, more than 70° from the sitter's own."""
    turn = np.abs(patch.hue - float(np.arctan2(parsing.skin.lab[2], parsing.skin.lab[1])))
    turn = np.minimum(turn, 2 * np.pi - turn)
    return np.asarray((turn > np.radians(70)) & (patch.chroma > 4.0))


# A mark is darker than the skin around it by this much of 255, or by this share of it, whichever is less.
_SPOT_STEP, _SPOT_SHARE = 46.0, 0.3


def _spots(patch: HeadPatch, skin: Bools) -> Bools:
    """Dark patches within skin, by closing at a third of the eye distance; on dark skin the same ink is a smaller step."""
    size = int(0.32 * patch.eye_distance) | 1
    lightness = np.clip(patch.lab[..., 0] * 2.55, 0, 255).astype(np.uint8)
    closed = cv2.morphologyEx(lightness, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    step = np.minimum(_SPOT_STEP, _SPOT_SHARE * closed.astype(np.float32))
    return np.asarray((closed.astype(np.float32) - lightness > step) & skin)


def _largest(mask: Bools) -> tuple[float, np.typing.NDArray[np.float64]]:
    """Pixels of the largest connected piece, and where they are (x, y)."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    if count < 2:
        return 0.0, np.zeros((0, 2))
    best = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    return float(stats[best, cv2.CC_STAT_AREA]), np.argwhere(labels == best)[:, ::-1].astype(np.float64)


def _colourless(patch: HeadPatch, parsing: Parsing) -> Bools:
    """White cloth or plastic beside very light skin: as bright, but without its colour."""
    own = float(np.hypot(*parsing.skin.lab[1:]))
    return np.asarray((patch.chroma < 0.45 * own) & (patch.lab[..., 0] > parsing.skin.lab[0] - 4)) & (own > 8)


def _mask(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    """Below the nose tip down to the chin: how little of it is the sitter's own skin, lips left out; beards are hair."""
    outline = patch.mesh[[93, 205, 2, 425, 323, 361, 397, 378, 152, 149, 172, 132]]
    low = filled(hulled(outline), parsing.oval.shape, -4) & parsing.oval & patch.seen
    strange = ~parsing.like_skin | _colourless(patch, parsing)
    other = strange & ~parsing.part(Part.HAIR) & low & ~patch.polygon(LIPS_OUTER, 4)
    t.take("mouth_covered", share(other, low), "share", patch.around(outline), method="lower-face-skin/1")


def _brows_and_forehead(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    """Fringe: the strip between brow and forehead line should be skin."""
    hidden, place = 0.0, BROW_LEFT
    for brow in (BROW_LEFT, BROW_RIGHT):
        points = patch.mesh[list(brow)]
        x0, x1, top = points[:, 0].min(), points[:, 0].max(), points[:, 1].min()
        strip = np.zeros_like(parsing.oval)
        strip[patch.box(x0 + 2, top - 0.085 * FACE_WIDTH, x1 - x0 - 4, 0.06 * FACE_WIDTH)] = True
        value = share(~parsing.like_skin, strip & patch.seen)
        if value is not None and value > hidden:
            hidden, place = value, brow
    t.take("brows_hidden", hidden, "share", patch.around(patch.mesh[list(place)], 8), method="skin-above-brows/1")
    forehead = filled(hulled(patch.mesh[[109, 338, 334, 105, 9, 10]]), parsing.oval.shape, -3) & patch.seen
    t.take("forehead_visible", share(parsing.like_skin, forehead), "share", patch.around(patch.mesh[[109, 338, 9, 10]]))


def _ears(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    """Skin outside the face's outline at ear height; both must show, the hidden one counts."""
    shown, boxes = [], ear_boxes(patch)
    for box, part in zip(boxes, (Part.EAR_LEFT, Part.EAR_RIGHT), strict=True):
        inside = np.zeros_like(parsing.oval)
        inside[box] = True
        shown.append(float((parsing.part(part) & inside).sum()) / (0.05 * FACE_WIDTH) ** 2)
    rows, columns = boxes[int(np.argmin(shown))]
    region = patch.region(columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
    t.take("ears_visible", min(shown), "ratio", region, method="skin-at-ears/1")


def _head(t: Taker, scene: Scene, patch: HeadPatch, parsing: Parsing) -> None:
    hair = parsing.part(Part.HAIR)
    person = (patch.person > 0.9) & patch.seen
    above = person & ~parsing.oval & (np.arange(hair.shape[0])[:, None] < patch.mesh[9][1])
    strange = _largest(above & ~hair & ~parsing.like_skin)
    area = max(int(above.sum()), 1)
    t.take("hair_ornament", strange[0] / area, "share", patch.around(strange[1]) if len(strange[1]) else None,
           method="not-hair-on-head/1")  # fmt: skip
    t.take("head_covered", _covering(patch, parsing, above), "score", patch.around(patch.mesh[[10, 127, 356]], 30),
           method="hat-score/1")  # fmt: skip
    beside = np.zeros_like(hair)
    for side, index in ((-1, 234), (1, 454)):
        x, y = float(patch.mesh[index][0]), float(patch.mesh[2][1])
        wide = 0.17 * FACE_WIDTH
        beside[patch.box(x - wide if side < 0 else x, y - 0.30 * FACE_WIDTH, wide, 0.62 * FACE_WIDTH)] = True
    thing, place = _largest(_foreign(scene, patch, parsing) & beside)
    region = patch.around(place) if len(place) else None
    t.take("earring", thing / FACE_WIDTH**2, "share", region, method="not-ear-beside-face/1")
    hanging = hair & (np.arange(hair.shape[0])[:, None] > patch.chin[1] + 0.12 * FACE_WIDTH)
    t.take("hair_on_shoulders", float(hanging.sum()) / FACE_WIDTH**2, "share", method="hair-below-chin/1")


def _foreign(scene: Scene, patch: HeadPatch, parsing: Parsing) -> Bools:
    """Neither skin, hair, nor wall, by colour."""
    wall = scene.wall
    strange = ~parsing.like_skin & (parsing.from_skin > 4.0)
    if parsing.from_hair is not None:
        strange &= parsing.from_hair > 4.0
        # Shadows and stray hair lie between hair and skin; only what is brighter or more colourful than both counts.
    bright = patch.lab[..., 0] > parsing.skin.lab[0] + 8
    vivid = patch.chroma > float(np.hypot(*parsing.skin.lab[1:])) + 14
    strange &= bright | vivid
    strange |= _colourless(patch, parsing) & (patch.person > 0.9)
    if wall is not None:
        strange &= (apart(patch.lab, np.median(wall, axis=0)) > 12) | (patch.person > 0.5)
    return np.asarray(strange & (patch.person > 0.35))


def _covering(patch: HeadPatch, parsing: Parsing, above: Bools) -> float:
    """0..1: a cap has a colour no hair has, or an edge straight across the forehead below a plain, even surface."""
    if parsing.hair is None:
        return 0.0
    _, a, b = parsing.hair.lab
    chroma, hue = float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a))) % 360
    unnatural = chroma > (34.0 if 15 <= hue <= 100 else 14.0)
    forehead = filled(hulled(patch.mesh[[109, 338, 334, 105, 9, 10]]), parsing.oval.shape, -3) & patch.seen
    shown = share(parsing.like_skin, forehead) or 0.0
    luma = patch.luma.astype(np.float32)
    fine = np.abs(luma - cv2.GaussianBlur(luma, (0, 0), 1.5))
    even = float(np.median(fine[above])) < 0.9 if above.sum() > 200 else False
    beside = _around_face(patch, parsing)
    return max(
        1.0 * unnatural,
        0.4 * (shown < 0.6) + 0.3 * even + 0.3 * (float(parsing.hair.lab[0]) > 45),
        1.0 * (beside > 0.75),
    )


def _around_face(patch: HeadPatch, parsing: Parsing) -> float:
    """How far cloth closes around the face: share of the outline, chin included, with the top's colour outside it."""
    if parsing.from_hair is None:
        return 0.0
    outline = patch.mesh[list(OVAL)]
    middle = outline.mean(axis=0)
    outside = np.rint(middle + (outline - middle) * 1.16).astype(int)
    rows, columns = patch.lab.shape[:2]
    near = parsing.from_hair < 3.5
    covered = [(bool(near[y, x]), y) for x, y in outside if 0 <= x < columns and 0 <= y < rows]
    chin = [c for c, y in covered if y > patch.chin[1] - 0.12 * FACE_WIDTH]
    if not chin or sum(chin) < 0.6 * len(chin):
        return 0.0  # long hair hangs beside a face, only cloth closes below the chin
    return sum(c for c, _ in covered) / len(covered)


def _make_up(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    lips = patch.lab[patch.polygon(LIPS_OUTER, -1)]
    region = patch.around(patch.mesh[list(LIPS_OUTER)])
    skin = parsing.skin.lab
    if len(lips) >= 20:
        colour = np.median(lips, axis=0)
        t.take("lip_colour", float(colour[1] - skin[1]), "Lab", region, method="lip-redness/1")
    else:
        t.take("lip_colour", None, "Lab", region)
    lids = np.zeros_like(parsing.oval)
    for side, brow in enumerate((BROW_LEFT, BROW_RIGHT)):
        between = np.vstack([patch.lids[side][9:], patch.mesh[list(brow)][:5]])
        lids |= filled(hulled(between), lids.shape, -3) & ~patch.eye(side, 3)
    shadow = patch.lab[lids]
    blush = [patch.lab[patch.square(i, 8, 8)].reshape(-1, 3) for i in (50, 280)]
    forehead = np.median(patch.lab[patch.square(151, 10, 7)].reshape(-1, 3), axis=0)
    paint = 0.0
    if len(shadow) >= 20:
        paint = float(np.hypot(*(np.median(shadow, axis=0)[1:] - forehead[1:])))
    for cheek in blush:
        if len(cheek):
            paint = max(paint, float(np.hypot(*(np.median(cheek, axis=0)[1:] - forehead[1:]))))
    t.take("make_up", paint, "Lab", patch.around(patch.mesh, 0), method="painted-skin/1")
