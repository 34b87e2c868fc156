"""`python -m tests.quality.travel`: how many characters of a zone are read wrong, by size, blur, noise and angle.

Prints a table for docs/devices/travel-documents.md. Documents are invented; the pictures are drawn with the same OCR-B
font that the reader's templates are drawn with, so real prints will be read worse; ``--sharp`` draws with another cut of
OCR-B and shows by how much that changes the figures.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from app.domain.errors import BadInput
from app.inspection.mrz.read import read_zone
from helpers.mrz_pictures import Look, invented_td3, zone_picture

SHARP = Path("/usr/share/fonts/opentype/ocr-b/OCRBS.otf")
LOOKS = {
    "pitch 20 px (200 dpi), clean": Look(),
    "pitch 30 px (300 dpi), clean": Look(pitch=30),
    "pitch 12 px": Look(pitch=12),
    "pitch 9 px": Look(pitch=9),
    "pitch 7 px": Look(pitch=7),
    "blur 1.5 px": Look(blur=1.5),
    "blur 3 px": Look(blur=3.0),
    "blur 4.5 px": Look(blur=4.5),
    "noise 15": Look(noise=15),
    "noise 30": Look(noise=30),
    "turned 5°": Look(angle=5),
    "turned −10°": Look(angle=-10),
    "upside down, 7°": Look(angle=7, upside_down=True),
    "keystone 3 %": Look(keystone=0.03),
    "shadow 60 %": Look(shadow=0.6),
    "faint ink": Look(ink=150),
    "pitch 12, blur 1, noise 10, 4°, shadow": Look(pitch=12, blur=1.0, noise=10, angle=4, shadow=0.4),
    "pitch 10, blur 1.5, noise 15, −8°": Look(pitch=10, blur=1.5, noise=15, angle=-8),
}


def measured(look: Look, count: int, font: Path | None) -> tuple[int, int, int, int, float]:
    """Pictures without a zone found, whole zones right, characters wrong of the zones found, characters, seconds each."""
    missed = whole = wrong = characters = 0
    begun = time.perf_counter()
    for seed in range(count):
        lines = invented_td3(seed)
        try:
            read = read_zone(zone_picture(lines, look, seed, font=font)).lines
        except BadInput:
            missed += 1
            continue
        if [len(line) for line in read] != [44, 44]:
            missed += 1
            continue
        errors = sum(a != b for line, got in zip(lines, read, strict=True) for a, b in zip(line, got, strict=True))
        whole += errors == 0
        wrong += errors
        characters += 88
    return missed, whole, wrong, characters, (time.perf_counter() - begun) / count


def main() -> int:
    """The table on standard output."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--sharp", action="store_true", help="draw with the other cut of the font")
    options = parser.parse_args()
    out = sys.stdout
    out.write("| picture | not found | zones wholly right | characters wrong | error rate |\n|---|---|---|---|---|\n")
    for name, look in LOOKS.items():
        missed, whole, wrong, characters, _ = measured(look, options.count, SHARP if options.sharp else None)
        rate = f"{100 * wrong / characters:.2f} %" if characters else "–"
        out.write(f"| {name} | {missed}/{options.count} | {whole}/{options.count} | {wrong}/{characters} | {rate} |\n")
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
