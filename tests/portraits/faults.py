"""Portraits with one thing wrong each, and the attributes of which one must say so: the ground truth of the judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from portraits.camera import photograph, truth_of
from portraits.portrait import SKINS, Portrait

from app.imaging.decode import Pixels

Degrade = Callable[[Pixels], Pixels]


@dataclass(frozen=True)
class Fault:
    """``says``: attributes, any of which is the right reason. ``fails``: the shot must be refused (else: a warning)."""

    name: str
    portrait: Portrait
    says: tuple[str, ...]
    fails: bool = True
    degrade: Degrade | None = None

    def picture(self) -> Pixels:
        """BGR."""
        pixels = photograph(self.portrait)
        return pixels if self.degrade is None else self.degrade(pixels)


# Sitters every fault is drawn on: different skins, hair, framing, light, seeds.
SITTERS: tuple[Portrait, ...] = (
    Portrait(),
    Portrait(skin="very-light", hair=(40, 70, 110), seed=11, clothes=(60, 30, 80)),
    Portrait(skin="tan", face_share=0.33, centre=(0.5, 0.43), seed=12),
    Portrait(skin="brown", hair=(24, 22, 22), seed=13, wall=(214, 214, 214), clothes=(110, 60, 40)),
    Portrait(skin="medium", hair_style="over-ears", face_share=0.29, seed=14, shirt=(170, 90, 60)),
    Portrait(skin="dark", seed=15, light_contrast=0.3, light_deg=8, clothes=(120, 50, 40)),
)


# Never looked at while limits were set: what docs/quality.md reports.
HELD_OUT: tuple[Portrait, ...] = (
    Portrait(skin="light", hair=(30, 44, 70), seed=101, face_share=0.27, clothes=(50, 70, 60)),
    Portrait(skin="medium", seed=102, face_share=0.31, centre=(0.5, 0.42), wall=(230, 231, 232)),
    Portrait(skin="very-light", hair=(90, 120, 150), seed=103, clothes=(40, 40, 44)),
    Portrait(skin="brown", seed=104, face_share=0.24, shirt=(120, 150, 90)),
    Portrait(skin="tan", hair_style="over-ears", seed=105, light_contrast=0.25, light_deg=-8),
    Portrait(skin="dark", hair=(30, 30, 34), seed=106, face_share=0.28, clothes=(100, 70, 60)),
)


def clean(sitters: tuple[Portrait, ...]) -> Iterator[Portrait]:
    """Portraits with nothing wrong that a standard would refuse."""
    for sitter in sitters:
        yield sitter
        yield replace(sitter, yaw=4, pitch=-3, seed=sitter.seed + 20)
        yield replace(sitter, roll=2.5, smile=0.2, noise=2.5, seed=sitter.seed + 21)
        yield replace(sitter, glasses="thin", seed=sitter.seed + 22)
        yield replace(sitter, exposure=0.8, seed=sitter.seed + 23)
        yield replace(sitter, exposure=1.1, wall=(236, 236, 236), seed=sitter.seed + 24)
        yield replace(sitter, beard=True, seed=sitter.seed + 25)
    for skin in SKINS:
        seed = sitters[0].seed + 30
        yield Portrait(skin=skin, hair_style="bald", seed=seed)
        yield Portrait(skin=skin, hair_style="long", seed=seed + 1)
        yield Portrait(skin=skin, hair=(150, 152, 150), seed=seed + 2)


def stretched(pixels: Pixels, share: float) -> Pixels:
    """Taller (above 1) or flatter."""
    size = (pixels.shape[1], round(pixels.shape[0] * share))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def slimmed(pixels: Pixels, portrait: Portrait) -> Pixels:
    """Cheeks and jaw pulled towards the middle, as slimming filters do."""
    truth = truth_of(portrait)
    middle = (truth.pupil_left[0] + truth.pupil_right[0]) / 2
    top, low = truth.pupil_left[1], truth.chin[1]
    wide = truth.ear_right[0] - truth.ear_left[0]
    y, x = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]].astype(np.float32)
    down = np.clip((y - top) / (low - top), 0, 1) * np.clip((low + 0.2 * wide - y) / (0.2 * wide), 0, 1)
    beside = np.clip(1 - ((x - middle) / (0.9 * wide)) ** 2, 0, 1)
    source = middle + (x - middle) * (1 + 0.5 * down * beside)
    return np.asarray(cv2.remap(pixels, source.astype(np.float32), y, cv2.INTER_CUBIC), np.uint8)


def sharpened(pixels: Pixels) -> Pixels:
    """An unsharp mask overdone."""
    wide = pixels.astype(np.float32)
    return np.asarray(np.clip(wide + 4.0 * (wide - cv2.GaussianBlur(wide, (0, 0), 1.0)), 0, 255), np.uint8)


def smoothed(pixels: Pixels) -> Pixels:
    """Edges kept, skin like plastic."""
    smooth = pixels
    for _ in range(3):
        smooth = np.asarray(cv2.bilateralFilter(smooth, 9, 32, 7), np.uint8)
    return smooth


def screened(pixels: Pixels) -> Pixels:
    """Printed with a halftone screen of 4 px and photographed again."""
    y, x = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]].astype(np.float32)
    dots = 0.5 + 0.25 * (np.cos(2 * np.pi * (x + y) / 5.6) + np.cos(2 * np.pi * (x - y) / 5.6))
    return np.asarray(np.clip(pixels * (0.8 + 0.4 * dots[..., None]), 0, 255), np.uint8)


def bordered(pixels: Pixels) -> Pixels:
    """A scanner's black edge."""
    framed = pixels.copy()
    framed[:, :14] = 0
    return framed


def written(pixels: Pixels) -> Pixels:
    """A date printed on the wall."""
    marked = np.ascontiguousarray(pixels)
    cv2.putText(marked, "2026.11.24", (30, 90), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (40, 40, 220), 3, cv2.LINE_AA)
    return marked


def grey(pixels: Pixels) -> Pixels:
    """Black and white."""
    return np.asarray(cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def turned(pixels: Pixels) -> Pixels:
    """Upside down."""
    return np.ascontiguousarray(cv2.rotate(pixels, cv2.ROTATE_180), np.uint8)


def cut_top(pixels: Pixels) -> Pixels:
    """The head cut by the upper edge."""
    return np.ascontiguousarray(pixels[round(pixels.shape[0] * 0.25) :])


def doubled(pixels: Pixels) -> Pixels:
    """Two people."""
    half = pixels[:, pixels.shape[1] // 8 : -pixels.shape[1] // 8]
    return np.ascontiguousarray(np.hstack([half, half[:, ::-1]]))


def _worn(s: Portrait) -> Iterator[Fault]:
    covered = ("eyes_covered", "face_covered", "hair_on_face", "lens_tint", "eyes_open", "coloured_lens", "brows_hidden")
    yield Fault("sunglasses", replace(s, glasses="sun"), ("lens_tint", "coloured_lens"))
    yield Fault("tinted lenses", replace(s, glasses="thin", lens_tint=0.75), ("lens_tint", "coloured_lens"))
    yield Fault("lens glare", replace(s, glasses="thin", lens_glare=0.95), ("lens_glare", "lens_reflection"))
    yield Fault("heavy frame", replace(s, glasses="thick"), ("frame_thick", "frame_too_thick"))
    yield Fault("glasses too low", replace(s, glasses="thin", glasses_drop=40), ("glasses_low", "frame_over_eyes"))
    yield Fault("blurred lenses", replace(s, glasses="thin", lens_blur=7), ("lens_blur", "eyes_narrow", "eyes_open"))
    yield Fault("glasses", replace(s, glasses="thin"), ("glasses", "wears_glasses"), fails=False)
    yield Fault("red cap", replace(s, hat=(50, 50, 190)), ("hat",))
    yield Fault("blue cap", replace(s, hat=(170, 90, 40)), ("hat",))
    yield Fault("black cap", replace(s, hat=(30, 28, 28)), ("hat", "forehead", "brows_hidden"))
    yield Fault("veil", replace(s, veil=True), ("hat",))
    yield Fault("headband", replace(s, headband=(70, 60, 225)), ("hair_ornament",))
    yield Fault("blue mask", replace(s, mask=(220, 190, 150)), ("mask_worn", "mask_score"))
    yield Fault("white mask", replace(s, mask=(236, 238, 238)), ("mask_worn", "mask_score"))
    yield Fault("black mask", replace(s, mask=(36, 34, 34)), ("mask_worn", "mask_score", "face_covered", "hair_on_face"))
    yield Fault("thing before the face", replace(s, object_on_face=(40, 180, 60)), ("object_on_face", "face_covered"))
    yield Fault("hair over one eye", replace(s, hair_style="curtain"), covered)
    yield Fault("fringe over the brows", replace(s, hair_style="fringe"), ("brows_hidden",))
    yield Fault("scarf", replace(s, scarf=(40, 40, 190)), ("scarf", "collar_high"), fails=False)
    yield Fault("earrings", replace(s, earrings=True), ("earring",), fails=False)
    yield Fault("earphones", replace(s, earphones=True), ("earring",), fails=False)
    yield Fault("necklace", replace(s, necklace=True), ("necklace", "necklace_worn"), fails=False)
    yield Fault("low neckline", replace(s, collar="low"), ("collar_low", "hand"), fails=False)
    yield Fault("high collar", replace(s, collar="high"), ("collar_high", "scarf"), fails=False)
    yield Fault("straps", replace(s, straps=(40, 120, 200)), ("backpack",), fails=False)
    yield Fault("lipstick", replace(s, lipstick=0.95), ("lipstick",), fails=False)
    yield Fault("heavy make-up", replace(s, makeup=1.0), ("make_up",), fails=False)
    yield Fault("contact lenses", replace(s, contact_lenses=(225, 120, 40)), ("contact_lenses",))
    yield Fault("dyed hair", replace(s, hair=(60, 40, 190)), ("hair_dye",), fails=False)
    yield Fault(
        "clothes like the wall", replace(s, clothes=(238, 238, 238), shirt=(242, 242, 242)), ("dark_clothes",), fails=False
    )
    yield Fault("marked skin", replace(s, tattoo=True), ("tattoo", "object_on_face"), fails=False)


def _sitting(s: Portrait) -> Iterator[Fault]:
    yield Fault("turned left", replace(s, yaw=-24), ("yaw", "face_left", "not_at_camera"))
    yield Fault("turned right", replace(s, yaw=24), ("yaw", "face_right", "not_at_camera"))
    yield Fault("looks down", replace(s, pitch=34), ("pitch", "head_lowered"))
    yield Fault("head leans", replace(s, roll=11), ("roll", "leans_right"), fails=False)
    yield Fault("eyes closed", replace(s, eye_left=0.0, eye_right=0.0), ("eyes_open", "eyes_narrow"))
    yield Fault("one eye closed", replace(s, eye_right=0.0), ("eyes_open", "eyes_narrow"))
    yield Fault("looks aside", replace(s, gaze_x=0.85), ("gaze_across", "not_at_camera"))
    yield Fault("looks to the other side", replace(s, gaze_x=-0.85), ("gaze_across", "not_at_camera"))
    yield Fault("mouth open", replace(s, mouth=1.0), ("mouth_open",))
    yield Fault("teeth", replace(s, mouth=0.8, teeth=True, smile=0.6), ("teeth", "mouth_open", "expression"))
    yield Fault("shoulders uneven", replace(s, shoulder_tilt=9.0), ("shoulder_tilt",))
    yield Fault("shoulders low", replace(s, shoulder_drop=150.0), ("shoulder_low",), fails=False)
    yield Fault("raised hand", replace(s, hand=True), ("hand",), fails=False)
    yield Fault("too small", replace(s, face_share=0.055), ("inter_eye_distance", "face_count"))


def _light(s: Portrait) -> Iterator[Fault]:
    dark = s.skin in {"dark", "brown"}
    yield Fault("light from one side", replace(s, light_deg=65, light_contrast=0.85), ("light_zones",))
    yield Fault("light from the other side", replace(s, light_deg=-65, light_contrast=0.85), ("light_zones",))
    yield Fault("far too dark", replace(s, exposure=0.03), ("exposure_severe", "under_exposed", "skin_l_severe"))
    yield Fault("far too bright", replace(s, exposure=6.0 if dark else 3.2),
                ("exposure", "over_exposed", "face_luminance", "skin_l_severe"), fails=False)  # fmt: skip
    yield Fault("shiny face", replace(s, hotspot=1.0), ("face_highlights",), fails=False)
    yield Fault("red eye", replace(s, red_eye=True), ("red_eye",))
    yield Fault("haze", replace(s, haze=0.6), ("haze", "grey_range"), fails=False)
    yield Fault("red light", replace(s, cast=(0.7, 0.75, 1.15)), ("red_cast", "skin_a"), fails=False)
    yield Fault("yellow light", replace(s, cast=(0.62, 0.98, 1.0)), ("yellow_cast", "skin_b"), fails=False)
    yield Fault("cyan light", replace(s, cast=(1.1, 1.05, 0.68)), ("cyan_cast", "skin_a"), fails=False)


def _camera(s: Portrait) -> Iterator[Fault]:
    yield Fault("out of focus", replace(s, blur_px=6.0 * s.face_share / 0.253), ("sharpness", "blur"))
    yield Fault("shaken", replace(s, motion_px=21 * s.face_share / 0.253), ("sharpness", "blur"))
    yield Fault("noise", replace(s, noise=11.0), ("noise",))
    yield Fault("over-sharpened", s, ("over_sharpened",), fails=False, degrade=sharpened)
    yield Fault("airbrushed", replace(s, texture=0.0, noise=0.3), ("skin_smoothing", "over_smoothed"), degrade=smoothed)
    yield Fault("printed and photographed", s, ("print_screen",), degrade=screened)
    yield Fault("slimmed face", s, ("beauty_face",), fails=False, degrade=lambda p: slimmed(p, s))
    yield Fault("stretched", s, ("stretched",), degrade=lambda p: stretched(p, 1.28))
    yield Fault("squeezed", s, ("stretched",), degrade=lambda p: stretched(p, 0.68))
    yield Fault("black and white", s, ("black_and_white",), degrade=grey)
    yield Fault("upside down", s, ("upright", "face_count"), degrade=turned)
    yield Fault("head cut off", s, ("head_cut",), degrade=cut_top)
    yield Fault("two people", s, ("face_count",), degrade=doubled)
    yield Fault("black border", s, ("black_border",), fails=False, degrade=bordered)
    yield Fault("date on the wall", s, ("marks", "background_objects"), fails=False, degrade=written)
    yield Fault("busy wall", replace(s, clutter=6), ("background_objects", "background_evenness"), fails=False)
    yield Fault("wall unevenly lit", replace(s, wall_gradient=0.35), ("background_evenness",), fails=False)
    yield Fault("blue wall", replace(s, wall=(200, 150, 70)), ("background_colour",), fails=False)
    yield Fault("shadow on the wall", replace(s, wall_shadow=0.9), ("wall_shadow", "background_evenness"), fails=False)
    yield Fault("painted clothes", replace(s, cloth_texture=0.0, noise=0.2), ("clothes_painted",))


def faults(sitter: Portrait) -> Iterator[Fault]:
    """Every fault on one sitter."""
    for group in (_worn, _sitting, _light, _camera):
        yield from group(sitter)
