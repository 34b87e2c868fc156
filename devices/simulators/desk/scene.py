"""One picture of a desk, and where the pages' corners truly are.

A pinhole camera hangs over the desk's middle and may be tilted. The desk's plane is measured in mm, x right, y down,
0 in the middle of the view.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_CARD_CORNER_MM = 3.18
_HEIGHT_MM = 420.0


class DeskKind(Enum):
    """The cloth or board under the pages; BGR."""

    DARK = "dark"
    GREEN = "green"
    GREY = "grey"
    WOOD = "wood"
    LIGHT = "light"


_COLOURS = {
    DeskKind.DARK: (46, 44, 42),
    DeskKind.GREEN: (72, 96, 44),
    DeskKind.GREY: (120, 121, 122),
    DeskKind.WOOD: (92, 132, 176),
    DeskKind.LIGHT: (214, 218, 219),
}


@dataclass(frozen=True)
class Laid:
    """A page on the desk: RGB picture of the sheet, its size, where its middle lies, how far it is turned (clockwise)."""

    picture: Picture
    width_mm: float
    height_mm: float
    x_mm: float = 0.0
    y_mm: float = 0.0
    turned_deg: float = 0.0
    rounded: bool = False

    def corners_mm(self) -> Floats:
        """(4, 2), clockwise from the sheet's own top left."""
        w, h = self.width_mm / 2, self.height_mm / 2
        own = np.array(((-w, -h), (w, -h), (w, h), (-w, h)))
        angle = np.radians(self.turned_deg)
        turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))))
        corners: Floats = own @ turn.T + np.array((self.x_mm, self.y_mm))
        return corners


@dataclass(frozen=True)
class View:
    """The camera: picture size, the width of desk it sees, its tilts, and what it adds. Noise in grey levels (sigma)."""

    width_px: int = 1600
    height_px: int = 1200
    field_mm: float = 420.0
    tilt_x_deg: float = 0.0
    tilt_y_deg: float = 0.0
    noise: float = 2.0
    blur_px: float = 0.7
    light_slope: float = 0.15
    shadow: float = 0.25

    def to_pixels(self) -> Floats:
        """Homography from desk mm to pixels: K · [r1 r2 t]."""
        focal = self.width_px * _HEIGHT_MM / self.field_mm
        a, b = np.radians(self.tilt_x_deg), np.radians(self.tilt_y_deg)
        about_x = np.array(((1, 0, 0), (0, np.cos(a), -np.sin(a)), (0, np.sin(a), np.cos(a))))
        about_y = np.array(((np.cos(b), 0, np.sin(b)), (0, 1, 0), (-np.sin(b), 0, np.cos(b))))
        turn = about_y @ about_x
        camera = np.array(((focal, 0, (self.width_px - 1) / 2), (0, focal, (self.height_px - 1) / 2), (0, 0, 1)))
        plane: Floats = camera @ np.stack((turn[:, 0], turn[:, 1], np.array((0, 0, _HEIGHT_MM))), axis=1)
        return plane


def through(homography: Floats, points: Floats) -> Floats:
    """(n, 2) points mapped."""
    mapped = np.concatenate((points, np.ones((len(points), 1))), axis=1) @ homography.T
    result: Floats = mapped[:, :2] / mapped[:, 2:]
    return result


def render(desk: DeskKind, pages: tuple[Laid, ...], view: View, seed: int) -> Picture:
    """The BGR picture, ``(height_px, width_px, 3)``. Equal arguments give equal pictures."""
    random = np.random.default_rng(seed)
    plane = view.to_pixels()
    canvas = _desk(desk, (view.width_px, view.height_px), random)
    for page in pages:
        canvas = _lay(canvas, page, plane, view)
    sharp = canvas.astype(np.float32)
    picture = np.asarray(cv2.GaussianBlur(sharp, (0, 0), view.blur_px), np.float32)
    slope = 1.0 + view.light_slope * (np.linspace(-0.5, 0.5, view.width_px, dtype=np.float32)[None, :, None])
    shown = picture * slope
    if view.noise > 0:
        shown = shown + random.normal(0, view.noise, picture.shape).astype(np.float32)
    return np.asarray(np.clip(shown, 0, 255), np.uint8)


def _desk(desk: DeskKind, size: tuple[int, int], random: np.random.Generator) -> Picture:
    width, height = size
    canvas = np.empty((height, width, 3), np.float32)
    canvas[:] = _COLOURS[desk]
    if desk is DeskKind.WOOD:
        grain = cv2.GaussianBlur(random.normal(0, 1, (height // 8, 1)).astype(np.float32), (1, 0), 0, sigmaY=3)
        canvas += 22 * cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)[:, :, None]
    else:
        weave = random.normal(0, 1, (height // 4, width // 4)).astype(np.float32)
        canvas += 2.5 * cv2.resize(weave, (width, height), interpolation=cv2.INTER_LINEAR)[:, :, None]
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def _lay(canvas: Picture, page: Laid, plane: Floats, view: View) -> Picture:
    # First to the picture's own scale, each pixel the mean of what it covers: a plain warp would drop thin lines.
    scale = view.width_px / view.field_mm
    near = (max(round(page.width_mm * scale), 2), max(round(page.height_mm * scale), 2))
    own = cv2.resize(page.picture[:, :, ::-1], near, interpolation=cv2.INTER_AREA)
    width, height = near
    edges = np.array(((-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)), np.float32)
    matrix = cv2.getPerspectiveTransform(edges, through(plane, page.corners_mm()).astype(np.float32))
    size = (canvas.shape[1], canvas.shape[0])
    sheet = cv2.warpPerspective(own, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = _cover(page, plane, canvas.shape[:2])
    if view.shadow > 0:
        soft = cv2.GaussianBlur(cover, (0, 0), 4.5)
        moved = cv2.warpAffine(soft, np.array(((1, 0, 3.5), (0, 1, 4.5)), np.float32), size)
        canvas = np.asarray(canvas * (1.0 - view.shadow * moved[:, :, None]), np.uint8)
    laid = canvas * (1.0 - cover[:, :, None]) + sheet.astype(np.float32) * cover[:, :, None]
    return np.asarray(np.clip(laid, 0, 255), np.uint8)


def _cover(page: Laid, plane: Floats, shape: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """1 where the page lies; along a straight edge the covered part of each pixel, without a bias."""
    points = through(plane, _rounded(page) if page.rounded else page.corners_mm())
    left, top = np.clip(np.floor(points.min(axis=0)).astype(int) - 2, 0, None)
    right, bottom = np.minimum(np.ceil(points.max(axis=0)).astype(int) + 3, (shape[1], shape[0]))
    xs = np.arange(left, right, dtype=np.float32)[None, :]
    ys = np.arange(top, bottom, dtype=np.float32)[:, None]
    inward = np.full((bottom - top, right - left), np.inf, np.float32)
    for index in range(len(points)):
        (x, y), (x2, y2) = points[index], points[(index + 1) % len(points)]
        length = float(np.hypot(x2 - x, y2 - y))
        a, b = -(y2 - y) / length, (x2 - x) / length
        inward = np.minimum(inward, np.float32(a) * xs + (np.float32(b) * ys - np.float32(a * x + b * y)))
    cover = np.zeros(shape, np.float32)
    cover[top:bottom, left:right] = np.clip(inward + 0.5, 0, 1)
    return cover


def _rounded(page: Laid) -> Floats:
    """The outline of a card with its corner radius (ISO/IEC 7810)."""
    corners = page.corners_mm()
    points = []
    for index in range(4):
        before, here, after = corners[index - 1], corners[index], corners[(index + 1) % 4]
        one = (before - here) / np.linalg.norm(before - here)
        other = (after - here) / np.linalg.norm(after - here)
        centre = here + _CARD_CORNER_MM * (one + other)
        for angle in np.linspace(0, np.pi / 2, 9):
            points.append(centre - _CARD_CORNER_MM * (other * np.cos(angle) + one * np.sin(angle)))
    return np.array(points)
