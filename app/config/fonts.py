"""Finds a Chinese font on this machine: for receipts' rare characters and for the preview. Nothing is shipped."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from PIL import ImageFont

from app.domain.errors import SetupFault

# Most complete first; 通用规范汉字 level 3 and GB 18030 four-byte characters need one of the upper ones.
_CANDIDATES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
# The whole of extension B and later, where somebody installed it.
_RARE = (
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/jigmo/Jigmo2.ttf",
    "/usr/share/fonts/truetype/jigmo/Jigmo3.ttf",
)
_RARE_WINDOWS = ("simsunb.ttf", "SimsunExtG.ttf")
_MOST_FACES = 16
_WINDOWS = ("msyh.ttc", "simsun.ttc", "simsunb.ttf")


def chinese_font() -> Path:
    """A font file. Raises SetupFault FNT-101 when there is none."""
    windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    for path in (*map(Path, _CANDIDATES), *(windows / name for name in _WINDOWS)):
        if path.exists():
            return path
    raise SetupFault("FNT-101")


def rare_fonts() -> tuple[Path, ...]:
    """Fonts of this machine for characters beyond ``chinese_font``: CJK extensions B and later; none is shipped."""
    windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    first = chinese_font()
    return tuple(p for p in (*map(Path, _RARE), *(windows / name for name in _RARE_WINDOWS)) if p.exists() and p != first)


@cache
def simplified_face(font: Path) -> int:
    """Which face of a collection has the forms of simplified Chinese (Noto CJK keeps them all in one file); 0 otherwise."""
    for index in range(_MOST_FACES):
        try:
            family, _ = ImageFont.truetype(str(font), 10, index=index).getname()
        except OSError:
            return 0
        if family is not None and family.endswith("CJK SC"):
            return index
    return 0
