"""Cuts a font down to the characters of one document: a page press handed all 65,000 glyphs of a Chinese font spends a
second and a heap of objects on them, and every window stalls while that heap is collected."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

import uharfbuzz

from app.config.fonts import simplified_face


class CutFont:
    """One font file, mapped into memory; of a collection, the face for simplified Chinese. Thread: any."""

    def __init__(self, path: Path) -> None:
        self._face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), simplified_face(path))
        self.characters = frozenset(map(chr, self._face.unicodes))

    def cut(self, characters: Set[str]) -> bytes:
        """A font file with those of the characters that this font has, without shaping: fpdf2 sets glyph by glyph."""
        wanted = uharfbuzz.SubsetInput()
        wanted.unicode_set.update(map(ord, characters))
        wanted.layout_feature_tag_set.clear()
        return bytes(uharfbuzz.subset(self._face, wanted).blob.data)
