"""When a document camera shoots by itself: a new page lies still, and the same page is never shot twice.

Pure functions over what was seen, one look after the other. Hysteresis: what moves must become quite still to count as
still, what is still must move clearly to count as moving. Re-arm rule: a page is shot once; it is new again when another
page has been shot since, or when the desk was seen empty and still.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from devices.drivers.doccam.finding import FoundPages, Picture, rectified

Thumb = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

_SCENE = (80, 60)
_PAGE = (96, 128)
_BLOCK = 4
_TILE = 8


@dataclass(frozen=True)
class Limits:
    """Grey levels of the most changed block (scene) or tile (page), seconds, parts of the picture."""

    still: float = 5.0
    moving: float = 10.0
    still_s: float = 0.5
    same_page: float = 3.0
    empty: float = 0.01


@dataclass(frozen=True)
class Look:
    """What one frame shows: the scene small and grey, each page's small grey print, how much is not desk, when."""

    scene: Thumb
    prints: tuple[Thumb, ...]
    covered: float
    taken_s: float


@dataclass(frozen=True)
class Watch:
    """The memory between looks. ``still_since`` None = moving. ``shot``: prints of the pages of the last shot."""

    last: Look | None = None
    still_since: float | None = None
    shot: tuple[Thumb, ...] = field(default=())


def look_of(picture: Picture, found: FoundPages, taken_s: float) -> Look:
    """From a BGR frame and the pages found in it."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scene = cv2.resize(grey, _SCENE, interpolation=cv2.INTER_AREA).astype(np.float32)
    prints = tuple(print_of(rectified(picture, page)) for page in found.pages)
    return Look(scene, prints, found.covered, taken_s)


def print_of(page: Picture) -> Thumb:
    """A page small, grey, without its brightness: the same for the same sheet wherever it lies.

    Pages that lie across are turned upright; the outermost rim is left out (shadow, desk).
    """
    upright = cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE) if page.shape[1] > page.shape[0] else page
    rim = max(min(upright.shape[:2]) // 40, 1)
    inner = cv2.cvtColor(upright[rim:-rim, rim:-rim], cv2.COLOR_BGR2GRAY)
    small = cv2.GaussianBlur(cv2.resize(inner, _PAGE, interpolation=cv2.INTER_AREA), (0, 0), 1.2).astype(np.float32)
    result: Thumb = small - np.float32(np.median(small))
    return result


def movement(before: Thumb, after: Thumb) -> float:
    """Grey levels by which the most changed block of the scene changed, the whole picture's change of light apart."""
    change = after - before
    change = change - np.float32(np.median(change))
    height, width = change.shape
    blocks = change.reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK).mean(axis=(1, 3))
    return float(np.abs(blocks).max())


def difference(one: Thumb, other: Thumb) -> float:
    """Grey levels by which two pages differ where they differ most; a turn by 180° is no difference."""
    return min(_tiles(one, other), _tiles(one, np.ascontiguousarray(other[::-1, ::-1])))


def _tiles(one: Thumb, other: Thumb) -> float:
    height, width = one.shape
    change = np.abs(one - other).reshape(height // _TILE, _TILE, width // _TILE, _TILE).mean(axis=(1, 3))
    return float(change.max())


def step(watch: Watch, look: Look, limits: Limits) -> tuple[Watch, tuple[int, ...]]:
    """The next memory, and which of the look's pages are to be shot now (indices into ``look.prints``)."""
    still_since = watch.still_since
    if watch.last is None:
        still_since = None
    else:
        moved = movement(watch.last.scene, look.scene)
        if moved > limits.moving:
            still_since = None
        elif still_since is None and moved < limits.still:
            still_since = watch.last.taken_s
    now = Watch(look, still_since, watch.shot)
    if still_since is None or look.taken_s - still_since < limits.still_s:
        return now, ()
    if not look.prints:
        return Watch(look, still_since, () if look.covered < limits.empty else watch.shot), ()
    fresh = tuple(
        index
        for index, seen in enumerate(look.prints)
        if all(difference(seen, known) > limits.same_page for known in watch.shot)
    )
    return (Watch(look, still_since, look.prints), fresh) if fresh else (now, ())
