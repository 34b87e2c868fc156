"""A standard is data: the three shipped ones are complete, and a broken file is refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.photo.standards import load_standards, read_standard, standard_by_id

SHIPPED = RESOURCES / "standards"


def test_the_three_services_are_there_with_the_numbers_of_their_sources() -> None:
    standards = load_standards()
    assert [s.id for s in standards] == ["id-card", "exit-entry", "driving-licence"]
    sizes = {s.id: (s.output.width_px, s.output.height_px, s.output.dpi) for s in standards}
    assert sizes == {"id-card": (358, 441, 350), "exit-entry": (354, 472, 300), "driving-licence": (260, 378, 300)}
    assert all(limit.source for s in standards for limit in (*s.limits, *s.screening))


def test_no_number_of_a_standard_stands_in_code() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (RESOURCES.parent / "app").rglob("*.py"))
    for number in ("358", "441", "14336", "20480", "81920", "30720"):
        assert number not in code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("width_px = 358", "width_px = "), "STD-101"),
        (('service = "household"', 'service = "tea"'), "STD-102"),
        (('measure = "face_width"', 'measure = "nose"'), "STD-102"),
        (("low = 193", "low = 999"), None),
        (("yaw = {", "yawn = {"), "STD-102"),
        (("bytes_max = 20480", "bytes_max = 1"), "STD-102"),
        (("dpi = { low = 349, high = 351", "dpi = { low = 359, high = 351"), "STD-102"),
        (('id = "id-card"\n', ""), "STD-102"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(tmp_path: Path, change: tuple[str, str], code: str | None) -> None:
    text = (SHIPPED / "id-card.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    if code is None:
        assert read_standard(path).geometry
        return
    with pytest.raises(BadInput) as refused:
        read_standard(path)
    assert refused.value.code == code


@given(st.text(max_size=200))
def test_any_text_is_no_standard(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("standard") / "any.toml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    with pytest.raises(BadInput):
        read_standard(path)


def test_an_unknown_id_names_those_there_are() -> None:
    with pytest.raises(BadInput) as refused:
        standard_by_id(load_standards(), "tea")
    assert refused.value.code == "STD-103"
    assert "id-card" in str(refused.value)
