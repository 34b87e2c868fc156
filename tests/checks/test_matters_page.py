"""docs/matters.md tells of the catalogue that is there, and the file it shows a station really loads."""

from __future__ import annotations

import re
from pathlib import Path

from app.config.matter_parts import READERS
from app.config.matters import SHIPPED, load_catalogue
from app.domain.expressions.check import FUNCTIONS
from app.domain.matters.form import FieldKind
from helpers.matter_table import TABLE_BEGINS, TABLE_ENDS, matter_table

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "matters.md").read_text(encoding="utf-8")


def test_the_table_of_matters_is_the_catalogue_s() -> None:
    table = PAGE.partition(TABLE_BEGINS)[2].partition(TABLE_ENDS)[0].strip().splitlines()
    assert table == matter_table(), "make docs"


def test_the_station_s_example_loads_as_it_is_printed(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "own.toml"
    path.write_text(shown, encoding="utf-8")
    catalogue = load_catalogue((path,))
    assert catalogue.faults == ()
    (own,) = [m for m in catalogue.matters if m.file == "own.toml"]
    assert (own.code, own.version, len(catalogue.matters)) == ("RK-147", 2, 195)


def test_the_page_names_every_kind_function_and_file() -> None:
    for name in (*(kind.value for kind in FieldKind), *FUNCTIONS):
        assert f"`{name}" in PAGE, name
    for kind in READERS:
        assert f"`[[{kind}]]`" in PAGE, kind
    for path in SHIPPED.glob("*.toml"):
        assert f"`{path.name}`" in PAGE or "`population-*.toml`" in PAGE, path.name
