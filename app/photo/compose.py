"""The issuable photo: crop, level, background, file, each a recorded step on the untouched original, then judged."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from app.domain.edits import CropBox, Recipe
from app.domain.errors import BadInput
from app.domain.judgement import Limit, QualityReport
from app.domain.photo_standard import BackgroundRule, PhotoStandard
from app.imaging import matte
from app.imaging.decode import Picture, Pixels, decode
from app.imaging.encode import encode
from app.imaging.geometry import crop_matrix, cut, outside_shares
from app.imaging.matte import Mask, replace_background_fast
from app.inspection.face import FaceReader, FaceReading
from app.inspection.head import HeadPoints, Point, moved_head, placed
from app.inspection.measures import Light, background_measures
from app.photo.assess import Examiner, enlarged_head, reduced
from app.photo.framing import GeometryReading, read_geometry, solve
from app.security.digest import sm3_hex

# Matting works on twice the issued size: hair is thinner than a pixel of the issued photo.
_OVERSAMPLING = 2


@dataclass(frozen=True)
class ComposedPhoto:
    """``image``: the issued JPEG. ``recipe``: how it was made. ``geometry``: the bands on this crop."""

    image: bytes
    recipe: Recipe
    report: QualityReport
    geometry: tuple[GeometryReading, ...]


@dataclass(frozen=True)
class Sitter:
    """An original, decoded and read once: what every standard and every drag of the crop works on."""

    picture: Picture
    reading: FaceReading
    head: HeadPoints
    reading_scale: float


class Composer:
    """Thread: any. Keeps the latest original decoded, in memory alone, so that several standards share the work."""

    def __init__(self, reader: FaceReader) -> None:
        self._reader = reader
        self._examiner = Examiner(reader)
        self._lock = threading.Lock()
        self._latest: tuple[str, Sitter] | None = None

    def sitter(self, data: bytes) -> Sitter:
        """Decode and read. Raises BadInput IMG-… , CMP-103 nobody found."""
        digest = sm3_hex(data)
        with self._lock:
            if self._latest is not None and self._latest[0] == digest:
                return self._latest[1]
            picture = decode(data)
            small = reduced(picture.pixels)
            reading = self._reader.read(small)
            if reading.main is None:
                raise BadInput("CMP-103")
            scale = small.shape[1] / picture.width
            sitter = Sitter(picture, reading, enlarged_head(reading.main.head, 1 / scale), scale)
            self._latest = digest, sitter
            return sitter

    def forget(self) -> None:
        """The session is over: nothing of the applicant stays in memory."""
        with self._lock:
            self._latest = None

    def compose(
        self,
        data: bytes,
        standard: PhotoStandard,
        recipe: Recipe | None = None,
        *,
        replace_background: bool | None = None,
    ) -> ComposedPhoto:
        """``recipe`` None: the solver's crop; ``replace_background`` None: only where the real one does not pass.

        The same original and recipe give the same bytes. Raises BadInput IMG-…, CMP-101/102 file window, CMP-103.
        """
        sitter = self.sitter(data)
        crop = self._solved(sitter, standard) if recipe is None else recipe.crop
        width, height = standard.output.width_px, standard.output.height_px
        large = cut(sitter.picture.pixels, crop, width * _OVERSAMPLING, height * _OVERSAMPLING)
        wanted = replace_background if replace_background is not None else recipe and recipe.replace_background
        if wanted is None:
            wanted = not self._background_passes(large, standard)
        allowed = standard.background.rule is BackgroundRule.REPLACE
        done = Recipe(crop, bool(wanted) and allowed, automatic=recipe is None)
        if done.replace_background:
            person = np.maximum(self._person(large), _person_seen(sitter, crop, large.shape[1], large.shape[0]))
            large = matte.replace_background(large, person, standard.background.rgb)
        image = encode(_halved(large), standard.output).data
        outside = outside_of(crop, standard, sitter.picture, background_replaced=done.replace_background)
        report = self._examiner.assess(image, standard, outside=outside)
        return ComposedPhoto(image, done, report, read_geometry(sitter.head, crop, standard))

    def _solved(self, sitter: Sitter, standard: PhotoStandard) -> CropBox:
        """Solve, look at the result as the examiner will, and solve again with what it saw.

        On the original the head is a small part of the picture; on the crop the same models see it larger, and the
        hair top may come out a few pixels elsewhere.
        """
        width, height = standard.output.width_px, standard.output.height_px
        crop = solve(sitter.head, standard)
        cropped = cut(sitter.picture.pixels, crop, width, height)
        if standard.background.rule is BackgroundRule.REPLACE:
            cropped = replace_background_fast(cropped, self._person(cropped), standard.background.rgb)
        seen = self._reader.read(cropped).main
        if seen is None:
            return crop
        return solve(moved_head(seen.head, partial(_back_on_original, crop=crop, width=width, height=height)), standard)

    def preview(self, data: bytes, standard: PhotoStandard, recipe: Recipe) -> Pixels:
        """BGR at the issued size in a few tens of milliseconds: the fast matte, no file, no judgement."""
        sitter = self.sitter(data)
        width, height = standard.output.width_px, standard.output.height_px
        pixels = cut(sitter.picture.pixels, recipe.crop, width, height)
        if recipe.replace_background and standard.background.rule is BackgroundRule.REPLACE:
            pixels = replace_background_fast(pixels, self._person(pixels), standard.background.rgb)
        return pixels

    def _person(self, pixels: Pixels) -> Mask:
        return self._reader.networks.person(pixels)

    def _background_passes(self, pixels: Pixels, standard: PhotoStandard) -> bool:
        """Whether the photographed background already meets the standard: then it is not touched."""
        reading = replace(self._reader.read(pixels), faces=())
        measured = background_measures(reading, Light.of(pixels), standard.background.rgb)
        return all(_strictly_inside(m.value, standard.limit(m.id)) for m in measured)


def _back_on_original(point: Point, *, crop: CropBox, width: int, height: int) -> Point:
    matrix = cv2.invertAffineTransform(crop_matrix(crop, width, height))
    x, y = matrix[:, :2] @ np.array(point) + matrix[:, 2]
    return float(x), float(y)


def _person_seen(sitter: Sitter, crop: CropBox, width: int, height: int) -> Mask:
    """Who was seen on the whole original, placed on the crop, below the chin alone.

    Shoulders that a tight crop cuts are still somebody's; above, the crop's own mask follows the hair more closely.
    """
    matrix = crop_matrix(crop, width, height)
    matrix[:, :2] /= sitter.reading_scale
    person = np.asarray(cv2.warpAffine(sitter.reading.person, matrix, (width, height)), np.float32)
    chin = placed(sitter.head.chin, crop, width, height)[1]
    person[: max(0, min(height, round(chin)))] = 0
    return person


def _strictly_inside(value: float | None, limit: Limit | None) -> bool:
    if limit is None:
        return True
    return value is not None and not limit.side(value) and not limit.warn_side(value)


def outside_of(crop: CropBox, standard: PhotoStandard, picture: Picture, *, background_replaced: bool) -> float:
    """How much of the issued picture would have to be invented.

    Above and beside a person a replaced background continues; below, clothes do not.
    """
    aspect = standard.output.height_px / standard.output.width_px
    left, top, right, bottom = outside_shares(crop, aspect, picture.width, picture.height)
    return bottom if background_replaced else max(left, top, right, bottom)


def _halved(pixels: Pixels) -> Pixels:
    """Area average of each 2×2 block: exact, and the same on every machine."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    blocks = pixels.reshape(height, 2, width, 2, 3).astype(np.uint16)
    return np.asarray((blocks.sum(axis=(1, 3)) + 2) // 4, np.uint8)
