"""The letters simulators draw with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont


@lru_cache(maxsize=32)
def letters(font: Path | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font file at that size in pixels; None: Pillow's own Latin letters."""
    return ImageFont.load_default(size) if font is None else ImageFont.truetype(str(font), size)
