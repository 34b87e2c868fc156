"""Shoulders, neck, clothes and hands: how a person sits and what hangs on them."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np

from app.domain.judgement import Measurement
from app.inspection.face import FaceReading
from app.inspection.measures.taking import Taker
from app.inspection.parsing import Parsing, Part
from app.inspection.patch import FACE_WIDTH, Bools, HeadPatch, apart
from app.inspection.scene import Scene

# Positions along a line of colours.
Places: TypeAlias = np.typing.NDArray[np.int_]


def body_measures(scene: Scene) -> list[Measurement]:
    """Angles in degrees; lengths over T (eyes' mid-point to chin) or face widths; areas over a face width squared."""
    patch, parsing = scene.patch, scene.parsing
    if patch is None or parsing is None:
        return []
    t = Taker("person-outline/1")
    _shoulders(t, scene.reading, patch)
    _neck(t, patch, parsing)
    _hands(t, patch, parsing)
    _straps(t, scene, patch, parsing)
    return t.taken


def _outline(reading: FaceReading, x: float, below: float) -> float | None:
    """Where the person begins in a column, looking down from the chin; picture pixels. None: not in the picture."""
    width = reading.person.shape[1]
    column = round(x)
    if not 0 <= column < width:
        return None
    inside = reading.person[int(max(0, below)) :, column] > 0.5
    return None if not inside.any() else max(0.0, below) + float(inside.argmax())


def _shoulders(t: Taker, reading: FaceReading, patch: HeadPatch) -> None:
    """Heights of the outline at 0.75, 0.9 and 1.05 face widths beside the chin, both sides."""
    face = reading.main
    ids = (("shoulder_tilt", "deg"), ("shoulder_drop", "ratio"), ("shoulders_seen", "yes"))
    if face is None:
        return
    wide = FACE_WIDTH / patch.scale
    chin_x, chin_y = face.head.chin
    tilts, drops = [], []
    for reach in (0.75, 0.9, 1.05):
        left, right = (_outline(reading, chin_x + side * reach * wide, chin_y) for side in (-1, 1))
        if left is None or right is None or min(left, right) < 1:
            continue
        tilts.append(np.degrees(np.arctan2(right - left, 2 * reach * wide)))
        drops.append(((left + right) / 2 - chin_y) / (patch.eye_chin / patch.scale))
    region = patch.region(0, patch.chin[1], patch.lab.shape[1], FACE_WIDTH)
    if not tilts:
        for id_, unit in ids[:2]:
            t.take(id_, None, unit, region, note="shoulders are outside the picture")
        t.take("shoulders_seen", 0.0, "yes", region)
        return
    t.take("shoulder_tilt", float(np.median(tilts)), "deg", region)
    t.take("shoulder_drop", float(np.median(drops)), "ratio", region)
    t.take("shoulders_seen", 1.0, "yes", region)


def _neck(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    """Along a strip below the chin: how far skin reaches, what covers it, and whether something thin hangs there."""
    x, y = patch.chin
    half = 0.1 * FACE_WIDTH
    strip = patch.box(x - half, y + 0.05 * FACE_WIDTH, 2 * half, 1.6 * FACE_WIDTH)
    skin = parsing.like_skin[strip] | (_dimmed_skin(patch, parsing)[strip])
    seen = patch.seen[strip].all(axis=1)
    region = patch.region(x - half, y, 2 * half, FACE_WIDTH)
    rows = skin.mean(axis=1) > 0.5
    rows = rows[: int(seen.sum())]
    length = _first_gap(rows) / patch.eye_chin if len(rows) >= 8 else None
    cut = length is not None and len(rows) > 0 and bool(rows.all())
    t.take("neckline", length, "ratio", region, method="skin-below-chin/1", note="cut by the edge" if cut else "")
    level = patch.box(0, y + 0.16 * FACE_WIDTH, patch.lab.shape[1], 0.06 * FACE_WIDTH)
    cloth = (parsing.part(Part.CLOTHES) & (patch.person > 0.5))[level]
    width = float(cloth.mean(axis=0).astype(bool).sum()) / FACE_WIDTH if cloth.size else 0.0
    t.take("scarf", width, "ratio", region, method="cloth-at-the-chin/1")
    t.take("necklace", _necklace(patch, parsing), "share", region, method="thin-on-neck/1")


def _dimmed_skin(patch: HeadPatch, parsing: Parsing) -> Bools:
    """Skin in the chin's shadow: the same hue, darker."""
    skin = [float(v) for v in parsing.skin.lab]
    alike = np.abs(patch.hue - float(np.arctan2(skin[2], skin[1]))) < 0.3
    strong = patch.chroma > 0.55 * float(np.hypot(skin[1], skin[2]))
    return np.asarray(alike & strong & (patch.lab[..., 0] > 0.45 * skin[0]))


def _first_gap(rows: np.typing.NDArray[np.bool_]) -> int:
    """Length of the run of skin from the top, small gaps of four rows ignored."""
    missing = 0
    for index, skin in enumerate(rows):
        missing = 0 if skin else missing + 1
        if missing > 4:
            return index - 4
    return len(rows)


def _necklace(patch: HeadPatch, parsing: Parsing) -> float:
    """Thin lines brighter, darker or more colourful than the skin on both sides of them, on neck and chest."""
    neck = parsing.part(Part.NECK)
    filled = cv2.morphologyEx(neck.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    inner = cv2.erode(filled, np.ones((7, 7), np.uint8)) > 0
    inner &= np.arange(neck.shape[0])[:, None] > patch.chin[1] + 0.22 * FACE_WIDTH
    if inner.sum() < 150:
        return 0.0
    lines = np.zeros_like(inner)
    for plane, depth in ((patch.lab[..., 0], 10.0), (patch.chroma, 9.0)):
        level = np.clip(plane * 2.4, 0, 255).astype(np.uint8)
        size = np.ones((9, 9), np.uint8)
        bright = level.astype(np.int16) - cv2.morphologyEx(level, cv2.MORPH_OPEN, size)
        lines |= bright > depth * 2.4
    return float((lines & inner).sum()) / float(inner.sum())


def _hands(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    """Skin that is neither face, ears nor neck: a raised hand, a hand that holds a child."""
    columns = np.arange(parsing.labels.shape[1])[None, :]
    rows = np.arange(parsing.labels.shape[0])[:, None]
    allowed = (np.abs(columns - patch.chin[0]) < 0.66 * FACE_WIDTH) & (rows < patch.chin[1] + 1.0 * FACE_WIDTH)
    skin = parsing.like_skin & (patch.person > 0.5) & patch.seen & ~allowed
    pieces = cv2.morphologyEx(skin.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(pieces)
    best = max(range(1, count), key=lambda i: stats[i, cv2.CC_STAT_AREA], default=0)
    area = float(stats[best, cv2.CC_STAT_AREA]) if best else 0.0
    place = np.argwhere(labels == best)[:, ::-1].astype(np.float64) if best else None
    region = None if place is None else patch.around(place)
    t.take("hand", area / FACE_WIDTH**2, "share", region, method="skin-off-the-face/1")


# Farther than this from the wall's colour nothing is wall, not even its shadow, ΔE.
_NO_WALL_DE = 25.0


def _straps(t: Taker, scene: Scene, patch: HeadPatch, parsing: Parsing) -> None:
    """On each shoulder: a band across the strip below the outline whose colour is unlike the clothes beside it."""
    # A strap may have the colour of skin, and the outline model loses shoulders behind one: whatever is neither hair
    # nor wall below the chin.
    below = np.arange(patch.person.shape[0])[:, None] > patch.chin[1]
    someone = patch.person > 0.7
    if scene.wall is not None:
        someone |= apart(patch.lab, np.median(scene.wall, axis=0)) > _NO_WALL_DE
    clothes = someone & patch.seen & below & ~parsing.part(Part.HAIR)
    if (parsing.part(Part.CLOTHES) & clothes).sum() < 300:
        t.take("straps", None, "share", note="no shoulders in the picture")
        return
    best, places = [], []
    for side in (-1, 1):
        columns = [int(patch.chin[0] + side * r * FACE_WIDTH) for r in np.linspace(0.45, 1.4, 60)]
        line = [_below_outline(patch, clothes, c) for c in columns if 0 <= c < clothes.shape[1]]
        colours = [c for c in line if c is not None]
        best.append(_band(colours))
        places.append(columns[0])
    region = patch.region(0, patch.chin[1], patch.lab.shape[1], FACE_WIDTH)
    known = [b for b in best if b is not None]
    t.take("straps", max(known) if known else None, "dE", region, method="bands-on-shoulders/3")


def _below_outline(patch: HeadPatch, clothes: Bools, column: int) -> np.typing.NDArray[np.float32] | None:
    """Median colour of the clothes just under the shoulder's outline."""
    ys = np.flatnonzero(clothes[:, column])
    if len(ys) < 12:
        return None
    top = ys[0] + 10
    piece = patch.lab[top : top + 12, column]
    return np.asarray(np.median(piece, axis=0), np.float32) if len(piece) >= 6 else None


def _band(colours: list[np.typing.NDArray[np.float32]]) -> float | None:
    """How unlike its neighbours on both sides a band of 6 to 15 columns is, ΔE; None where the shoulder is not seen."""
    if len(colours) < 24:
        return None
    line = np.array(colours)
    sums = np.vstack([np.zeros((1, 3)), np.cumsum(line, axis=0)])

    def mean(first: Places, last: Places) -> np.typing.NDArray[np.float64]:
        return np.asarray((sums[last] - sums[first]) / np.maximum(1, last - first)[:, None])

    best = 0.0
    for width in (6, 10, 15):
        start = np.arange(5, len(line) - width - 6)
        inside = mean(start + 1, start + width - 1)
        before = mean(np.maximum(0, start - 7), start - 1)
        after = mean(start + width + 1, np.minimum(len(line), start + width + 7))
        unlike = np.minimum(np.linalg.norm(inside - before, axis=1), np.linalg.norm(inside - after, axis=1))
        best = max(best, float((unlike - np.linalg.norm(before - after, axis=1)).max(initial=0.0)))
    return best
