"""What the documents say is there; generated tables are the ones the program would make now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.config.texts import whole_table
from helpers.cards import TABLE_BEGINS, TABLE_ENDS, status_table

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_and_picture_is_there(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_table_of_errors_is_the_program_s() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for code, entry in whole_table("errors").items():
        assert f"| {code} | {entry['zh']['what']} |" in text, f"{code}: make docs"


def test_the_card_reader_s_table_is_the_program_s_and_its_tests_are_there() -> None:
    text = (ROOT / "docs" / "devices" / "card-reader.md").read_text(encoding="utf-8")
    table = text.partition(TABLE_BEGINS)[2].partition(TABLE_ENDS)[0].strip().splitlines()
    assert table == status_table(), "make docs"
    for file, test in re.findall(r"`(tests/[\w/.]+)::(\w+)", "\n".join(table)):
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), test


def test_the_bench_has_a_reference_beside_every_figure() -> None:
    import json

    rows = json.loads((ROOT / "bench.json").read_text(encoding="utf-8"))
    assert {"decode to verdict, one 24-MP JPEG", "shutter to thumbnail, 24-MP JPEG", "live view, frames per second"} <= {
        row["name"] for row in rows
    }
    for row in rows:
        assert set(row) == {"name", "value", "unit", "reference", "reference_value", "ratio"}
        assert row["reference_value"] > 0
        assert abs(row["ratio"] - row["value"] / row["reference_value"]) < 0.02 * max(1.0, row["ratio"])
