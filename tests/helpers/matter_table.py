"""The table of docs/matters.md: how many matters of each police line there are, and how much of them the source says."""

from __future__ import annotations

from collections.abc import Sequence

from app.config.matters import shipped_catalogue
from app.domain.matters.matter import Matter
from app.domain.matters.table import BackEnd

TABLE_BEGINS = "<!-- table of matters: made by `make docs` -->"
TABLE_ENDS = "<!-- end of the table of matters -->"
_EVERYWHERE = {"applicant-number", "agent-number"}


def _row(name: str, matters: Sequence[Matter]) -> str:
    cells = (
        len(matters),
        f"{matters[0].source.line}–{matters[-1].source.line}",
        sum(not isinstance(m.depths, BackEnd) for m in matters),
        len({m.form.id for m in matters}),
        sum(bool(m.materials) for m in matters),
        len({r.id for m in matters for r in m.rules} - _EVERYWHERE),
        sum(any(r.id not in _EVERYWHERE for r in m.rules) for m in matters),
        sum(not m.offline for m in matters),
        sum(len(m.examples) for m in matters),
        sum(m.days is BackEnd.FILLS for m in matters),
    )
    return f"| {name} | {' | '.join(map(str, cells))} |"


def matter_table() -> list[str]:
    """The lines of the table."""
    catalogue = shipped_catalogue()
    lines = [
        "| police line | matters | lines of the source | 办理深度 known | forms | materials named | rules | with a rule"
        " | online only | examples | code, days, fees from the back end |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for line in catalogue.police_lines:
        lines.append(_row(line.zh, [m for m in catalogue.matters if m.police_line.id == line.id]))
    return [*lines, _row("all", catalogue.matters)]
