"""A shipped matter's first example as an officer would type it."""

from __future__ import annotations

from app.config.matters import shipped_catalogue
from app.intake.typed import texts_of


def texts_of_matter(code: str) -> dict[str, str]:
    matter = shipped_catalogue().matter(code)
    return texts_of(matter.form, matter.examples[0].filling)
