"""`python -m tests.quality.contact FOLDER`: every portrait of a folder composed for every standard, beside its original.

The folder is the developer's own; nothing of it is needed to build, run or test the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

import cv2
import numpy as np

from app.bootstrap.picture import picture_parts
from app.domain.errors import WorkstationError
from app.domain.judgement import QualityReport, Verdict
from app.imaging.decode import Pixels, decode

_OUT = Path("docs/contact-sheet.jpg")
_HEIGHT, _WIDTH, _WORDS = 230, 190, 34
_RED = (40, 40, 200)
_COLOURS = {
    Verdict.PASS: (60, 140, 40),
    Verdict.WARN: (0, 140, 200),
    Verdict.FAIL: (40, 40, 200),
    Verdict.UNKNOWN: (90, 90, 90),
}


def _tile(pixels: Pixels, words: str, colour: tuple[int, int, int]) -> Pixels:
    scale = min(_WIDTH / pixels.shape[1], _HEIGHT / pixels.shape[0])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    sheet = np.full((_HEIGHT + _WORDS + 8, _WIDTH + 8, 3), 214, np.uint8)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    x, y = (sheet.shape[1] - size[0]) // 2, 4
    sheet[y : y + size[1], x : x + size[0]] = small
    for line, text in enumerate(words.split("\n")[:2]):
        cv2.putText(sheet, text[:30], (4, _HEIGHT + 18 + 14 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.38, colour, 1, cv2.LINE_AA)
    return sheet


def _words(name: str, report: QualityReport) -> str:
    reasons = ", ".join(c.measurement.id for c in report.failures()) or report.verdict.value
    return f"{name}\n{reasons}"


def main() -> int:
    """Write the sheet."""
    parts, rows = picture_parts(), []
    for path in sorted(Path(sys.argv[1]).glob("*.jpg")):
        data = path.read_bytes()
        line = [_tile(decode(data).pixels, path.stem, (40, 40, 40))]
        for standard in parts.standards:
            try:
                photo = parts.composer.compose(data, standard)
            except WorkstationError as error:
                line.append(_tile(np.full((10, 10, 3), 214, np.uint8), f"{standard.id}\n{error.code}", _RED))
                continue
            line.append(
                _tile(decode(photo.image).pixels, _words(standard.id, photo.report), _COLOURS[photo.report.verdict])
            )
        rows.append(np.hstack(line))
    cv2.imwrite(str(_OUT), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return 0


if __name__ == "__main__":
    sys.exit(main())
