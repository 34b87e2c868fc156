"""受理编号: each rule counts its own day, and no number is ever given twice, whatever the clock or the power does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.errors import StoreFault
from app.domain.numbering import NumberingRule
from app.domain.records import PhotoDraft
from app.store import saving
from app.store.database import open_database
from app.store.migrations import MIGRATIONS
from app.store.store import Store
from helpers.stores import STATION, TestClock, draft, new_store, saved_session

A, B = NumberingRule("A{date}{seq:04}"), NumberingRule("B{terminal}{date}{seq:03}")


def by(rule: NumberingRule, image: bytes = b"photo") -> PhotoDraft:
    return replace(draft(image), numbering=rule)


def numbers(store: Store, clock: TestClock, *drafts: PhotoDraft) -> list[str]:
    return [record.number for record in saved_session(store, clock, *drafts)]


def test_two_strategies_with_different_rules_count_separately_and_two_with_the_same_rule_together(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path, clock)
    assert numbers(store, clock, by(A), by(B), by(A)) == ["A202611240001", "BT000120261124001", "A202611240002"]
    same_rule_of_another_strategy = NumberingRule(A.template)
    assert numbers(store, clock, by(same_rule_of_another_strategy), by(B)) == ["A202611240003", "BT000120261124002"]
    store.close()


def test_each_day_begins_at_one_and_a_session_over_midnight_takes_the_day_it_is_saved(tmp_path: Path) -> None:
    clock = TestClock()
    clock.forward(hours=14, minutes=59)
    store, _, _ = new_store(tmp_path, clock)
    assert numbers(store, clock, by(A)) == ["A202611240001"]
    clock.forward(minutes=2)
    assert numbers(store, clock, by(A)) == ["A202611250001"]
    store.close()


def test_a_clock_set_back_goes_on_counting_where_that_day_stood(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path, clock)
    given = numbers(store, clock, by(A), by(A))
    clock.forward(days=1)
    given += numbers(store, clock, by(A))
    clock.forward(days=-1)
    given += numbers(store, clock, by(A))
    assert given == ["A202611240001", "A202611240002", "A202611250001", "A202611240003"]
    store.close()


def test_a_save_that_breaks_between_number_and_photo_gives_the_number_to_nobody_else_s_photo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = TestClock()
    store, key, folder = new_store(tmp_path, clock)
    first = numbers(store, clock, by(A))
    with monkeypatch.context() as patch:

        def power_cut(*_: object) -> None:
            raise StoreFault("STO-101")

        patch.setattr(saving, "_insert_photo", power_cut)
        with pytest.raises(StoreFault):
            saved_session(store, clock, by(A))
    store.close()
    store = Store.open(folder, key, clock)
    given = first + numbers(store, clock, by(A), by(A))
    assert given == ["A202611240001", "A202611240002", "A202611240003"]
    store.close()


def test_two_rules_written_differently_that_make_the_same_numbers_never_give_one_twice(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path, clock)
    written, otherwise = NumberingRule("T0001-{date}{seq:04}"), NumberingRule("{terminal}-{date}{seq:04}")
    given = numbers(store, clock, by(written), by(otherwise), by(written), by(otherwise))
    assert len(set(given)) == 4
    assert STATION.terminal_number in given[0]
    store.close()


def test_a_day_begun_with_the_former_common_count_goes_on_above_it_for_every_rule(tmp_path: Path) -> None:
    """A store of version 3, with 41 photos of today under one common count, updated at noon."""
    clock = TestClock()
    store, key, folder = new_store(tmp_path, clock)
    store.close()
    folder.database.unlink()
    for rest in folder.root.glob("store.db-*"):
        rest.unlink()
    old = open_database(folder.database, key.database_key_hex(), MIGRATIONS[:3])
    old.execute("INSERT INTO sequences VALUES ('2026-11-24', 41)")
    old.close()
    store = Store.open(folder, key, clock)
    assert numbers(store, clock, by(A), by(B), by(A)) == ["A202611240042", "BT000120261124042", "A202611240043"]
    clock.time += timedelta(days=1)
    assert numbers(store, clock, by(A)) == ["A202611250001"]
    store.close()
