"""What a service demands of a photo, as frozen values read from ``resources/standards/*.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.judgement import Limit


class HeadMeasure(Enum):
    """The distances a standard may limit, all on the composed picture, in pixels.

    ``FACE_WIDTH`` is ear root to ear root (脸宽); ``HEAD_WIDTH`` outer ear to outer ear (头宽);
    ``HEAD_HEIGHT`` hair top to chin (头部长度);
    ``HAIR_TOP`` upper edge to hair top (发际/头顶距上边沿); ``EYES_BOTTOM`` eye line to lower edge;
    ``EYE_DISTANCE`` pupil to pupil; ``EYES_CENTRE_X`` x of the mid-point between the pupils.
    """

    FACE_WIDTH = "face_width"
    HEAD_WIDTH = "head_width"
    HEAD_HEIGHT = "head_height"
    HAIR_TOP = "hair_top"
    EYES_TOP = "eyes_top"
    EYES_BOTTOM = "eyes_bottom"
    CHIN_BOTTOM = "chin_bottom"
    EYE_DISTANCE = "eye_distance"
    EYES_CENTRE_X = "eyes_centre_x"


@dataclass(frozen=True)
class GeometryBand:
    """``low`` ≤ measure ≤ ``high`` (px; None = open). The lower ``priority``, the later it may be broken."""

    measure: HeadMeasure
    low: float | None
    high: float | None
    priority: int
    source: str


@dataclass(frozen=True)
class OutputFormat:
    """The issued file. ``quality_min`` is the lowest JPEG quality the encoder may use (0..100)."""

    width_px: int
    height_px: int
    dpi: int
    bytes_min: int
    bytes_max: int
    quality_min: int


class BackgroundRule(Enum):
    """``REPLACE``: composing may set the colour. ``KEEP``: the standard forbids composites."""

    REPLACE = "replace"
    KEEP = "keep"


@dataclass(frozen=True)
class Background:
    """Target colour (sRGB 0..255)."""

    rgb: tuple[int, int, int]
    rule: BackgroundRule


@dataclass(frozen=True)
class PhotoStandard:
    """One service's demands. Everything numeric comes from the data file named in ``file``."""

    id: str
    version: str
    service: str  # one of: household (户政), exit-entry (出入境), traffic (交管)
    name_zh: str
    name_en: str
    effective: str  # ISO date
    sources: tuple[str, ...]
    output: OutputFormat
    background: Background
    geometry: tuple[GeometryBand, ...]
    limits: tuple[Limit, ...]  # for the issued photo; geometry bands are among them as "geometry.<measure>"
    screening: tuple[Limit, ...]  # for the raw shot: what cannot be mended afterwards

    def name(self, language: str) -> str:
        """The standard's name in ``zh_CN`` or ``en``."""
        return self.name_zh if language.startswith("zh") else self.name_en

    def limit(self, check: str) -> Limit | None:
        """The limit for one check id, None when this standard does not ask for it."""
        return next((limit for limit in self.limits if limit.check == check), None)
