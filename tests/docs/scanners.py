"""`python -m tests.docs.scanners`: the tables of docs/devices/scanners.md, the page finder measured on drawn desks."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from app.config.texts import error_text
from devices.drivers.escl.words import ADF_STATES
from devices.drivers.sane.faults import FAULTS
from devices.drivers.sane.library import SaneStatus
from devices.simulators.desk.scene import DeskKind
from helpers.desk_scenes import measure

PAGE = ROOT / "docs" / "devices" / "scanners.md"
_COUNT = 40


def replaced(text: str, name: str, lines: list[str]) -> str:
    """The page with what stands between the marks of ``name`` made new."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n" + "\n".join(lines) + f"\n{end}{after}"


def fault_table() -> list[str]:
    """Status number or feeder state → code → what the officer reads."""
    lines = ["| SANE status | eSCL AdfState | code | 发生了什么 | 下一步 |", "|---|---|---|---|---|"]
    rows: dict[str, tuple[list[str], list[str], str]] = {}
    for number, (kind, code) in FAULTS.items():
        error = kind("", code)
        rows.setdefault(error.code, ([], [], ""))[0].append(f"{number} {SaneStatus(number).name}")
    for word, (_, adf_kind, code) in ADF_STATES.items():
        if adf_kind is not None:
            rows.setdefault(adf_kind("", code).code, ([], [], ""))[1].append(word)
    kinds = {kind("", code).code: kind("", code) for kind, code in FAULTS.values()}
    kinds |= {kind("", code).code: kind("", code) for _, kind, code in ADF_STATES.values() if kind is not None}
    for code, (sane, adf, _) in sorted(rows.items()):
        text = error_text(kinds[code])
        lines.append(f"| {', '.join(sane) or '—'} | {', '.join(adf) or '—'} | {code} | {text.what} | {text.next} |")
    return lines


def finding_table() -> list[str]:
    """The page finder on each desk, sheets and pairs of cards."""
    lines = [
        f"{_COUNT} pictures a row, 1000 × 750 px over 470 × 352 mm (0.47 mm a pixel), tilts to 12°, noise to 5 levels.",
        "",
        "| desk | pages | found | pictures with a wrong count | corner error mean mm (px) | p95 mm (px) | largest mm |",
        "|---|---|---|---|---|---|---|",
    ]
    for desk in DeskKind:
        for cards in (False, True):
            m = measure(desk, cards, _COUNT)
            what = "two ID-1 cards" if cards else "A4 sheet"
            cells = (
                f"{desk.value}, {what}",
                m.pages,
                m.found,
                m.wrong,
                f"{m.mean_mm:.3f} ({m.mean_mm / m.mm_per_px:.2f})",
                f"{m.p95_mm:.3f} ({m.p95_mm / m.mm_per_px:.2f})",
                f"{m.max_mm:.2f}",
            )
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def main() -> None:
    """Write both tables."""
    text = PAGE.read_text(encoding="utf-8")
    text = replaced(text, "faults", fault_table())
    text = replaced(text, "finding", finding_table())
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
