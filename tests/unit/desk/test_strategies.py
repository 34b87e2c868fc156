"""An administrator changes strategies, an operator only follows them; no change overwrites another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.desk.place import DeskPlace
from app.desk.strategies import StrategyDesk
from app.domain.errors import BadInput, NotAllowed
from app.domain.records import Officer, Role
from app.domain.strategy import InspectionStation, Strategy
from app.photo.standards import load_standards
from app.photo.strategies import StrategyShelf
from helpers.audit import Remembered
from helpers.stores import TestClock


def _desk(root: Path, role: Role = Role.ADMINISTRATOR, clock: TestClock | None = None) -> StrategyDesk:
    standards = load_standards()
    place = DeskPlace(Officer("zhang", "张", role), False, "zh_CN", Settings.of({}), lambda: standards)
    return StrategyDesk(StrategyShelf(root, lambda: [s.id for s in standards]), place, clock or TestClock(), Remembered())


def _of(desk: StrategyDesk, strategy_id: str) -> Strategy:
    return next(s for s in desk.list() if s.id == strategy_id)


def test_a_new_one_has_an_id_a_version_and_a_time_of_its_own(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    draft = replace(_of(desk, "strict"), id="", name_zh="夜间", name_en="Night", version=7, updated="")
    first = desk.new(draft)
    second = desk.new(replace(draft, name_zh="白天", name_en="Day"))
    assert first.id != second.id
    assert (first.version, first.updated) == (1, "2026-11-24T09:00:00+08:00")
    assert _of(desk, first.id) == first


def test_a_change_is_the_next_version(tmp_path: Path) -> None:
    clock = TestClock()
    desk = _desk(tmp_path, clock=clock)
    clock.forward(hours=1)
    changed = desk.change(replace(_of(desk, "strict"), stations=(InspectionStation.MANUAL,)))
    assert (changed.version, changed.updated) == (2, "2026-11-24T10:00:00+08:00")
    assert _of(_desk(tmp_path), "strict") == changed


def test_a_change_never_overwrites_another(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    seen = _of(desk, "strict")
    kept = desk.change(replace(seen, remark="first"))
    with pytest.raises(BadInput) as refused:
        desk.change(replace(seen, remark="second"))
    assert refused.value.code == "STG-124"
    assert _of(desk, "strict") == kept


def test_a_deleted_one_is_gone_and_cannot_be_changed_or_deleted_again(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    strict = _of(desk, "strict")
    desk.delete("strict")
    assert "strict" not in [s.id for s in desk.list()]
    for late in (lambda: desk.delete("strict"), lambda: desk.change(strict)):
        with pytest.raises(BadInput) as refused:
            late()
        assert refused.value.code == "STG-123"


def test_a_name_is_given_once(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    strict = _of(desk, "strict")
    with pytest.raises(BadInput) as refused:
        desk.new(replace(strict, name_en=""))
    assert refused.value.code == "STG-125"
    assert desk.change(replace(strict, remark="its own name is free")).version == 2


@pytest.mark.parametrize(
    "step",
    [
        lambda desk: desk.new(replace(_of(desk, "strict"), name_zh="夜间", name_en="Night")),
        lambda desk: desk.change(_of(desk, "strict")),
        lambda desk: desk.delete("strict"),
        lambda desk: desk.set_aside("strict"),
    ],
    ids=["new", "change", "delete", "set aside"],
)
def test_an_operator_looks_and_changes_nothing(tmp_path: Path, step: Callable[[StrategyDesk], object]) -> None:
    desk = _desk(tmp_path, Role.OPERATOR)
    assert not desk.may_change
    assert len(desk.search("综合")) == 2
    with pytest.raises(NotAllowed) as refused:
        step(desk)
    assert refused.value.code == "AUT-104"
    assert list(tmp_path.iterdir()) == []


def test_search_by_name_and_department(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    assert [s.id for s in desk.search("出入境")] == ["exit-entry"]
    assert [s.id for s in desk.search("综合 严格")] == ["strict"]
    assert desk.search("") == desk.list()


def test_a_device_follows_its_own_strategy(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    mine = desk.new(replace(_of(desk, "strict"), name_zh="二号", name_en="Two", purpose="household", devices=("D750",)))
    assert desk.for_device("Nikon D750 3000123", "household") == mine
    assert desk.for_device("EOS R5", "household") == _of(desk, "id-card")
    assert desk.for_device("EOS R5", "traffic") == _of(desk, "driving-licence")
    assert desk.for_device("Nikon D750 3000123", "traffic") == _of(desk, "driving-licence")


def test_a_broken_file_stops_the_choice_until_it_is_set_aside(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    (tmp_path / "strict.toml").write_text("stations = [", encoding="utf-8")
    assert [b.id for b in desk.broken()] == ["strict"]
    with pytest.raises(BadInput) as refused:
        desk.for_device("EOS R5", "household")
    assert refused.value.code == "STG-121"
    with pytest.raises(BadInput):
        desk.set_aside("id-card")
    desk.set_aside("strict")
    assert desk.broken() == ()
    assert desk.for_device("EOS R5", "household") == _of(desk, "id-card")
