"""The gateway's names are data: a station's own file changes them, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.config.payment import fiscal_words, shipped_fiscal_words
from app.domain.errors import BadInput


def test_without_a_file_of_the_station_the_requirement_s_names_hold(tmp_path: Path) -> None:
    words = fiscal_words(tmp_path / "none.toml")
    assert words == shipped_fiscal_words()
    assert (words.field["code"], words.field["serial"], words.value["paid"]) == ("缴款码", "业务编号", "已缴款")


def test_a_station_s_gateway_may_name_one_thing_otherwise(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[path]\norder = { path = "/pay/v2/create" }\n[field]\ncode = "payCode"\n', encoding="utf-8")
    words = fiscal_words(own)
    assert words.path["order"] == "/pay/v2/create"
    assert words.field["code"] == "payCode"
    assert words.field["serial"] == "业务编号"


@pytest.mark.parametrize(
    "text",
    [
        "no toml",
        '[field]\ncodes = "x"',
        "[field]\ncode = 7",
        '[field]\ncode = ""',
        '[field]\ncode = "业务编号"',
        '[path]\norder = { path = "orders" }',
        '[path]\norder = "/orders"',
        "field = 3",
    ],
)
def test_a_wrong_file_is_named_and_nothing_of_it_is_used(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        fiscal_words(own)
    assert refused.value.code == "FEE-130"
    assert refused.value.params["file"] == "own.toml"
