"""The simulated document camera as a process of its own: keeps its film in a private folder, removes it at the end."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from devices.simulators.desk.film import Act, Scene, frames, write_film
from devices.simulators.desk.scene import DeskKind, Laid, Picture, View
from devices.simulators.escl.pages import CARD_MM, PageKind, Sheet, draw

_DPI = 120


def _drawn(sheet: Sheet, font: Path | None) -> Picture:
    return np.asarray(draw(sheet, _DPI, font), np.uint8)


def training_scenes(font: Path | None) -> tuple[Scene, ...]:
    """Two sheets one after the other, one of them moved, then two cards at once, then an empty desk."""
    first, second = (_drawn(Sheet(kind, i), font) for i, kind in enumerate((PageKind.TEXT, PageKind.STAMP), 1))
    cards = [_drawn(Sheet(PageKind.CARD, number, *CARD_MM), font) for number in (3, 4)]
    pair = (
        Laid(cards[0], *CARD_MM, -70, 5, 3, rounded=True),
        Laid(cards[1], *CARD_MM, 65, -12, -5, rounded=True),
    )
    return (
        Scene(Act.LAY, (Laid(first, 210, 297, 5, 0, 93),)),
        Scene(Act.NUDGE, (Laid(first, 210, 297, -6, 4, 90),)),
        Scene(Act.LAY, (Laid(second, 210, 297, 0, 0, 88),)),
        Scene(Act.CLEAR),
        Scene(Act.LAY, pair),
        Scene(Act.CLEAR),
    )


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.desk")
    parser.add_argument("--desk", choices=[d.value for d in DeskKind], default="grey")
    parser.add_argument("--width", type=int, default=800)
    parser.add_argument("--font", type=Path)
    options = parser.parse_args()
    view = View(options.width, options.width * 3 // 4, field_mm=470.0, tilt_x_deg=4.0, tilt_y_deg=-3.0)
    with tempfile.TemporaryDirectory(prefix="jingchuang-desk-") as folder:
        film = Path(folder) / "desk.avi"
        write_film(film, frames(training_scenes(options.font), DeskKind(options.desk), view))
        sys.stdout.write(json.dumps({"film": str(film)}) + "\n")
        sys.stdout.flush()
        sys.stdin.buffer.read()
    return 0


sys.exit(main())
