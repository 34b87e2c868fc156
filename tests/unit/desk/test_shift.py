"""A signed shift check is kept with its signature, by the account that signed in; nobody can change it unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.desk.place import DeskPlace
from app.desk.shift import ShiftDesk, checklist
from app.domain.errors import BadInput
from app.domain.records import Officer, Role
from app.domain.shift import CheckAnswer
from app.security.signing import Signature, SigningKeys, check_signature, sign
from app.store.store import Store
from helpers.stores import TestClock, new_store

OFFICER = Officer("zhang", "张测试", Role.OPERATOR)


def shift_desk(root: Path, clock: TestClock) -> tuple[ShiftDesk, Store]:
    store, key, folder = new_store(root, clock)
    place = DeskPlace(OFFICER, False, "zh_CN", Settings.of({"shift.check_hours": 8}), tuple)
    keys = SigningKeys(folder.root)
    return ShiftDesk(store, place, lambda text: sign(keys.own(key), text), clock), store


def all_good() -> tuple[CheckAnswer, ...]:
    return tuple(CheckAnswer(item.id, True) for item in checklist()[1])


def test_due_at_the_beginning_signed_then_due_again_after_the_shift(tmp_path: Path) -> None:
    clock = TestClock()
    desk, store = shift_desk(tmp_path, clock)
    assert desk.due()
    check = desk.sign(all_good())
    assert check.officer == "zhang"
    assert check.all_good
    assert not desk.due()
    clock.forward(hours=8)
    assert desk.due()
    store.close()


def test_the_signature_is_over_the_kept_text_and_over_no_other(tmp_path: Path) -> None:
    desk, store = shift_desk(tmp_path, TestClock())
    answers = (replace(all_good()[0], good=False, note="电源线破损，已更换"), *all_good()[1:])
    desk.sign(answers)
    kept = desk.last()
    assert kept is not None
    assert not kept.all_good
    assert kept.answers()[0].note == "电源线破损，已更换"
    signature = Signature(kept.public, kept.signature)
    check_signature(signature, kept.document.encode(), "check")
    with pytest.raises(BadInput):
        check_signature(signature, kept.document.replace("false", "true").encode(), "check")
    store.close()


def test_a_refused_check_leaves_nothing_behind(tmp_path: Path) -> None:
    desk, store = shift_desk(tmp_path, TestClock())
    with pytest.raises(BadInput):
        desk.sign(all_good()[1:])
    assert desk.last() is None
    assert desk.due()
    store.close()


def test_the_list_is_data_in_both_languages() -> None:
    version, items = checklist()
    assert version >= 1
    assert len({item.id for item in items}) == len(items) >= 5
    assert all(item.text("zh_CN") != item.text("en") for item in items)
