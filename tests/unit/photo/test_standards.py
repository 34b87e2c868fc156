"""A standard is data: the three shipped ones are complete, and a broken file is refused with its reason."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.domain.photo_standard import PhotoStandard
from app.photo.flt import parse_flt, write_flt
from app.photo.standards import StandardsFolder, compare, load_standards, read_standard, search, standard_by_id

SHIPPED = RESOURCES / "standards"


def test_the_three_services_are_there_with_the_numbers_of_their_sources() -> None:
    standards = load_standards()
    assert [s.id for s in standards][:3] == ["id-card", "exit-entry", "driving-licence"]
    sizes = {s.id: (s.output.width_px, s.output.height_px, s.output.dpi) for s in standards}
    wanted = {
        "id-card": (358, 441, 350),
        "residence-permit": (358, 441, 350),
        "social-security": (358, 441, 350),
        "exit-entry": (354, 472, 300),
        "exit-entry-390": (390, 567, 300),
        "exit-entry-untouched": (354, 472, 300),
        "exit-entry-foreigner": (354, 472, 300),
        "driving-licence": (260, 378, 300),
        "e-driving-licence": (520, 756, 300),
    }
    assert sizes == wanted
    assert all(s.alternatives for s in standards if s.id != "exit-entry-foreigner"), "conflicts are kept with their reason"
    assert all(limit.source for s in standards for limit in (*s.limits, *s.screening))


def test_no_number_of_a_standard_stands_in_code() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (RESOURCES.parent / "app").rglob("*.py"))
    for number in ("14336", "20480", "81920", "30720"):
        assert number not in code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("width_px = 358", "width_px = "), "STD-101"),
        (('service = "household"', 'service = "tea"'), "STD-102"),
        (('measure = "face_width"', 'measure = "nose"'), "STD-102"),
        (("low = 193", "low = 999"), "STD-102"),
        (("low = 193", "low = 199"), None),
        (("wears_glasses = {", "wears_glass = {"), "STD-102"),
        (("bytes_max = 20480", "bytes_max = 1"), "STD-102"),
        (("roll = { low = -20", "roll = { low = 21"), "STD-102"),
        (("flt = 1", "flt = 2"), "STD-102"),
        (("rgb = [255", "rgb = [256"), "STD-102"),
        (('source = "GA 461-2004: 脸宽', 'origin = "'), "STD-102"),
        (('id = "id-card"\n', ""), "STD-102"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(tmp_path: Path, change: tuple[str, str], code: str | None) -> None:
    text = (SHIPPED / "id-card.flt").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "mine.flt"
    path.write_text(text.replace(*change), encoding="utf-8")
    if code is None:
        assert read_standard(path).geometry
        return
    with pytest.raises(BadInput) as refused:
        read_standard(path)
    assert refused.value.code == code


@given(st.text(max_size=200))
def test_any_text_is_no_standard(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("standard") / "any.flt"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    with pytest.raises(BadInput):
        read_standard(path)


@pytest.mark.parametrize("standard", load_standards(), ids=lambda s: s.id)
def test_what_is_written_is_read_back_the_same(standard: PhotoStandard) -> None:
    assert parse_flt(write_flt(standard), "again.flt") == standard


@given(st.binary(max_size=400))
def test_any_bytes_are_no_standard(data: bytes) -> None:
    with pytest.raises(BadInput):
        parse_flt(data, "any.flt")


@given(st.data())
def test_a_file_bitten_anywhere_is_read_or_refused_in_words(data: st.DataObject) -> None:
    good = (SHIPPED / "exit-entry.flt").read_bytes()
    cut = data.draw(st.integers(0, len(good)))
    bitten = good[:cut] + data.draw(st.binary(max_size=8)) + good[cut + data.draw(st.integers(0, 8)) :]
    with contextlib.suppress(BadInput):  # nothing else may come out
        parse_flt(bitten, "bitten.flt")


def test_a_local_standard_takes_the_shipped_one_s_place_and_gives_it_back(tmp_path: Path) -> None:
    folder = StandardsFolder(tmp_path / "standards")
    text = (SHIPPED / "id-card.flt").read_text(encoding="utf-8").replace("2026.2", "2026.2-local")
    folder.put(text.encode(), "mine.flt")
    assert standard_by_id(load_standards(tmp_path / "standards"), "id-card").version == "2026.2-local"
    folder.delete("id-card")
    assert standard_by_id(load_standards(tmp_path / "standards"), "id-card").version == "2026.2"
    with pytest.raises(BadInput) as refused:
        folder.delete("id-card")
    assert refused.value.code == "STD-104"


def test_a_broken_import_changes_nothing(tmp_path: Path) -> None:
    folder = StandardsFolder(tmp_path)
    with pytest.raises(BadInput):
        folder.put(b"flt = 1", "broken.flt")
    assert not list(tmp_path.glob("*.flt"))


def test_a_standard_counts_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    text = (SHIPPED / "id-card.flt").read_text(encoding="utf-8")
    text = text.replace('effective = "2026-01-01"', 'effective = "2027-01-01"\nexpires = "2027-12-31"').replace(
        'id = "id-card"', 'id = "future"'
    )
    (tmp_path / "future.flt").write_text(text, encoding="utf-8")

    def known(day: date) -> bool:
        return "future" in {s.id for s in load_standards(tmp_path, day)}

    assert [known(date(y, 6, 1)) for y in (2026, 2027, 2028)] == [False, True, False]


def test_two_versions_are_compared_number_by_number() -> None:
    before = standard_by_id(load_standards(), "id-card")
    text = write_flt(before).decode().replace("bytes_max = 20480", "bytes_max = 30720").replace("low = 193", "low = 190")
    found = {(d.place, d.before, d.after) for d in compare(before, parse_flt(text.encode(), "new.flt"))}
    assert found == {("output.bytes_max", "20480", "30720"), ("geometry.face_width.low", "193.0", "190.0")}


def test_an_exception_changes_only_its_own_limits() -> None:
    plain = standard_by_id(load_standards(), "id-card")
    child = plain.excepting(("child",))
    changed = {a.check for a, b in zip(child.screening, plain.screening, strict=True) if a != b}
    assert changed == {"eyes_narrow", "mouth_open", "yaw", "pitch", "expression", "not_at_camera"}
    assert plain.excepting(("nonsense",)) == plain


def test_standards_are_found_by_name_and_client() -> None:
    standards = load_standards()
    assert {s.id for s in search(standards, "驾驶证")} == {"driving-licence", "e-driving-licence"}
    assert {s.id for s in search(standards, "移民 390")} == {"exit-entry-390"}
    assert search(standards, "tea") == ()


def test_an_unknown_id_names_those_there_are() -> None:
    with pytest.raises(BadInput) as refused:
        standard_by_id(load_standards(), "tea")
    assert refused.value.code == "STD-103"
    assert "id-card" in str(refused.value)
