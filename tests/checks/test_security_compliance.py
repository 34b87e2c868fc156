"""The page of clauses names every clause once, and tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security-compliance.md").read_text(encoding="utf-8")


def test_every_clause_has_one_row_and_a_state() -> None:
    rows = re.findall(r"^\| (S\d\d) \|[^|]+\| (met|part|not met) \|[^|]{5,}\|$", PAGE, re.MULTILINE)
    assert [clause for clause, _ in rows] == [f"S{number:02}" for number in range(1, 43)]


def test_every_test_that_is_named_is_there() -> None:
    file, named = "", 0
    for path, test in re.findall(r"`(tests/[\w/.]+)?::(\w+)`", PAGE):
        file = path or file
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
        named += 1
    assert named > 40


def test_what_is_met_names_a_test_or_a_decision() -> None:
    for clause, text in re.findall(r"^\| (S\d\d) \|[^|]+\| met \|([^|]+)\|$", PAGE, re.MULTILINE):
        assert "::" in text or "decision" in text, clause
