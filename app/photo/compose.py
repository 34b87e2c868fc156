"""The issuable photo: crop, level, background, file, each a recorded step on the untouched original, then judged."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from app.config.register import register
from app.domain.attribute import Mend
from app.domain.edits import CropBox, Recipe, Tone
from app.domain.errors import BadInput
from app.domain.judgement import Limit, Measurement, QualityReport
from app.domain.photo_standard import BackgroundRule, PhotoStandard
from app.domain.retouch import Retouch
from app.imaging.decode import Picture, Pixels, decode
from app.imaging.encode import encode
from app.imaging.facts import PictureFacts
from app.imaging.geometry import crop_matrix, cut, outside_shares
from app.imaging.matte import Mask, alpha_matte, on_background, replace_background_fast
from app.imaging.retouch import RetouchResult, protected_zone, retouched, zone_outline
from app.imaging.tone import toned
from app.inspection.face import FaceReader, FaceReading
from app.inspection.head import HeadPoints, Point, moved_head, placed
from app.inspection.measures.background import RGB, background_measures
from app.inspection.measures.every import measure
from app.inspection.measures.geometry import enlarged_head
from app.inspection.parsing import OVAL, Part
from app.inspection.scene import Scene, look, look_at_file
from app.photo.assess import Examiner
from app.photo.cutout import Cutout, MatteFrame, alpha_on, covers, head_place, matte_frame
from app.photo.framing import GeometryReading, read_geometry, solve
from app.photo.toning import tone_needed
from app.security.digest import sm3_hex

_NO_FILE = PictureFacts("", 0, 0, 24, "RGB", None, 1, 0, has_exif=False)

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
    scene: Scene
    head: HeadPoints

    @property
    def reading(self) -> FaceReading:
        """The faces found."""
        return self.scene.reading

    @property
    def reading_scale(self) -> float:
        """Pixels of the read picture per pixel of the original."""
        return 1 / self.scene.factor


class Composer:
    """Thread: any. Keeps the latest original decoded, in memory alone, so that several standards share the work."""

    def __init__(self, reader: FaceReader) -> None:
        self._reader = reader
        self._examiner = Examiner(reader)
        self._lock = threading.Lock()
        self._matting = threading.Lock()  # held while a matte is made: the other services wait for it
        self._latest: tuple[str, Sitter] | None = None
        self._cutout: tuple[Sitter, Cutout] | None = None
        self._measured: tuple[Scene, dict[tuple[RGB, ...], dict[str, Measurement]]] | None = None

    def sitter(self, data: bytes) -> Sitter:
        """Decode and read. Raises BadInput IMG-… , CMP-103 nobody found."""
        digest = sm3_hex(data)
        with self._lock:
            if self._latest is not None and self._latest[0] == digest:
                return self._latest[1]
            scene = look_at_file(self._reader, data)
            if scene.reading.main is None:
                raise BadInput("CMP-103")
            sitter = Sitter(scene.picture, scene, enlarged_head(scene.reading.main.head, scene.factor))
            self._latest = digest, sitter
            return sitter

    def forget(self) -> None:
        """The session is over: nothing of the applicant stays in memory."""
        with self._lock:
            self._latest = self._measured = self._cutout = None

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
        if recipe is not None:
            wanted = recipe.replace_background if replace_background is None else replace_background
            return self._made(sitter, standard, replace(recipe, automatic=False), wanted=wanted)
        tone = self._tone(sitter, standard)
        first = Recipe(self._solved(sitter, standard), replace_background=False, tone=tone)
        wanted = self._decided(sitter, standard, first, replace_background)
        photo = self._made(sitter, standard, first, wanted=wanted)
        if not _misplaced(photo.report):
            return photo
        seen = self._seen_on(photo, standard)
        if seen is None:
            return photo
        crop = solve(seen, standard)
        again = self._made(sitter, standard, replace(photo.recipe, crop=crop), wanted=wanted)
        return min(photo, again, key=lambda p: len(_misplaced(p.report)))

    def _decided(self, sitter: Sitter, standard: PhotoStandard, recipe: Recipe, wish: bool | None) -> bool:
        """Nobody decided: the background is replaced where the real one does not pass."""
        if wish is not None:
            return wish
        width, height = standard.output.width_px * _OVERSAMPLING, standard.output.height_px * _OVERSAMPLING
        return not self._background_passes(cut(sitter.picture.pixels, recipe.crop, width, height), standard)

    def _made(self, sitter: Sitter, standard: PhotoStandard, recipe: Recipe, *, wanted: bool) -> ComposedPhoto:
        """One picture from one recipe, in so far as the standard allows its steps."""
        width, height = standard.output.width_px, standard.output.height_px
        crop = recipe.crop
        large = cut(sitter.picture.pixels, crop, width * _OVERSAMPLING, height * _OVERSAMPLING)
        allowed = standard.background.rule is BackgroundRule.REPLACE
        done = replace(
            recipe,
            replace_background=wanted and allowed,
            tone=recipe.tone if standard.processing.tone else Tone(),
            retouch=recipe.retouch if standard.processing.retouch else Retouch(),
        )
        large = toned(large, done.tone, self._skin(sitter, crop, large))
        if done.replace_background:
            alpha = self._alpha(sitter, crop, large.shape[1], large.shape[0])
            large = on_background(large, alpha, standard.background.rgb)
        small = self._retouched(_halved(large), done, standard, sitter)
        image = encode(small, standard.output).data
        outside = outside_of(crop, standard, sitter.picture, background_replaced=done.replace_background)
        report = self._examiner.assess(image, standard, outside=outside, shot=self._shot(sitter, standard))
        return ComposedPhoto(image, done, report, read_geometry(sitter.head, crop, standard))

    def _alpha(self, sitter: Sitter, crop: CropBox, width: int, height: int) -> Mask:
        """Who stands out on this crop: from the one matte of this original, or, for a crop beyond it, from its own."""
        frame = matte_frame(sitter.head)
        if not covers(frame, crop, width, height):
            return self._matted(sitter, MatteFrame(crop, width, height))
        with self._matting:
            with self._lock:
                known = self._cutout[1] if self._cutout is not None and self._cutout[0] is sitter else None
            if known is None:
                known = Cutout(frame, self._matted(sitter, frame))
                with self._lock:
                    self._cutout = sitter, known
        return alpha_on(known, crop, width, height)

    def _matted(self, sitter: Sitter, frame: MatteFrame) -> Mask:
        pixels = cut(sitter.picture.pixels, frame.crop, frame.width, frame.height)
        person = np.maximum(self._person(pixels), _person_seen(sitter, frame))
        return alpha_matte(pixels, person, head_place(sitter.head, frame))

    def _shot(self, sitter: Sitter, standard: PhotoStandard) -> dict[str, Measurement]:
        """What the original shows, measured once for all standards with the same backgrounds."""
        back = standard.background
        colours = (back.rgb, *back.also)
        with self._lock:
            if self._measured is None or self._measured[0] is not sitter.scene:
                self._measured = sitter.scene, {}
            known = self._measured[1]
        if colours not in known:
            known[colours] = measure(sitter.scene, colours)
        return known[colours]

    def _seen_on(self, photo: ComposedPhoto, standard: PhotoStandard) -> HeadPoints | None:
        """The head as the examiner saw it on the finished picture, back on the original."""
        picture = decode(photo.image)
        face = self._reader.read(picture.pixels).main
        if face is None:
            return None
        width, height = standard.output.width_px, standard.output.height_px
        return moved_head(face.head, partial(_back_on_original, crop=photo.recipe.crop, width=width, height=height))

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

    def _tone(self, sitter: Sitter, standard: PhotoStandard) -> Tone:
        return tone_needed(sitter.scene, self._shot(sitter, standard), standard)

    def _skin(self, sitter: Sitter, crop: CropBox, large: Pixels) -> Mask | None:
        """The face without eyes and lips, on the crop: where shine may be softened."""
        patch, parsing = sitter.scene.patch, sitter.scene.parsing
        if patch is None or parsing is None:
            return None
        skin = cv2.GaussianBlur((parsing.labels == Part.SKIN).astype(np.float32), (0, 0), 1.5)
        scale = patch.scale * sitter.reading_scale  # patch pixels per original pixel
        matrix = crop_matrix(crop, large.shape[1], large.shape[0])
        origin = np.array(patch.origin) / sitter.reading_scale
        to_crop = np.hstack([matrix[:, :2] / scale, (matrix[:, :2] @ origin + matrix[:, 2])[:, None]])
        return np.asarray(cv2.warpAffine(skin, to_crop, (large.shape[1], large.shape[0])), np.float32)

    def face_zone(self, sitter: Sitter, crop: CropBox, standard: PhotoStandard) -> NDArray[np.uint8]:
        """255 where strokes are refused, on the issued picture."""
        width, height = standard.output.width_px, standard.output.height_px
        face = sitter.reading.main
        if face is None:
            raise BadInput("CMP-103")
        points = face.mesh[list(OVAL), :2] * sitter.scene.factor
        placed_points = np.array([placed((float(x), float(y)), crop, width, height) for x, y in points])
        return protected_zone(placed_points, width, height)

    def _retouched(self, pixels: Pixels, recipe: Recipe, standard: PhotoStandard, sitter: Sitter) -> Pixels:
        if recipe.retouch.is_empty:
            return pixels
        zone = self.face_zone(sitter, recipe.crop, standard)
        return retouched(pixels, recipe.retouch, standard.background.rgb, zone).pixels

    def preview(self, data: bytes, standard: PhotoStandard, recipe: Recipe) -> Pixels:
        """BGR at the issued size in a few tens of milliseconds: the fast matte, no file, no judgement."""
        sitter = self.sitter(data)
        width, height = standard.output.width_px, standard.output.height_px
        pixels = cut(sitter.picture.pixels, recipe.crop, width, height)
        if standard.processing.tone:
            pixels = toned(pixels, recipe.tone)
        if recipe.replace_background and standard.background.rule is BackgroundRule.REPLACE:
            pixels = replace_background_fast(pixels, self._person(pixels), standard.background.rgb)
        return self._retouched(pixels, recipe, standard, sitter) if standard.processing.retouch else pixels

    def retouch_preview(self, data: bytes, standard: PhotoStandard, recipe: Recipe) -> RetouchResult:
        """The picture at the issued size with the recipe's strokes, and how much they touched; the fast matte."""
        sitter = self.sitter(data)
        plain = self.preview(data, standard, replace(recipe, retouch=Retouch()))
        return retouched(plain, recipe.retouch, standard.background.rgb, self.face_zone(sitter, recipe.crop, standard))

    def protected_outline(self, data: bytes, standard: PhotoStandard, recipe: Recipe) -> tuple[tuple[float, float], ...]:
        """Where strokes are refused: an outline in shares of the issued picture's width and height."""
        return zone_outline(self.face_zone(self.sitter(data), recipe.crop, standard))

    def _person(self, pixels: Pixels) -> Mask:
        return self._reader.networks.person(pixels)

    def _background_passes(self, pixels: Pixels, standard: PhotoStandard) -> bool:
        """Whether the photographed background already meets the standard: then it is not touched."""
        scene = look(self._reader, b"", Picture(pixels, _NO_FILE))
        back = standard.background
        measured = background_measures(scene, (back.rgb, *back.also))
        by_measure = {row.measure: row.id for row in register().values() if row.mend is Mend.BACKGROUND}
        return all(_strictly_inside(m.value, standard.limit(by_measure[m.id])) for m in measured if m.id in by_measure)


def _misplaced(report: QualityReport) -> tuple[str, ...]:
    """Bands of the standard that the finished picture misses."""
    return tuple(c.measurement.id for c in report.failures() if c.measurement.id.startswith("geometry."))


def _back_on_original(point: Point, *, crop: CropBox, width: int, height: int) -> Point:
    matrix = cv2.invertAffineTransform(crop_matrix(crop, width, height))
    x, y = matrix[:, :2] @ np.array(point) + matrix[:, 2]
    return float(x), float(y)


def _person_seen(sitter: Sitter, frame: MatteFrame) -> Mask:
    """Who was seen on the whole original, placed on the frame, below the chin alone.

    Shoulders that a tight frame cuts are still somebody's; above, the frame's own mask follows the hair more closely.
    """
    size = (frame.width, frame.height)
    matrix = crop_matrix(frame.crop, *size)
    matrix[:, :2] /= sitter.reading_scale
    person = np.asarray(cv2.warpAffine(sitter.reading.person, matrix, size), np.float32)
    chin = placed(sitter.head.chin, frame.crop, *size)[1]
    person[: max(0, min(frame.height, round(chin)))] = 0
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
