"""Strategies are data: shipped ones whole, local ones above them, a broken file named and never guessed at."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.places import RESOURCES
from app.domain.errors import BadInput, StoreFault
from app.domain.strategy import PURPOSES, InspectionStation, Strategy
from app.photo.standards import load_standards
from app.photo.strategies import StrategyShelf, read_strategy, strategy_text

SHIPPED = RESOURCES / "strategies"
KNOWN = tuple(s.id for s in load_standards())
A, B, M = InspectionStation.ALGORITHM, InspectionStation.BACKEND, InspectionStation.MANUAL

_LINES = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=' "\\#{}[]='), max_size=40)
_LINE = _LINES.filter(str.isprintable)
_REMARK = st.lists(_LINE, max_size=5).map("\n".join)


@st.composite
def whole_strategies(draw: st.DrawFn) -> Strategy:
    """Any strategy that passes."""
    return Strategy(
        id=draw(st.from_regex(r"[a-z][a-z0-9]{0,9}-[a-z0-9]{1,9}", fullmatch=True)),
        name_zh="一" + draw(_LINE),
        name_en=draw(_LINE),
        department=draw(_LINE),
        device_type=draw(_LINE),
        purpose=draw(st.sampled_from(PURPOSES)),
        standard_ids=tuple(draw(st.lists(st.sampled_from(KNOWN), min_size=1, unique=True))),
        stations=tuple(draw(st.lists(st.sampled_from(InspectionStation), min_size=1, unique=True))),
        numbering=draw(st.sampled_from(["{date}{seq}", "P-{region}_{service}{date}{seq:07}"])),
        photo_library=draw(_LINE),
        devices=tuple(draw(st.lists(_LINE.filter(str.strip), max_size=4, unique_by=lambda d: d.casefold().strip()))),
        remark=draw(_REMARK),
        special_reason_needed=draw(st.booleans()),
        issue_before_answer=draw(st.booleans()),
        version=draw(st.integers(1, 10**9)),
        updated=draw(st.datetimes().map(lambda t: t.isoformat()) | st.just("")),
    )


def _shelf(local: Path) -> StrategyShelf:
    return StrategyShelf(local, lambda: KNOWN)


def _ids(local: Path) -> list[str]:
    return [s.id for s in _shelf(local).look().strategies]


ALL = ["driving-licence", "exit-entry", "id-card", "quick", "strict"]


def test_the_shipped_ones_are_there_with_their_stations(tmp_path: Path) -> None:
    content = _shelf(tmp_path / "none").look()
    assert not content.broken
    assert {s.id: s.stations for s in content.strategies} == {
        "driving-licence": (A, M),
        "exit-entry": (A, B),
        "id-card": (A, M),
        "quick": (A,),
        "strict": (A, B, M),
    }
    assert [s.id for s in content.strategies] == ALL
    assert all(s.name_zh and s.name_en and s.department for s in content.strategies)
    assert not (tmp_path / "none").exists(), "looking makes nothing"


@given(whole_strategies())
def test_what_is_written_is_read_back_equal(tmp_path_factory: pytest.TempPathFactory, strategy: Strategy) -> None:
    local = tmp_path_factory.mktemp("local")
    _shelf(local).write(strategy)
    content = _shelf(local).look()
    assert strategy in content.strategies
    assert not content.broken


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_garbage_is_no_strategy(tmp_path_factory: pytest.TempPathFactory, garbage: str | bytes) -> None:
    path = tmp_path_factory.mktemp("local") / "any.toml"
    path.write_bytes(garbage.encode("utf-8", errors="surrogatepass") if isinstance(garbage, str) else garbage)
    with pytest.raises(BadInput) as refused:
        read_strategy(path, KNOWN)
    assert refused.value.code in {"STG-121", "STG-122"}
    assert refused.value.params["file"] == "any.toml"
    assert refused.value.params["reason"]


@given(
    st.sampled_from(["purpose", "standards", "stations", "numbering", "version", "devices", "remark", "name"]),
    st.sampled_from(["1", "-1", "true", "1.5", "[1]", "[[]]", '["x"]', "{}", "{ zh = 1, en = '' }", "1979-05-27", '"tea"']),
)
def test_a_value_of_the_wrong_kind_raises_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: str
) -> None:
    lines = (SHIPPED / "strict.toml").read_text(encoding="utf-8").splitlines()
    text = "\n".join([line for line in lines if not line.startswith(f"{key} ")] + [f"{key} = {value}"])
    path = tmp_path_factory.mktemp("local") / "strict.toml"
    path.write_text(text, encoding="utf-8")
    if (key, value) in {("version", "1"), ("devices", '["x"]'), ("remark", '"tea"')}:
        assert read_strategy(path, KNOWN).id == "strict"
        return
    with pytest.raises(BadInput) as refused:
        read_strategy(path, KNOWN)
    assert refused.value.code == "STG-122"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('"backend"', '"tea"'), "tea"),
        (('"backend"', '"manual"'), "STG-103"),
        (('"id-card"', '"tea"'), "STG-105"),
        (("version = 1", "version = true"), "version"),
        (('purpose = "other"', 'purpose = "other"\nextra = 1'), "extra"),
        (('department = "综合窗口"\n', ""), "department"),
        (('zh = "一照多用严格审核", ', ""), "name"),
        (("special_reason_needed = true", "deleted = true"), "deleted"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    text = (SHIPPED / "strict.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "strict.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_strategy(path, KNOWN)
    assert refused.value.code == "STG-122"
    assert reason in str(refused.value)


def test_a_local_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    shipped = next(s for s in shelf.look().strategies if s.id == "quick")
    mine = replace(shipped, stations=(M, A), version=2)
    shelf.write(mine)
    assert next(s for s in shelf.look().strategies if s.id == "quick") == mine
    assert _ids(tmp_path) == ALL


def test_a_shipped_one_is_deleted_by_a_local_file_that_says_so(tmp_path: Path) -> None:
    _shelf(tmp_path).delete("quick")
    assert "quick" not in _ids(tmp_path)
    assert (tmp_path / "quick.toml").read_text(encoding="utf-8") == "deleted = true\n"
    assert not _shelf(tmp_path).look().broken
    (tmp_path / "quick.toml").write_text("deleted = 1\n", encoding="utf-8")
    assert [b.id for b in _shelf(tmp_path).look().broken] == ["quick"]


def test_a_local_one_is_deleted_for_good(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    shelf.write(replace(shelf.look().strategies[0], id="mine"))
    shelf.delete("mine")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("strategy_id", ["mine", "", "../quick", "/etc/passwd", "a\0b"])
def test_one_that_is_not_there_cannot_be_deleted(tmp_path: Path, strategy_id: str) -> None:
    with pytest.raises(BadInput) as refused:
        _shelf(tmp_path).delete(strategy_id)
    assert refused.value.code == "STG-123"


def test_a_broken_local_file_is_named_and_the_shipped_one_does_not_return(tmp_path: Path) -> None:
    (tmp_path / "strict.toml").write_text("stations = [", encoding="utf-8")
    content = _shelf(tmp_path).look()
    assert [s.id for s in content.strategies] == [i for i in ALL if i != "strict"]
    assert [(b.id, b.fault.code) for b in content.broken] == [("strict", "STG-121")]
    _shelf(tmp_path).set_aside("strict")
    assert _ids(tmp_path) == ALL
    assert (tmp_path / "strict.broken").read_text(encoding="utf-8") == "stations = ["
    with pytest.raises(BadInput):
        _shelf(tmp_path).set_aside("strict")


def test_a_file_too_large_or_a_folder_is_no_strategy(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_text("# " + "x" * 300_000, encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    assert [b.fault.code for b in _shelf(tmp_path).look().broken] == ["STG-121", "STG-121"]


def test_nothing_wrong_is_ever_written(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    good = shelf.look().strategies[0]
    for wrong in (replace(good, stations=()), replace(good, id="../x"), replace(good, remark="a\x7f")):
        with pytest.raises(BadInput):
            shelf.write(wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = _shelf(tmp_path)
    first = replace(shelf.look().strategies[0], id="mine")
    shelf.write(first)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFault):
        shelf.write(replace(first, remark="second"))
    assert first in shelf.look().strategies
    assert [p.name for p in tmp_path.iterdir()] == ["mine.toml"]
    assert (tmp_path / "mine.toml").stat().st_mode & 0o077 == 0


def test_the_text_is_readable_chinese(tmp_path: Path) -> None:
    text = strategy_text(_shelf(tmp_path).look().strategies[2])
    assert 'zh = "居民身份证照相"' in text
    assert 'stations = ["algorithm", "manual"]' in text
