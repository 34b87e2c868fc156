"""Pages on a desk: each sheet's or card's four corners in a picture, and the page seen straight from above.

Pure functions. Coordinates are pixels of the given picture, x right, y down, pixel centres at whole numbers. A page is
what differs from the desk; the desk is known from the picture's rim, where no page may lie.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
_Mask = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

# Pages are looked for at this width and measured at full size.
_WORK_WIDTH = 640
_RIM = 0.02
# In Lab units (OpenCV's 8-bit scale): less than this is not a page but noise or a shadow's tail.
_LEAST_CONTRAST = 9.0
_LEVELS = (1.0, 1.5, 2.25)
# An ID-1 card is 3.3 % of a field of 420 × 315 mm.
_SMALLEST_PAGE = 0.012
_ANGLES = (55.0, 125.0)
_LEAST_FILL, _MOST_FILL = 0.93, 1.06
_STRAIGHT, _LEAST_STRAIGHT = 0.012, 0.9
_SIDE_SAMPLES = 96
# How far to look for an edge, in pixels at the working width.
_SHADOW, _CLOSE = 8.0, 3.0
# Aspect ratios of paper (ISO 216) and cards (ISO/IEC 7810 ID-1): a page this near to one is taken to be it.
_ASPECTS = (2**0.5, 85.6 / 53.98)
_ASPECT_TOLERANCE = 0.03


@dataclass(frozen=True)
class FoundPage:
    """``corners`` (4, 2), clockwise from the one nearest the picture's top left."""

    corners: Floats


@dataclass(frozen=True)
class FoundPages:
    """Pages, the largest first, and the part of the picture (0 to 1) that is not desk: a hand counts too."""

    pages: tuple[FoundPage, ...]
    covered: float


def find_pages(picture: Picture) -> FoundPages:
    """In a BGR picture of at least 64 × 64. A page that reaches into the rim is not found: it may be cut off."""
    scale = min(1.0, _WORK_WIDTH / picture.shape[1])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    size = small.shape[0] * small.shape[1]
    found: list[FoundPage] = []
    masks = _not_desk(np.asarray(small, np.uint8))
    for mask in masks:
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            area = float(cv2.contourArea(contour))
            if area < _SMALLEST_PAGE * size:
                continue
            quad = _quad_of(np.asarray(contour, np.float64).reshape(-1, 2), area)
            # From the centres of the small picture's pixels to those of the large one.
            page = None if quad is None else _page_at(picture, (quad + 0.5) / scale - 0.5, scale)
            if page is not None and not any(_overlap(page, other) for other in found):
                found.append(page)
    found.sort(key=lambda page: -_area(page.corners))
    return FoundPages(tuple(found), float(np.count_nonzero(masks[0])) / size)


def _page_at(picture: Picture, quad: Floats, scale: float) -> FoundPage | None:
    # First over the width of a page's shadow, which the mask cannot tell from the page, then close by.
    rough = _refined(picture, quad, max(_SHADOW / scale, 8.0))
    refined = _refined(picture, rough, max(_CLOSE / scale, 5.0))
    return FoundPage(_clockwise(refined)) if _inside(refined, picture.shape[1], picture.shape[0]) else None


def _overlap(one: FoundPage, other: FoundPage) -> bool:
    """Whether one's middle lies in the other: the same page at another level, or print on it."""
    return any(
        cv2.pointPolygonTest(outer.corners.astype(np.float32), inner.corners.mean(axis=0).tolist(), False) >= 0
        for outer, inner in ((one, other), (other, one))
    )


def _area(quad: Floats) -> float:
    return abs(float(cv2.contourArea(quad.astype(np.float32))))


def rectified(picture: Picture, page: FoundPage) -> Picture:
    """The page from straight above, ``(h, w, 3)``: as large as it is in the picture, known formats in their own ratio."""
    width, height = page_size(page)
    target = np.array(((0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)), np.float32)
    matrix = cv2.getPerspectiveTransform(page.corners.astype(np.float32), target)
    return np.asarray(cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC), np.uint8)


def page_size(page: FoundPage) -> tuple[int, int]:
    """Width and height in pixels: the longer of opposite sides, so that no detail is lost."""
    top, right, bottom, left = (float(np.linalg.norm(page.corners[i] - page.corners[(i + 1) % 4])) for i in range(4))
    width, height = max(top, bottom), max(left, right)
    ratio = max(width, height) / min(width, height)
    for known in _ASPECTS:
        if abs(ratio / known - 1) < _ASPECT_TOLERANCE:
            if width > height:
                height = width / known
            else:
                width = height / known
    return max(round(width), 2), max(round(height), 2)


# -- what is not desk ------------------------------------------------------------------------------------


def _not_desk(small: Picture) -> list[_Mask]:
    """255 where the picture differs from the desk's colour, which may slope from side to side with the light.

    From the least difference that is no noise to clear ones: grain or a shadow that hangs on to a page at the first level
    lets go of it at a later one.
    """
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (3, 3), 0), cv2.COLOR_BGR2LAB).astype(np.float32)
    height, width = lab.shape[:2]
    rim = max(round(_RIM * min(height, width)), 2)
    on_rim = np.ones((height, width), bool)
    on_rim[rim:-rim, rim:-rim] = False
    ys, xs = np.nonzero(on_rim)
    step = max(len(ys) // 4000, 1)
    ys, xs = ys[::step], xs[::step]
    known = np.stack((xs / width, ys / height, np.ones(len(xs))), axis=1)
    colours = lab[ys, xs].astype(np.float64)
    planes = _robust_planes(known, colours)
    # Grain, weave and noise of the desk itself; a tenth of the rim may be a hand.
    spread = float(np.quantile(np.linalg.norm(colours - known @ planes, axis=1), 0.9))
    across = (np.arange(width, dtype=np.float32) / width)[None, :, None] * planes[0].astype(np.float32)
    down = (np.arange(height, dtype=np.float32) / height)[:, None, None] * planes[1].astype(np.float32)
    away = lab - (across + (down + planes[2].astype(np.float32)))
    distance = cv2.GaussianBlur(np.sqrt(np.einsum("ijk,ijk->ij", away, away)), (5, 5), 0)
    level, _ = cv2.threshold(np.clip(distance, 0, 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    # A dark print on a white page must not raise the level above the page itself: half of Otsu's is enough.
    least = max(_LEAST_CONTRAST, 1.6 * spread, 0.5 * float(level))
    return [_cleaned(distance > least * times) for times in _LEVELS]


def _cleaned(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> _Mask:
    """Without holes and threads of a few pixels."""
    square = np.ones((5, 5), np.uint8)
    closed = cv2.morphologyEx(mask.astype(np.uint8) * 255, cv2.MORPH_CLOSE, square)
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, square), np.uint8)


def _robust_planes(known: Floats, colours: Floats) -> Floats:
    """Least squares, three times, each without the worst third of the last: a hand may reach over the rim."""
    use = np.ones(len(known), bool)
    planes: Floats = np.zeros((3, 3))
    for _ in range(3):
        planes = np.asarray(np.linalg.lstsq(known[use], colours[use], rcond=None)[0], np.float64)
        errors = np.abs(colours - known @ planes).max(axis=1)
        use = errors <= max(float(np.quantile(errors, 0.67)), 1.0)
    return planes


# -- four sides ------------------------------------------------------------------------------------------


def _quad_of(outline: Floats, area: float) -> Floats | None:
    """Four lines through an outline's sides, met at the corners (cards have round ones); None when it is no quadrangle."""
    hull = cv2.convexHull(outline.astype(np.float32))
    start = None
    length = cv2.arcLength(hull, True)
    for tolerance in (0.02, 0.03, 0.045, 0.06, 0.08, 0.1):
        polygon = cv2.approxPolyDP(hull, tolerance * length, True)
        if len(polygon) == 4:
            start = polygon.reshape(4, 2).astype(np.float64)
            break
    if start is None:
        return None
    quad = _clockwise(start)
    for _ in range(2):
        lines = [_line(_near_side(outline, quad[i], quad[(i + 1) % 4])) for i in range(4)]
        met = _corners(lines)
        if met is None:
            return None
        quad = met
    return quad if _looks_like_a_page(quad, area) and _follows(outline, quad) else None


def _follows(outline: Floats, quad: Floats) -> bool:
    """Whether the outline runs along the four sides nearly all the way: a hand or another page on it does not."""
    along = np.roll(quad, -1, axis=0) - quad
    unit = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    offset = outline[:, None, :] - quad[None, :, :]
    away = np.abs(offset[..., 0] * unit[:, 1] - offset[..., 1] * unit[:, 0]).min(axis=1)
    near = max(3.0, _STRAIGHT * _area(quad) ** 0.5)
    return float(np.mean(away < near)) > _LEAST_STRAIGHT


def _near_side(points: Floats, begin: Floats, end: Floats) -> Floats:
    """The outline's points along the middle of a side."""
    along = end - begin
    length = max(float(np.linalg.norm(along)), 1e-9)
    unit = along / length
    offset = points - begin
    t = offset @ unit / length
    away = np.abs(offset @ np.array((-unit[1], unit[0])))
    near: Floats = points[(t > 0.12) & (t < 0.88) & (away < 0.04 * length + 2.0)]
    return near


_Line = tuple[Floats, Floats]


def _line(points: Floats) -> _Line | None:
    """A point on the line and its unit direction, Huber's weights; None for too few points."""
    if len(points) < 8:
        return None
    vx, vy, x, y = cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).reshape(4)
    return np.array((x, y), np.float64), np.array((vx, vy), np.float64)


def _corners(lines: list[_Line | None]) -> Floats | None:
    """Corner i lies where side i-1 meets side i."""
    found = np.zeros((4, 2))
    for index in range(4):
        one, other = lines[index - 1], lines[index]
        if one is None or other is None:
            return None
        matrix = np.stack((one[1], -other[1]), axis=1)
        if abs(float(np.linalg.det(matrix))) < 0.2:
            return None
        t = np.linalg.solve(matrix, other[0] - one[0])
        found[index] = one[0] + t[0] * one[1]
    return found


def _looks_like_a_page(quad: Floats, area: float) -> bool:
    covered = _area(quad)
    if covered <= 0 or not _LEAST_FILL < area / covered < _MOST_FILL:
        return False
    for index in range(4):
        one, other = quad[index - 1] - quad[index], quad[(index + 1) % 4] - quad[index]
        cosine = float(one @ other) / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-9)
        if not _ANGLES[0] < float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))) < _ANGLES[1]:
            return False
    return True


def _clockwise(quad: Floats) -> Floats:
    """Clockwise on the screen, beginning at the corner nearest the top left."""
    centre = quad.mean(axis=0)
    ordered = quad[np.argsort(np.arctan2(quad[:, 1] - centre[1], quad[:, 0] - centre[0]))]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _inside(quad: Floats, width: int, height: int) -> bool:
    rim = _RIM * min(width, height)
    return bool((quad > rim).all() and (quad[:, 0] < width - 1 - rim).all() and (quad[:, 1] < height - 1 - rim).all())


# -- the edge, finer than a pixel --------------------------------------------------------------------------


def _refined(picture: Picture, quad: Floats, reach: float) -> Floats:
    """Each side moved onto the edge within ``reach`` pixels; a side without a clear edge stays where it was."""
    lines: list[_Line | None] = []
    for index in range(4):
        begin, end = quad[index], quad[(index + 1) % 4]
        unit = (end - begin) / max(float(np.linalg.norm(end - begin)), 1e-9)
        points = _edge_points(picture, begin, end, unit, reach)
        lines.append(_line(points) or (begin, unit))
    met = _corners(lines)
    return quad if met is None or float(np.abs(met - quad).max()) > 3 * reach else met


def _edge_points(picture: Picture, begin: Floats, end: Floats, unit: Floats, reach: float) -> Floats:
    """Where the colour turns from page to desk, one point a sample along the middle of the side."""
    normal = np.array((unit[1], -unit[0]))  # outwards: corners run clockwise on the screen
    steps = np.arange(-reach, reach + 0.25, 0.5)
    t = np.linspace(0.1, 0.9, _SIDE_SAMPLES)
    feet = begin + t[:, None] * (end - begin)
    at = feet[:, None, :] + steps[None, :, None] * normal
    profile = cv2.remap(
        picture,
        at[..., 0].astype(np.float32),
        at[..., 1].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float64)
    count = max(len(steps) // 5, 2)
    turn = profile[:, :count].mean(axis=(0, 1)) - profile[:, -count:].mean(axis=(0, 1))
    contrast = float(np.linalg.norm(turn))
    if contrast < _LEAST_CONTRAST:
        return np.zeros((0, 2))
    values = profile @ (turn / contrast)
    fall = np.clip(values[:, :-2] - values[:, 2:], 0, None)
    best = fall.argmax(axis=1)
    rows = np.arange(len(fall))
    inner = np.clip(best, 1, fall.shape[1] - 2)
    left, middle, right = fall[rows, inner - 1], fall[rows, inner], fall[rows, inner + 1]
    bend = left - 2 * middle + right
    shift = np.where(np.abs(bend) > 1e-6, 0.5 * (left - right) / np.where(np.abs(bend) > 1e-6, bend, 1), 0)
    offset = steps[inner + 1] + 0.5 * np.clip(shift, -1, 1)
    good = fall[rows, best] > 0.15 * contrast
    points: Floats = feet[good] + offset[good, None] * normal
    return points
