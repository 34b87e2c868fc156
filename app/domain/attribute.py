"""What a photo is judged by: one attribute of the requirement's list, as a frozen row of the register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.judgement import Limit


class AttributeKind(Enum):
    """``MEASURED``: a number is read; ``OPERATOR``: the officer is asked, with the picture before them."""

    MEASURED = "measured"
    OPERATOR = "operator"


class Stage(Enum):
    """``SHOT``: the camera's picture; ``ISSUED``: the composed photo."""

    SHOT = "shot"
    ISSUED = "issued"


class Mend(Enum):
    """How a failure is mended: here, by one step of composing, or only by photographing the person again."""

    CROP = "crop"
    BACKGROUND = "background"
    TONE = "tone"
    FILE = "file"
    RETAKE = "retake"


@dataclass(frozen=True)
class Attribute:
    """``number``: as in the requirement ("18", "裁剪3", "" where it names none). ``measure``: which measurement it judges,
    ``unit``: that number's. ``limit``: the default; a standard may set its own. ``why``: why an operator's attribute is
    not measured.
    """

    id: str
    number: str
    name_zh: str
    name_en: str
    group: str
    kind: AttributeKind
    measure: str
    needs: str  # header, pixels, landmarks, segmentation, model, operator
    stages: tuple[Stage, ...]
    mend: Mend
    limit: Limit
    why: str = ""
    unit: str = ""
