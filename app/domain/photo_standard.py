"""What a service demands of a photo, as frozen values read from ``.flt`` files (docs/flt-format.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from app.domain.attribute import Mend
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
    """Target colour (sRGB 0..255); ``also``: other colours that pass when photographed."""

    rgb: tuple[int, int, int]
    rule: BackgroundRule
    also: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Processing:
    """What this standard lets us do to the pixels besides cutting them out: light and colour, retouching by hand."""

    tone: bool = True
    retouch: bool = True
    automatic_tone: bool = False  # 外国人拍照适配: tone is corrected without being asked


@dataclass(frozen=True)
class Alternative:
    """What another source says, and why it was not chosen."""

    what: str
    source: str
    reason: str


@dataclass(frozen=True)
class StandardException:
    """Other limits for a kind of applicant or a permitted thing worn: child, glasses, headwear, disability."""

    name: str
    limits: tuple[Limit, ...]
    source: str


class Dating(Enum):
    """Where a day lies against a standard's first and last day."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    OVER = "over"


@dataclass(frozen=True)
class PhotoStandard:
    """One service's demands. ``own``: the limits its file sets; ``limits`` and ``screening`` are those of the register
    with the file's own in their place, for the issued photo and for the raw shot."""

    id: str
    version: str
    service: str  # one of: household (户政), exit-entry (出入境), traffic (交管), social-security, other
    client: str  # 客户名称: who demands it
    name_zh: str
    name_en: str
    effective: str  # ISO date
    expires: str  # ISO date, "" = open
    sources: tuple[str, ...]
    output: OutputFormat
    background: Background
    processing: Processing
    mended_here: frozenset[Mend]  # what composing may mend under this standard
    geometry: tuple[GeometryBand, ...]
    own: tuple[Limit, ...]
    exceptions: tuple[StandardException, ...]
    alternatives: tuple[Alternative, ...]
    limits: tuple[Limit, ...]
    screening: tuple[Limit, ...]

    def name(self, language: str) -> str:
        """The standard's name in ``zh_CN`` or ``en``."""
        return self.name_zh if language.startswith("zh") else self.name_en

    def dating(self, day: date) -> Dating:
        """Both its first and its last day count."""
        if day.isoformat() < self.effective:
            return Dating.NOT_YET
        return Dating.OVER if self.expires and day.isoformat() > self.expires else Dating.IN_FORCE

    def limit(self, check: str) -> Limit | None:
        """The limit for one check id, None when this standard does not ask for it."""
        return next((limit for limit in self.limits if limit.check == check), None)

    def excepting(self, names: tuple[str, ...]) -> PhotoStandard:
        """With the named exceptions' limits in force; names this standard does not know change nothing."""
        changed = {limit.check: limit for e in self.exceptions if e.name in names for limit in e.limits}
        if not changed:
            return self
        return replace(
            self,
            limits=tuple(changed.get(limit.check, limit) for limit in self.limits),
            screening=tuple(changed.get(limit.check, limit) for limit in self.screening),
        )
