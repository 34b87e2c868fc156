"""How the head is turned and what the face does: pose, mouth, smile, brows, symmetry."""

from __future__ import annotations

import numpy as np

from app.domain.judgement import Measurement
from app.inspection.face import LIPS_INNER, Face
from app.inspection.inference import Points
from app.inspection.measures.taking import Taker
from app.inspection.parsing import BROW_LEFT, BROW_RIGHT, Parsing, Part
from app.inspection.parsing import LIPS_INNER as LIPS_INNER_LINE
from app.inspection.patch import FACE_WIDTH, HeadPatch
from app.inspection.scene import Scene

_CORNERS = (61, 291)


def expression_measures(scene: Scene) -> list[Measurement]:
    """Degrees for the pose; distances over the eye distance or over T (eyes' mid-point to chin)."""
    face, patch, parsing = scene.reading.main, scene.patch, scene.parsing
    if face is None or patch is None or parsing is None:
        return []
    t = Taker("pnp-pose-four-views/2")
    for id_, value in (("yaw", face.pose.yaw_deg), ("pitch", face.pose.pitch_deg), ("roll", face.pose.roll_deg)):
        t.take(id_, value, "deg", face.box)
    t.take("face_aspect", face.aspect, "ratio", face.box, method="rigid-fit-aspect/1")
    t.take("fit_residual", face.residual, "ratio", face.box, method="rigid-fit-residual/1")
    _mouth(t, patch)
    _brows(t, patch, parsing, face)
    return t.taken


def _mouth(t: Taker, patch: HeadPatch) -> None:
    lips = patch.mesh[list(LIPS_INNER)]
    region = patch.around(patch.mesh[list(LIPS_INNER_LINE)], 6)
    gap = max(float(np.linalg.norm(lips[0] - lips[1])), _dark_gap(patch))
    t.take("mouth_open", gap / patch.eye_chin, "ratio", region, method="ofiq-mouth-closed-or-dark/1")
    t.take("teeth", _teeth(patch), "share", region, method="bright-in-mouth/1")
    corners = _levelled(patch.mesh[list(_CORNERS)], patch)
    middle = float(_levelled(lips, patch)[:, 1].mean())
    t.take("smile", (middle - float(corners[:, 1].mean())) / patch.eye_distance, "ratio", region, method="corner-lift/1")
    wide = float(np.linalg.norm(corners[1] - corners[0])) / patch.eye_distance
    t.take("mouth_width", wide, "ratio", region, method="mouth-width/1")
    lean = float(corners[1, 1] - corners[0, 1]) / patch.eye_distance
    t.take("mouth_lean", abs(lean), "ratio", region, method="corner-difference/1")


def _dark_gap(patch: HeadPatch) -> float:
    """Height of the dark (or the teeth) between the lips, patch pixels; the mesh alone is slow to open its mouth.

    A closed mouth's line is up to four pixels high and does not count.
    """
    centre = (patch.mesh[13] + patch.mesh[14]) / 2
    skin = float(np.median(patch.lab[patch.square(151, 8, 6)][..., 0])) if patch.lab.size else 1.0
    heights = []
    for x in np.linspace(-0.16, 0.16, 7) * patch.eye_distance + centre[0]:
        column = patch.lab[patch.box(float(x), centre[1] - 0.12 * patch.eye_distance, 1.5, 0.5 * patch.eye_distance)][:, :1]
        if column.shape[0] < 8:
            return 0.0
        light, chroma = column[:, 0, 0], np.hypot(column[:, 0, 1], column[:, 0, 2])
        inside = (light < 0.42 * skin) | ((light > 62) & (chroma < 10) & (column[:, 0, 1] < 6))
        heights.append(_longest(inside))
    run = float(np.median(heights))
    return run if run > 4 else 0.0


def _longest(flags: np.typing.NDArray[np.bool_]) -> int:
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best


def _levelled(points: Points, patch: HeadPatch) -> Points:
    """Turned so that the eyes are level, about their middle."""
    across = patch.pupils[1] - patch.pupils[0]
    angle = -np.arctan2(across[1], across[0])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray((points - patch.eyes) @ turn.T)


def _teeth(patch: HeadPatch) -> float:
    """Share of a box around the mouth's opening that is as bright and colourless as teeth."""
    corners = patch.mesh[list(_CORNERS)]
    x, y = corners[:, 0].min(), patch.mesh[13][1] - 3
    wide, high = np.ptp(corners[:, 0]), max(6.0, patch.mesh[14][1] - patch.mesh[13][1] + 6)
    lab = patch.lab[patch.box(x + wide * 0.15, y, wide * 0.7, high)]
    if lab.size == 0:
        return 0.0
    eyes = patch.lab[patch.polygon(LIPS_INNER_LINE, 3)]
    lip_chroma = np.hypot(eyes[:, 1], eyes[:, 2]).max(initial=1.0)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    white = (lab[..., 0] > 62) & (chroma < 0.5 * lip_chroma) & (lab[..., 1] < 9)
    return float(white.mean())


def _brows(t: Taker, patch: HeadPatch, parsing: Parsing, face: Face) -> None:
    brows = [patch.mesh[list(b)] for b in (BROW_LEFT, BROW_RIGHT)]
    heights = [float(patch.eyes[1] - b[:, 1].mean()) / patch.eye_distance for b in brows]
    region = patch.around(np.vstack(brows), 4)
    t.take("brow_height", sum(heights) / 2, "ratio", region, method="brow-height/1")
    t.take("jaw_ratio", _jaw(patch, parsing), "ratio", face.box, method="skin-at-mouth-to-face/1")


def _jaw(patch: HeadPatch, parsing: Parsing) -> float | None:
    """Width of the skin at the mouth's height over the face's width at the ears; None where hair hides the cheeks."""
    x, y = (patch.mesh[13] + patch.mesh[14]) / 2
    rows = parsing.labels[int(max(0, y - 3)) : int(y + 4)]
    if rows.shape[0] < 4 or not 0 <= x < rows.shape[1]:
        return None
    face = np.isin(rows, (Part.SKIN, Part.LIPS, Part.OTHER)).mean(axis=0) > 0.5
    middle = int(x)
    left, right = ~face[: middle + 1][::-1], ~face[middle:]
    ends = [int(side.argmax()) if side.any() else len(side) for side in (left, right)]
    hidden = [rows[:, int(np.clip(middle + s * e, 0, rows.shape[1] - 1))] for s, e in ((-1, ends[0]), (1, ends[1]))]
    if any((h == Part.HAIR).mean() > 0.5 for h in hidden):
        return None
    return sum(ends) / FACE_WIDTH
