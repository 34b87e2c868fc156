"""Turns the drawn head in space, lights it, and photographs it: from drawing units to a picture with known truth."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from portraits.body import draw_body, draw_front, draw_wall
from portraits.easel import Canvas, Easel
from portraits.head import CHIN_Y, EAR_X, EYE_X, EYE_Y, HAIR_TOP_Y, draw_head
from portraits.portrait import Portrait

from app.imaging.decode import Pixels
from app.inspection.head import Point

_PIVOT = (600.0, 760.0)  # the head turns about the top of the neck
_SCALE = 0.75


@dataclass(frozen=True)
class Truth:
    """Where things are, in pixels of the picture, and how the head is turned."""

    pupil_left: Point
    pupil_right: Point
    ear_left: Point
    ear_right: Point
    chin: Point
    hair_top: Point
    portrait: Portrait


# Depth across the face, in drawing units (19.9 a centimetre; proportions of an adult head).
_ACROSS = (0.0, 37.0, 88.0, 115.0, 143.0, 152.0, 166.0, 195.0, 260.0)
_HEIGHT = (150.0, 132.0, 112.0, 94.0, 60.0, 40.0, 2.0, -50.0, -120.0)


def _depth(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Height above the plane of the ear roots: cheeks falling away to the ears, eye hollows, a nose, lips, a chin."""
    across = np.interp(np.abs(x - 600), _ACROSS, _HEIGHT)
    down = np.sqrt(np.clip(1 - ((y - 640) / 420) ** 2, 0.2, 1))

    def bump(cx: float, cy: float, sx: float, sy: float, height: float) -> NDArray[np.float64]:
        return height * np.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2)

    nose = bump(600, 708, 26, 32, 50) + bump(600, 672, 16, 36, 22)
    eyes = bump(600 - EYE_X, EYE_Y, 40, 24, -8) + bump(600 + EYE_X, EYE_Y, 40, 24, -8)
    return np.asarray(across * down + nose + eyes + bump(600, 774, 50, 26, 10) + bump(600, 840, 60, 40, 16))


def _rotation(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """Camera frame: x right, y down, z towards the camera. Signs as the product reports (Pose)."""
    a, b, c = np.radians([yaw, pitch, roll])
    about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
    about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y)


def _turned(p: Portrait, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where points of the frontal head land on the sheet."""
    r = _rotation(p.yaw, p.pitch, p.roll)
    dx, dy, z = x - _PIVOT[0], y - _PIVOT[1], _depth(x, y)
    return (r[0, 0] * dx + r[0, 1] * dy + r[0, 2] * z + _PIVOT[0], r[1, 0] * dx + r[1, 1] * dy + r[1, 2] * z + _PIVOT[1])


def _source(p: Portrait, shape: tuple[int, ...]) -> tuple[Canvas, Canvas]:
    """For every pixel of the sheet, which point of the frontal head is seen there (fixed-point iteration)."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    u, v = columns / _SCALE, rows / _SCALE
    r = _rotation(p.yaw, p.pitch, p.roll)
    inverse = np.linalg.inv(r[:2, :2])
    x, y = u.copy(), v.copy()
    for _ in range(12):
        z = _depth(x, y)
        du, dv = u - _PIVOT[0] - r[0, 2] * z, v - _PIVOT[1] - r[1, 2] * z
        x = 0.5 * x + 0.5 * (inverse[0, 0] * du + inverse[0, 1] * dv + _PIVOT[0])
        y = 0.5 * y + 0.5 * (inverse[1, 0] * du + inverse[1, 1] * dv + _PIVOT[1])
    return (x * _SCALE).astype(np.float32), (y * _SCALE).astype(np.float32)


def _lit(canvas: Canvas, p: Portrait) -> Canvas:
    """Lambert's cosine law on the head's own surface, relative to light from the camera."""
    if not p.light_contrast:
        return canvas
    rows, columns = np.mgrid[0 : canvas.shape[0], 0 : canvas.shape[1]]
    z = cv2.GaussianBlur(_depth(columns / _SCALE, rows / _SCALE), (0, 0), 7)
    nx, ny = -np.gradient(z, axis=1) * _SCALE, -np.gradient(z, axis=0) * _SCALE
    length = np.sqrt(nx**2 + ny**2 + 1)
    angle = np.radians(p.light_deg)
    cosine = np.clip((np.sin(angle) * nx + np.cos(angle)) / length, 0, 1) / max(np.cos(angle), 0.35)
    shading = (1 - p.light_contrast) + p.light_contrast * cosine
    return np.asarray(canvas * shading[..., None], np.float32)


def _head_sheet(p: Portrait) -> tuple[Canvas, Canvas]:
    easel = Easel(_SCALE)
    draw_head(easel, p)
    canvas, alpha = _lit(easel.canvas, p), easel.alpha
    if p.yaw or p.pitch or p.roll:
        x, y = _source(p, alpha.shape)
        canvas = np.asarray(cv2.remap(canvas, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32)
        alpha = np.asarray(cv2.remap(alpha, x, y, cv2.INTER_LINEAR), np.float32)
    return canvas, np.clip(alpha, 0, 1)


def _over(below: Canvas, above: Canvas, alpha: Canvas) -> Canvas:
    return np.asarray(below * (1 - np.clip(alpha, 0, 1)[..., None]) + above, np.float32)


def _sheet(p: Portrait) -> Canvas:
    wall = Easel(_SCALE)
    draw_wall(wall, p)
    body = Easel(_SCALE)
    draw_body(body, p)
    sheet = _over(wall.canvas, body.canvas, body.alpha)
    if p.light_contrast:
        across = (
            np.linspace(-1, 1, sheet.shape[1], dtype=np.float32) * np.sin(np.radians(p.light_deg)) * 0.3 * p.light_contrast
        )
        sheet = np.where(body.alpha[..., None] > 0.5, sheet * (1 + across[None, :, None]), sheet).astype(np.float32)
    head, alpha = _head_sheet(p)
    sheet = _over(sheet, head, alpha)
    front = Easel(_SCALE)
    draw_front(front, p)
    return _over(sheet, front.canvas, front.alpha)


def _framing(p: Portrait) -> NDArray[np.float64]:
    """2×3 from drawing units to picture pixels."""
    scale = p.face_share * p.width / (2 * EAR_X)
    eye_x, eye_y = _turned(p, np.array([600.0]), np.array([EYE_Y]))
    return np.array(
        [[scale, 0, p.centre[0] * p.width - scale * eye_x[0]], [0, scale, p.centre[1] * p.height - scale * eye_y[0]]]
    )


def truth_of(p: Portrait) -> Truth:
    """The anchors after turning and framing."""
    framing = _framing(p)

    def at(x: float, y: float) -> Point:
        u, v = _turned(p, np.array([x]), np.array([y]))
        return float(framing[0, 0] * u[0] + framing[0, 2]), float(framing[1, 1] * v[0] + framing[1, 2])

    gaze = (20 * p.gaze_x, 10 * p.gaze_y)
    return Truth(
        at(600 - EYE_X + gaze[0], EYE_Y + gaze[1]),
        at(600 + EYE_X + gaze[0], EYE_Y + gaze[1]),
        at(600 - EAR_X, 655),
        at(600 + EAR_X, 655),
        at(600, CHIN_Y),
        at(600, HAIR_TOP_Y),
        p,
    )


def photograph(p: Portrait) -> Pixels:
    """BGR uint8 (height, width, 3)."""
    sheet = _sheet(p)
    framing = _framing(p)
    framing[:, :2] /= _SCALE
    if framing[0, 0] < 0.8:
        sheet = np.asarray(cv2.GaussianBlur(sheet, (0, 0), 0.4 / framing[0, 0]), np.float32)
    size = (p.width, p.height)
    picture = cv2.warpAffine(sheet, framing, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    if p.blur_px:
        picture = cv2.GaussianBlur(picture, (0, 0), p.blur_px)
    if p.motion_px >= 1:
        kernel = np.zeros((1, 2 * round(p.motion_px / 2) + 1), np.float32)
        kernel[:] = 1 / kernel.size
        picture = cv2.filter2D(picture, -1, kernel)
    picture = picture * np.array(p.cast, np.float32)
    linear = np.power(np.clip(picture / 255, 0, 4), 2.2) * p.exposure
    picture = 255 * np.power(linear, 1 / 2.2)
    picture = picture * (1 - p.haze) + 235 * p.haze
    grain = np.random.default_rng(p.seed + 3).normal(0, p.noise, picture.shape).astype(np.float32)
    return np.asarray(np.clip(np.rint(picture + grain), 0, 255), np.uint8)


def jpeg(pixels: Pixels, quality: int = 93) -> bytes:
    """As a camera hands it over."""
    return bytes(
        simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=quality, colorspace="BGR", colorsubsampling="422")
    )
