"""Detail: focus, blur, noise, what sharpening and smoothing left behind, print screens, enlargements."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.judgement import Measurement, Region
from app.inspection.measures.geometry import enlarged_region
from app.inspection.measures.taking import Taker
from app.inspection.scene import Scene

Grey = NDArray[np.float32]

_COMPARED_WIDTH = 200.0  # sharpness is compared at this face width, whatever the camera's
_TEXTURE_WIDTH = 400.0  # skin texture needs more pixels
_NOISE_KERNEL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)  # Immerkær 1996
_KEPT_MEAN = 0.5583  # mean of the lower four fifths of |x| of a standard normal distribution
_SPECTRUM = 128


def sharpness_measures(scene: Scene) -> list[Measurement]:
    """On the picture's own pixels where they matter; ratios have no unit, noise and texture are 8-bit luma."""
    face = scene.reading.main
    if face is None:
        return []
    t = Taker("laplace-contrast/1")
    box = enlarged_region(face.box, scene.factor)
    native = _luma(scene, box)
    if min(native.shape) < 32:
        for id_, unit in (("sharpness", "ratio"), ("blur", "ratio"), ("noise", "luma"), ("skin_texture", "luma"),
                          ("over_sharpened", "ratio"), ("print_screen", "ratio"), ("enlarged", "ratio")):  # fmt: skip
            t.take(id_, None, unit, face.box, note="face too small")
        return t.taken
    compared = _at_width(native, _COMPARED_WIDTH)
    edges = cv2.Laplacian(compared, cv2.CV_32F)
    t.take("sharpness", float(edges.std()) / (float(compared.std()) + 4.0), "ratio", face.box)
    t.take("blur", _reblur(compared), "ratio", face.box, method="reblur/1")
    t.take("over_sharpened", _overshoot(_at_width(native, _TEXTURE_WIDTH)), "ratio", face.box, method="fine-to-coarse/1")
    wall = _wall_square(scene)
    t.take("noise", _noise(native if wall is None else wall), "luma", face.box, method="immerkaer/1")
    cheek = _cheek(scene)
    t.take("skin_texture", _texture(cheek, face.box.width * scene.factor), "luma", face.box, method="cheek-texture/1")
    t.take("print_screen", _peak(native), "ratio", face.box, method="spectrum-peak/1")
    t.take("enlarged", _high_band(native), "ratio", face.box, method="spectrum-bands/1")
    return t.taken


def _luma(scene: Scene, box: Region) -> Grey:
    pixels = scene.picture.pixels
    y0, y1 = int(max(0, box.y)), int(min(pixels.shape[0], box.y + box.height))
    x0, x1 = int(max(0, box.x)), int(min(pixels.shape[1], box.x + box.width))
    if y1 - y0 < 2 or x1 - x0 < 2:
        return np.zeros((1, 1), np.float32)
    patch = np.ascontiguousarray(pixels[y0:y1, x0:x1])
    return np.asarray(cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY), np.float32)


def _at_width(grey: Grey, width: float) -> Grey:
    """Reduced to a face width; a smaller face is not enlarged: what is not there cannot be sharp."""
    scale = width / grey.shape[1]
    if scale >= 1:
        return grey
    size = (max(8, round(grey.shape[1] * scale)), max(8, round(grey.shape[0] * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


def _reblur(grey: Grey) -> float:
    """How little a picture loses when blurred again (Crete et al. 2007): 0 sharp, 1 blurred already; worse direction."""
    worst = 0.0
    for axis in (0, 1):
        kernel = (1, 9) if axis else (9, 1)
        again = cv2.blur(grey, kernel)
        before, after = np.abs(np.diff(grey, axis=axis)), np.abs(np.diff(again, axis=axis))
        lost = np.maximum(0, before - after).sum()
        worst = max(worst, float((before.sum() - lost) / max(before.sum(), 1e-6)))
    return worst


def _overshoot(grey: Grey) -> float:
    """Energy of second differences over that of wider ones: sharpening lifts the finest scale above the rest."""
    fine = grey - cv2.GaussianBlur(grey, (0, 0), 0.8)
    coarse = cv2.GaussianBlur(grey, (0, 0), 0.8) - cv2.GaussianBlur(grey, (0, 0), 2.0)
    return float(fine.std() / (coarse.std() + 0.5))


def _noise(grey: Grey) -> float:
    """Standard deviation of the noise (Immerkær 1996), the strongest fifth of the responses (edges) left out."""
    response = cv2.filter2D(grey, cv2.CV_32F, _NOISE_KERNEL)[1:-1, 1:-1]
    strength = np.sort(np.abs(response).ravel())[: int(0.8 * response.size)]
    return float(strength.mean() / _KEPT_MEAN / 6.0)


def _wall_square(scene: Scene) -> Grey | None:
    """A square of bare wall in the picture's own pixels; None where there is none."""
    mask = scene.wall_mask.astype(np.uint8)
    half = 24
    if min(mask.shape) < 2 * half + 4:
        return None
    room = cv2.erode(mask, np.ones((2 * half + 1, 2 * half + 1), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    ys, xs = np.nonzero(room)
    if len(xs) == 0:
        return None
    y, x = float(ys[len(ys) // 2]), float(xs[len(xs) // 2])
    square = Region((x - half) * scene.factor, (y - half) * scene.factor, 2 * half * scene.factor, 2 * half * scene.factor)
    return _luma(scene, square)


def _cheek(scene: Scene) -> Grey:
    patch = scene.patch
    if patch is None:
        return np.zeros((1, 1), np.float32)
    side = 0.42 * patch.eye_distance
    x, y = patch.mesh[50 if patch.mesh[50][0] > 0 else 280]
    return _luma(scene, enlarged_region(patch.region(x - side / 2, y - side / 2, side, side), scene.factor))


def _texture(cheek: Grey, face_width: float) -> float | None:
    """Pores and fine hair: what a slight blur takes away, at the texture's own width."""
    scale = min(1.0, _TEXTURE_WIDTH / max(face_width, 1.0))
    if min(cheek.shape) * scale < 14:
        return None
    if scale < 1:
        size = (round(cheek.shape[1] * scale), round(cheek.shape[0] * scale))
        cheek = np.asarray(cv2.resize(cheek, size, interpolation=cv2.INTER_AREA), np.float32)
    fine = cheek - cv2.GaussianBlur(cheek, (0, 0), 1.6)
    return float(np.median(np.abs(fine)) / 0.6745)


def _spectrum(grey: Grey) -> Grey | None:
    rows, columns = grey.shape
    side = min(_SPECTRUM * 2, rows, columns) // 2 * 2
    if side < 64:
        return None
    y, x = (rows - side) // 2, (columns - side) // 2
    window = np.hanning(side)[:, None] * np.hanning(side)[None, :]
    square = grey[y : y + side, x : x + side]
    return np.asarray(np.abs(np.fft.fftshift(np.fft.fft2((square - square.mean()) * window))), np.float32)


def _radius(side: int) -> Grey:
    """Cycles per pixel."""
    axis = (np.arange(side) - side / 2) / side
    return np.asarray(np.hypot(axis[:, None], axis[None, :]), np.float32)


def _peak(grey: Grey) -> float | None:
    """How far the strongest high frequency stands above its ring: a printing screen or a monitor's grid."""
    spectrum = _spectrum(grey)
    if spectrum is None:
        return None
    radius = _radius(spectrum.shape[0])
    best = 0.0
    for low in np.arange(0.14, 0.46, 0.04):
        ring = spectrum[(radius >= low) & (radius < low + 0.04)]
        best = max(best, float(ring.max() / (np.median(ring) + 1e-3)))
    return best


def _high_band(grey: Grey) -> float | None:
    """Median energy of the top octave over that of the one below: an enlarged picture has nothing there."""
    spectrum = _spectrum(grey)
    if spectrum is None:
        return None
    radius = _radius(spectrum.shape[0])
    high = np.median(spectrum[(radius > 0.32) & (radius < 0.48)])
    low = np.median(spectrum[(radius > 0.10) & (radius < 0.18)])
    return float(high / (low + 1e-6))
