"""The head at one size: every measure of colour and cover works on a face 160 px wide, whatever the camera's pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Region
from app.imaging.decode import Pixels
from app.inspection.face import CHIN, EAR_LEFT, EAR_RIGHT, Face
from app.inspection.inference import Points

FACE_WIDTH = 160  # ear root to ear root, px of the patch
_SIDE = 1.55  # face widths beside the face's middle
_ABOVE, _BELOW = 1.7, 2.0  # face widths above and below the eye line

Bools = NDArray[np.bool_]
Plane = NDArray[np.float32]


@dataclass(frozen=True)
class HeadPatch:
    """``bgr`` uint8; ``lab`` float32 CIE L*a*b* (L 0..100); ``person`` 0..1; ``mesh`` (468, 2) patch pixels.

    ``lids``: the outline of each eye's opening, (16, 2), from the outer or inner corner around; picture's left eye first.
    ``scale``: patch pixels per picture pixel; ``origin``: the patch's corner in picture pixels. ``seen``: inside the
    picture (a head near the edge has a patch that reaches beyond it).
    """

    bgr: Pixels
    lab: Plane
    person: Plane
    seen: Bools
    mesh: Points
    pupils: Points
    lids: tuple[Points, Points]
    scale: float
    origin: tuple[float, float]

    @property
    def eye_distance(self) -> float:
        """Patch pixels."""
        return float(np.linalg.norm(self.pupils[1] - self.pupils[0]))

    @property
    def eyes(self) -> Points:
        """Mid-point of the pupils (x, y)."""
        return np.asarray(self.pupils.mean(axis=0))

    @property
    def chin(self) -> Points:
        """(x, y)."""
        return np.asarray(self.mesh[CHIN])

    @property
    def eye_chin(self) -> float:
        """T of ISO/IEC 29794-5: eyes' mid-point to chin, patch pixels."""
        return float(np.linalg.norm(self.chin - self.eyes))

    @cached_property
    def luma(self) -> Pixels:
        """BT.601, uint8."""
        return np.asarray(cv2.cvtColor(self.bgr, cv2.COLOR_BGR2GRAY), np.uint8)

    @cached_property
    def chroma(self) -> Plane:
        """Distance from grey in the a*b* plane."""
        return np.asarray(np.hypot(self.lab[..., 1], self.lab[..., 2]), np.float32)

    @cached_property
    def hue(self) -> Plane:
        """Angle in the a*b* plane, radians."""
        return np.asarray(np.arctan2(self.lab[..., 2], self.lab[..., 1]), np.float32)

    def square(self, index: int, half_width: float, half_height: float) -> tuple[slice, slice]:
        """A box centred on a mesh point."""
        x, y = (float(v) for v in self.mesh[index])
        return self.box(x - half_width, y - half_height, 2 * half_width, 2 * half_height)

    def region(self, x: float, y: float, width: float, height: float) -> Region:
        """A box of the patch on the picture."""
        return Region(
            x / self.scale + self.origin[0], y / self.scale + self.origin[1], width / self.scale, height / self.scale
        )

    def around(self, points: Points, margin: float = 4.0) -> Region:
        """The box around points, on the picture."""
        low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
        return self.region(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))

    def polygon(self, indices: tuple[int, ...], grow: float = 0.0) -> Bools:
        """Inside the outline of mesh points, grown (or shrunk) by patch pixels. Shared: read only."""
        return self._masks(indices, grow)

    def eye(self, side: int, grow: float = 0.0) -> Bools:
        """Between the lids of the picture's left (0) or right (1) eye. Shared: read only."""
        return self._masks(side, grow)

    @cached_property
    def _masks(self) -> Callable[[int | tuple[int, ...], float], Bools]:
        """Measures ask for the same few outlines again and again."""

        @cache
        def mask(outline: int | tuple[int, ...], grow: float) -> Bools:
            points = self.lids[outline] if isinstance(outline, int) else self.mesh[list(outline)]
            drawn = filled(points, self.lab.shape, grow)
            drawn.flags.writeable = False
            return drawn

        return mask

    def box(self, x: float, y: float, width: float, height: float) -> tuple[slice, slice]:
        """Rows and columns, clipped to the patch."""
        rows, columns = self.lab.shape[:2]
        x0, y0 = int(np.clip(x, 0, columns)), int(np.clip(y, 0, rows))
        return slice(y0, int(np.clip(y + height, y0, rows))), slice(x0, int(np.clip(x + width, x0, columns)))


def apart(lab: Plane, colour: NDArray[np.floating]) -> Plane:
    """ΔE (CIE 1976) of every pixel from one L*a*b* colour."""
    off = lab - np.asarray(colour, np.float32)
    return np.asarray(np.sqrt(np.einsum("...i,...i->...", off, off)), np.float32)


def filled(points: Points, shape: tuple[int, ...], grow: float = 0.0) -> Bools:
    """A polygon as a mask."""
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 1)
    size = round(abs(grow))
    if size:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1))
        mask = np.asarray(cv2.dilate(mask, kernel) if grow > 0 else cv2.erode(mask, kernel), np.uint8)
    return mask.astype(bool)


def head_patch(pixels: Pixels, face: Face, person: Plane) -> HeadPatch:
    """``pixels``: BGR uint8, the picture the face was read on."""
    width = max(8.0, float(np.linalg.norm(face.mesh[EAR_RIGHT, :2] - face.mesh[EAR_LEFT, :2])))
    eyes_x, eyes_y = face.head.eyes_centre
    x0, y0 = eyes_x - _SIDE * width, eyes_y - _ABOVE * width
    size = (round(2 * _SIDE * FACE_WIDTH), round((_ABOVE + _BELOW) * FACE_WIDTH))
    scale = FACE_WIDTH / width
    shrunk = 1.0
    source, mask = pixels, person
    if scale < 0.6:  # area averaging first: a warp alone would alias
        shrunk = scale / 0.6
        small = (max(1, round(pixels.shape[1] * shrunk)), max(1, round(pixels.shape[0] * shrunk)))
        source = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), np.uint8)
        mask = np.asarray(cv2.resize(person, small, interpolation=cv2.INTER_AREA), np.float32)
    step = scale / shrunk
    matrix = np.array([[step, 0, -scale * x0], [0, step, -scale * y0]])
    bgr = cv2.warpAffine(source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpAffine(np.ones(source.shape[:2], np.uint8), matrix, size, flags=cv2.INTER_NEAREST)
    lab = cv2.cvtColor(np.asarray(bgr, np.float32) / 255, cv2.COLOR_BGR2LAB)
    origin = np.array([x0, y0])
    return HeadPatch(
        np.asarray(bgr, np.uint8),
        np.asarray(lab, np.float32),
        np.asarray(cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_LINEAR), np.float32),
        np.asarray(seen, bool),
        (face.mesh[:, :2] - origin) * scale,
        (np.array([face.head.pupil_left, face.head.pupil_right]) - origin) * scale,
        (_outline(face, 0, origin, scale), _outline(face, 1, origin, scale)),
        scale,
        (float(x0), float(y0)),
    )


def _outline(face: Face, side: int, origin: Points, scale: float) -> Points:
    """Lower lid from corner to corner, then back along the upper one."""
    lids = (face.eyes[side].lids - origin) * scale
    return np.vstack([lids[:9], lids[:8:-1]])
