"""Piles of archive files as they lie in a feeder: separators and drawn pages as picture files, with what is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from app.archive.separator_sheet import separator_png
from app.archive.separators import FileKind, Separator
from helpers.documents import Pixels, page
from helpers.printers import FONT

DPI = 100
KINDS = ("form", "letter", "table", "stamp", "signature")


@dataclass
class DrawnPile:
    """``truth``: for each sheet in the feeder its serial and role; ``paths`` in the same order."""

    folder: Path
    paths: list[Path] = field(default_factory=list)
    truth: list[tuple[str, str]] = field(default_factory=list)

    def _lay(self, pixels: Pixels, serial: str, role: str) -> None:
        path = self.folder / f"sheet-{len(self.paths):04}.png"
        path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
        self.paths.append(path)
        self.truth.append((serial, role))

    def separator(self, serial: str, *, torn: bool = False, kind: FileKind = FileKind.VEHICLE) -> None:
        """``torn``: no code of it can be read."""
        png = separator_png(Separator(kind, serial, "A-01"), "训练业务", FONT)
        pixels = np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8).copy()
        if torn:
            pixels[480:3020] = 255
        self._lay(pixels, "" if torn else serial, "separator-unread" if torn else "separator")

    def pages(self, serial: str, count: int, seed: int) -> None:
        for number in range(count):
            pixels = page(KINDS[(seed + number) % len(KINDS)], DPI, seed + number)
            place = (90, pixels.shape[0] - 90)
            cv2.putText(pixels, f"{serial} {seed + number}", place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, (40, 40, 40), 1)
            self._lay(pixels, serial, "page")

    def blank(self, serial: str) -> None:
        self._lay(page("blank", DPI), serial, "blank")

    def again(self, serial: str) -> None:
        """The last sheet once more, as a broken driver sends it."""
        self.paths.append(self.paths[-1])
        self.truth.append((serial, "copy"))


def files_of(folder: Path, files: int, pages: int) -> DrawnPile:
    """So many files of so many pages, a blank back after the second page of each."""
    folder.mkdir(parents=True, exist_ok=True)
    pile = DrawnPile(folder)
    for number in range(files):
        serial = f"XL2026{number:06}"
        pile.separator(serial)
        pile.pages(serial, 2, 1000 * number)
        pile.blank(serial)
        pile.pages(serial, pages - 2, 1000 * number + 2)
    return pile
