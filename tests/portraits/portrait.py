"""Drawn people with known truth: every quality of a photo is a field, its value is the ground truth."""

from __future__ import annotations

from dataclasses import dataclass

from portraits.easel import Colour

SKINS: dict[str, Colour] = {
    "very-light": (196, 214, 244),
    "light": (160, 190, 232),
    "medium": (120, 158, 208),
    "tan": (84, 122, 174),
    "brown": (56, 84, 128),
    "dark": (38, 54, 84),
}


@dataclass(frozen=True)
class Portrait:
    """Defaults: a clean ID-photo shot. Angles in degrees as the product reports them; lengths in drawing units.

    A drawing unit is 1/304 of the face's width (ear root to ear root). ``face_share``: face width / picture width.
    ``centre``: where the eyes' mid-point lies, in shares of the picture.
    """

    # the camera
    width: int = 900
    height: int = 1200
    face_share: float = 0.253
    centre: tuple[float, float] = (0.5, 0.39)
    exposure: float = 1.0
    cast: Colour = (1.0, 1.0, 1.0)
    noise: float = 1.5
    blur_px: float = 0.0
    motion_px: float = 0.0
    haze: float = 0.0  # grey veil, share of white mixed in
    # the head
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    eye_left: float = 1.0
    eye_right: float = 1.0
    gaze_x: float = 0.0  # -1..1, share of the eye opening's half width
    gaze_y: float = 0.0
    mouth: float = 0.0
    teeth: bool = False
    smile: float = 0.0
    crooked: float = 0.0  # one mouth corner up, units
    brow_raise: float = 0.0
    skin: str = "light"
    hair: Colour = (34, 28, 26)
    hair_style: str = "short"  # short, fringe, curtain, long, over-ears, bald
    beard: bool = False
    texture: float = 1.0  # skin texture, 1 = natural, 0 = airbrushed
    eye_enlargement: float = 1.0
    seed: int = 7
    # light
    light_deg: float = 0.0  # where the key light stands; positive = the picture's right
    light_contrast: float = 0.0
    hotspot: float = 0.0
    wall_shadow: float = 0.0
    red_eye: bool = False
    # the wall
    wall: Colour = (222, 224, 226)
    wall_gradient: float = 0.0
    clutter: int = 0
    # worn
    glasses: str = ""  # thin, thick, sun
    lens_tint: float = 0.0
    lens_glare: float = 0.0
    lens_blur: float = 0.0
    glasses_drop: float = 0.0
    hat: Colour | None = None
    headband: Colour | None = None
    mask: Colour | None = None
    scarf: Colour | None = None
    veil: bool = False
    earrings: bool = False
    earphones: bool = False
    necklace: bool = False
    lipstick: float = 0.0
    makeup: float = 0.0
    contact_lenses: Colour | None = None
    tattoo: bool = False
    object_on_face: Colour | None = None
    # the body
    collar: str = "normal"  # normal, low, high
    clothes: Colour = (70, 48, 36)
    shirt: Colour = (150, 118, 92)
    cloth_texture: float = 1.0
    shoulder_tilt: float = 0.0
    shoulder_drop: float = 0.0
    straps: Colour | None = None
    hand: bool = False

    @property
    def skin_colour(self) -> Colour:
        """BGR."""
        return SKINS[self.skin]
