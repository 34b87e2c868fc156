"""Eyes and what is worn before them: lids, gaze, red eye, lenses on and before the eye."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement
from app.inspection.face import Face
from app.inspection.inference import Points
from app.inspection.measures.taking import Taker, share
from app.inspection.parsing import Parsing
from app.inspection.patch import FACE_WIDTH, Bools, HeadPatch, filled
from app.inspection.scene import Scene


def eye_measures(scene: Scene) -> list[Measurement]:
    """Ratios over T or over the eye's own width; shares of the eye box or of the lens."""
    patch, parsing, face = scene.patch, scene.parsing, scene.reading.main
    if patch is None or parsing is None or face is None:
        return []
    t = Taker("iris-model-lids/1")
    _lids(t, patch, face)
    _gaze(t, patch)
    _irises(t, patch)
    _covered(t, patch, parsing)
    _glasses(t, patch, parsing)
    return t.taken


def _corners(patch: HeadPatch, side: int) -> Points:
    """The two corners of an eye, left one first."""
    ends = patch.lids[side][[0, 8]]
    return np.asarray(ends[np.argsort(ends[:, 0])])


def _lids(t: Taker, patch: HeadPatch, face: Face) -> None:
    """Of the narrower eye: lid distance over T (ISO/IEC 29794-5 eyes open) and over the eye's own width."""
    gaps = [eye.opening * patch.scale for eye in face.eyes]
    widths = [float(np.linalg.norm(np.diff(_corners(patch, side), axis=0))) for side in (0, 1)]
    region = patch.around(patch.lids[int(np.argmin(gaps))], 6)
    t.take("eyes_open", min(gaps) / patch.eye_chin, "ratio", region)
    t.take("eyes_narrow", min(g / max(w, 1.0) for g, w in zip(gaps, widths, strict=True)), "ratio", region,
           method="lid-gap-to-width/1")  # fmt: skip


def _gaze(t: Taker, patch: HeadPatch) -> None:
    """Pupil from the middle between the corners, over half the eye's width, mean of both eyes; lids give the height."""
    across, down = [], []
    for side, pupil in enumerate(patch.pupils):
        ends = _corners(patch, side)
        axis = ends[1] - ends[0]
        half = max(float(np.linalg.norm(axis)) / 2, 1.0)
        unit = axis / (2 * half)
        across.append(float((pupil - ends.mean(axis=0)) @ unit) / half)
        down.append(float((pupil - ends.mean(axis=0)) @ np.array([-unit[1], unit[0]])) / half)
    region = patch.around(np.vstack(patch.lids), 4)
    # A turned head sees both irises shifted alike; eyes that converge cancel out.
    t.take("gaze_across", float(np.mean(across)), "ratio", region, method="pupil-to-corners/1")
    t.take("gaze_down", float(np.mean(down)), "ratio", region, method="pupil-to-corner-line/1")
    t.take("gaze_off", float(np.hypot(np.mean(across), np.mean(down))), "ratio", region, method="pupil-off-axis/1")


def _iris(patch: HeadPatch, pupil: Points, reach: float) -> Bools:
    rows, columns = np.ogrid[0 : patch.lab.shape[0], 0 : patch.lab.shape[1]]
    return np.asarray((columns - pupil[0]) ** 2 + (rows - pupil[1]) ** 2 <= (reach * patch.eye_distance) ** 2)


def _irises(t: Taker, patch: HeadPatch) -> None:
    red, chroma = [], []
    for side, pupil in enumerate(patch.pupils):
        open_ = patch.eye(side)
        core, ring = open_ & _iris(patch, pupil, 0.055), open_ & _iris(patch, pupil, 0.10)
        if core.sum() >= 6:
            bgr = patch.bgr[core].astype(np.float32)
            red.append(float(((bgr[:, 2] > 90) & (bgr[:, 2] > 1.7 * bgr[:, 1]) & (bgr[:, 2] > 1.7 * bgr[:, 0])).mean()))
        if ring.sum() >= 12:
            a, b = np.median(patch.lab[ring][:, 1]), np.median(patch.lab[ring][:, 2])
            hue = np.degrees(np.arctan2(b, a)) % 360
            chroma.append(float(np.hypot(a, b)) if 110 < hue < 340 else 0.0)  # blue, green, violet; brown is natural
    region = patch.around(np.vstack(patch.lids), 4)
    t.take("red_eye", max(red) if red else None, "share", region, method="red-pupil/1")
    t.take("iris_colour", max(chroma) if chroma else None, "Lab", region, method="iris-chroma/1")


def _eye_box(patch: HeadPatch, side: int) -> tuple[slice, slice]:
    """The eye, padded by a twentieth of the eye distance (ISO/IEC 29794-5 eyes visible)."""
    pad = patch.eye_distance / 20
    low, high = patch.lids[side].min(axis=0) - pad, patch.lids[side].max(axis=0) + pad
    return patch.box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


def _covered(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    """Eyes whose surroundings are not skin, or that show no white, are covered: by hair, dark glass, a hand's object."""
    worst, where = 0.0, 0
    for side in (0, 1):
        points = _corners(patch, side)
        centre, size = points.mean(axis=0), float(np.ptp(points[:, 0]))
        ring = filled(_ellipse(centre, (0.78 * size, 0.62 * size)), patch.lab.shape) & ~filled(
            _ellipse(centre, (0.62 * size, 0.42 * size)), patch.lab.shape
        )
        covered = share(~parsing.like_skin & ring, ring)
        if covered is not None and covered > worst:
            worst, where = covered, side
    region = patch.around(patch.lids[where], 8)
    t.take("eyes_covered", worst, "share", region, method="skin-around-eyes/1")


def _ellipse(centre: Points, axes: tuple[float, float]) -> Points:
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return np.stack([centre[0] + axes[0] * np.cos(angle), centre[1] + axes[1] * np.sin(angle)], axis=1)


# -- glasses -------------------------------------------------------------------------------------------


def _dips(patch: HeadPatch, x: float, y0: float, y1: float, base: float) -> tuple[float, float, float] | None:
    """The darkest narrow band of a short column: depth in L* below ``base``, thickness and centre in patch pixels."""
    rows = slice(int(max(0, y0)), int(min(patch.lab.shape[0], y1)))
    column = int(np.clip(x, 1, patch.lab.shape[1] - 2))
    line = patch.lab[rows, column - 1 : column + 2, 0].mean(axis=1)
    if len(line) < 6:
        return None
    low = int(line.argmin())
    depth = float(base - line[low])
    inside: NDArray[np.bool_] = line < base - max(0.13 * base, depth / 2)
    first, last = low, low
    while first > 0 and inside[first - 1]:
        first -= 1
    while last < len(line) - 1 and inside[last + 1]:
        last += 1
    if first == 0 or last == len(line) - 1:
        return None  # not a band: it goes on beyond the column
    return depth, float(last - first + 1), rows.start + (first + last) / 2


def _rim(patch: HeadPatch, side: int, base: float) -> tuple[float, float, float]:
    """Of the columns below one eye: the share crossed by a dark rim, its median thickness and height."""
    points = _corners(patch, side)
    x0, x1, y = points[0, 0], points[1, 0], points[:, 1].mean() + 0.04 * FACE_WIDTH
    found = []
    for x in np.linspace(x0 + 2, x1 - 2, 9):
        dip = _dips(patch, float(x), y + 0.05 * FACE_WIDTH, y + 0.34 * FACE_WIDTH, base)
        if dip is not None and dip[0] > max(7.0, 0.2 * base):
            found.append(dip)
    if not found:
        return 0.0, 0.0, 0.0
    return len(found) / 9, float(np.median([f[1] for f in found])), float(np.median([f[2] for f in found]))


def _glasses(t: Taker, patch: HeadPatch, parsing: Parsing) -> None:
    base = float(parsing.skin.lab[0])
    region = patch.around(np.vstack(patch.lids), 22)
    rims = [_rim(patch, side, base) for side in (0, 1)]
    bridge_x = float(patch.mesh[168][0])
    top, bottom = float(patch.eyes[1] - 0.13 * FACE_WIDTH), float(patch.eyes[1] + 0.34 * FACE_WIDTH)
    bridge = _dips(patch, bridge_x, top, bottom, base)
    tint = _tint(patch, base)
    rim_share = min(r[0] for r in rims)
    has_bridge = bridge is not None and bridge[0] > max(8.0, 0.25 * base)
    score = max((tint > 0.55 and 1.0) or 0.0, 0.5 * has_bridge + 0.5 * rim_share)
    t.take("glasses", score, "score", region, method="rim-bridge-tint/1")
    worn = score >= 0.6
    t.take("lens_tint", tint, "ratio", region, method="lens-against-cheek/1")
    thick = max(r[1] for r in rims) if worn and rim_share > 0 else 0.0
    t.take("frame_thickness", thick / patch.eye_distance, "ratio", region, method="rim-thickness/1")
    low = (bridge[2] - patch.eyes[1]) / patch.eye_distance if worn and bridge is not None else 0.0
    t.take("glasses_low", low, "ratio", region, method="bridge-height/1")
    t.take("frame_over_eyes", _frame_over_eyes(patch) if worn else 0.0, "share", region, method="dark-band-in-eye/1")
    t.take("lens_glare", _glare(patch), "share", region, method="white-in-lens/1")
    t.take("lens_blur", _lens_blur(patch) if worn else 0.0, "ratio", region, method="eye-to-mouth-detail/1")


def _tint(patch: HeadPatch, base: float) -> float:
    """How much darker than the cheek the skin around the eyes is: 0 clear, 1 black; the darker side."""
    worst = 0.0
    for side in (0, 1):
        points = _corners(patch, side)
        x0, x1, y = points[0, 0], points[1, 0], points[:, 1].mean() + 0.04 * FACE_WIDTH
        under = patch.lab[patch.box(x0, y + 3, x1 - x0, 0.055 * FACE_WIDTH)][..., 0]
        if under.size:
            worst = max(worst, 1 - float(np.percentile(under, 60)) / max(base, 1.0))
    return worst


def _frame_over_eyes(patch: HeadPatch) -> float:
    """Share of the eye's columns in which a dark band crosses below or above the pupil inside the lids."""
    worst = 0.0
    for side, pupil in enumerate(patch.pupils):
        open_ = patch.eye(side) & ~_iris(patch, pupil, 0.12)
        if open_.sum() >= 12:
            worst = max(worst, float((patch.lab[..., 0][open_] < 25).mean()))
    return worst


def _glare(patch: HeadPatch) -> float:
    """Share of the lens (beside the white of the eye) that is burnt white."""
    worst = 0.0
    burnt = (patch.lab[..., 0] > 93) & (patch.chroma < 7)
    for side in (0, 1):
        points = _corners(patch, side)
        size = float(np.ptp(points[:, 0]))
        lens = filled(_ellipse(points.mean(axis=0), (0.8 * size, 0.62 * size)), patch.lab.shape)
        lens &= ~patch.eye(side, 2)
        worst = max(worst, share(burnt, lens) or 0.0)
    return worst


def _lens_blur(patch: HeadPatch) -> float:
    """Detail of the mouth over detail of the eyes behind the lenses; about 0.6 when both are sharp."""
    luma = patch.luma.astype(np.float32)
    fine = np.abs(luma[1:-1, 1:-1] * 4 - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:])
    eyes = [fine[_eye_box(patch, side)] for side in (0, 1)]
    strongest = [float(np.percentile(e, 90)) for e in eyes if e.size]
    lips = fine[patch.box(*_lip_box(patch))]
    if not strongest or lips.size == 0:
        return 0.0
    return float(np.percentile(lips, 90)) / max(min(strongest), 1.0)


def _lip_box(patch: HeadPatch) -> tuple[float, float, float, float]:
    corners = patch.mesh[[61, 291]]
    x, y = float(corners[:, 0].min()), float(patch.mesh[0][1]) - 3
    return x, y, float(np.ptp(corners[:, 0])), float(patch.mesh[17][1]) - y + 3
