"""The picture parts: models, examiner, composer, standards; loaded once, a quarter of a second, no network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.photo_standard import PhotoStandard
from app.inspection.face import FaceReader
from app.photo.assess import Examiner
from app.photo.compose import Composer
from app.photo.standards import load_standards
from app.security.digest import sm3_hex


@dataclass(frozen=True)
class PictureParts:
    """What judging and composing need."""

    standards: tuple[PhotoStandard, ...]
    examiner: Examiner
    composer: Composer
    reader: FaceReader


def picture_parts(local_standards: Path | None = None) -> PictureParts:
    """Loads the models, and the standards with the local ones of a folder in their place.

    Raises SetupFault when a model file is missing or altered."""
    reader = FaceReader(sm3_hex)
    return PictureParts(load_standards(local_standards), Examiner(reader), Composer(reader), reader)
