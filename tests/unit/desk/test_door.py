"""The door: wrong passwords lock it, neither a restart nor another time of day opens it, weak and old ones do not pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.audit import AuditQuery
from app.domain.errors import NotAllowed, WorkstationError
from app.domain.records import Officer, Role
from app.security import keyring
from helpers.doors import WRONG, Place
from helpers.stores import PASSWORD

LI = Officer("lihua", "李某", Role.OPERATOR)
GIVEN, OWN = "Given-Word-1", "Own-Word-2"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "data")
    yield made
    made.store.close()


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(WorkstationError) as raised:
        step()
    return raised.value.code


def test_three_wrong_ones_in_a_minute_keep_also_the_right_one_out_for_five_minutes(place: Place) -> None:
    assert [place.try_() for _ in range(3)] == ["AUT-101"] * 3
    assert place.try_(PASSWORD) == "AUT-105"
    place.clock.pass_by(299)
    assert place.try_(PASSWORD) == "AUT-105"
    place.clock.pass_by(1)
    assert place.try_(PASSWORD) == ""


def test_the_officer_reads_how_long(place: Place) -> None:
    for _ in range(3):
        place.try_()
    place.clock.pass_by(100)
    with pytest.raises(NotAllowed) as waiting:
        place.door.try_password("zhang", PASSWORD)
    assert waiting.value.params == {"seconds": 200}


def test_another_time_of_day_shortens_nothing(place: Place) -> None:
    for _ in range(3):
        place.try_()
    for hours in (24, -48):
        place.clock.time += timedelta(hours=hours)
        assert place.try_(PASSWORD) == "AUT-105"


def test_a_restart_of_the_machine_shortens_nothing(place: Place) -> None:
    for _ in range(3):
        place.try_()
    place.clock.seconds = 30.0  # it began anew
    assert place.try_(PASSWORD) == "AUT-105"
    place.clock.pass_by(200)
    assert place.try_(PASSWORD) == "AUT-105"
    place.clock.pass_by(70)
    assert place.try_(PASSWORD) == ""


def test_wrong_ones_with_pauses_between_them_do_not_lock(place: Place) -> None:
    for _ in range(6):
        assert place.try_() == "AUT-101"
        place.clock.pass_by(31)


def test_a_right_one_forgets_the_wrong_ones(place: Place) -> None:
    assert [place.try_(), place.try_(), place.try_(PASSWORD), place.try_(), place.try_()][2] == ""
    assert place.try_(PASSWORD) == ""


def test_only_the_account_that_was_tried_waits(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    for _ in range(3):
        place.try_()
    assert place.try_(GIVEN, "lihua") == "AUT-106", "let in as far as a given password goes"


def test_the_numbers_are_settings(tmp_path: Path) -> None:
    place = Place(tmp_path / "data", lock_attempts=2, lock_minutes=1)
    try:
        assert [place.try_(), place.try_(), place.try_(PASSWORD)] == ["AUT-101", "AUT-101", "AUT-105"]
        place.clock.pass_by(60)
        assert place.try_(PASSWORD) == ""
    finally:
        place.store.close()


def test_a_program_killed_while_it_tries_has_counted_the_try(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keyring, "unlock", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            place.door.try_password("zhang", WRONG)
    monkeypatch.undo()
    assert place.try_(PASSWORD) == "AUT-105"


@pytest.mark.parametrize(
    "text", ["", "{}", '{"version": 1}', '{"version": 2, "seen": 0, "knocks": {}, "refused": []}', "[]"]
)
def test_a_damaged_book_keeps_everybody_out_for_one_locking_time(place: Place, text: str) -> None:
    place.folder.door_book.write_text(text, encoding="utf-8")
    assert place.try_(PASSWORD) == "AUT-105"
    place.clock.pass_by(300)
    assert place.try_(PASSWORD) == ""


def test_an_administrator_lets_it_try_again(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    for _ in range(3):
        place.try_("Wrong-2026", "lihua")
    place.accounts.unlock("lihua")
    assert place.try_(GIVEN, "lihua") == "AUT-106"


def test_refusals_stand_in_the_audit_log_once_somebody_has_signed_in(place: Place) -> None:
    place.try_()
    place.clock.pass_by(5)
    place.try_(account="My-Secret-Password")
    place.try_(PASSWORD)
    for _ in range(2):
        place.door.tell_refusals(place.store)
    rows = place.store.audit.find(AuditQuery(event="sign-in-refused"))
    assert [(e.record, e.detail, e.result) for e in reversed(rows)] == [
        ("zhang", "2026-11-24T09:00:00+08:00", "AUT-101"),
        ("?", "2026-11-24T09:00:05+08:00", "AUT-101"),
    ]
    assert "My-Secret-Password" not in place.folder.door_book.read_text()


def test_a_given_password_must_be_changed_by_its_owner_before_anything_else(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    assert place.try_(GIVEN, "lihua") == "AUT-106"
    place.accounts.own_password("lihua", OWN)

    assert (place.try_(GIVEN, "lihua"), place.try_(OWN, "lihua")) == ("AUT-101", "")


def test_after_ninety_days_it_must_be_changed_again(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    place.accounts.own_password("lihua", OWN)
    place.clock.pass_by(90 * 86_400 - 1)
    assert place.try_(OWN, "lihua") == ""
    place.clock.pass_by(1)
    assert place.try_(OWN, "lihua") == "AUT-106"


def test_the_last_five_are_refused_and_the_sixth_is_not(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    for number in range(4):
        place.accounts.own_password("lihua", f"Own-Word-{number}")
    assert refused(lambda: place.accounts.own_password("lihua", GIVEN)) == "AUT-113"
    place.accounts.own_password("lihua", "Own-Word-9")
    place.accounts.own_password("lihua", GIVEN)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Sh0rt-1", "AUT-110"),
        ("alllettersandsmall", "AUT-110"),
        ("two-classes-only", "AUT-110"),
        ("P@ssw0rd", "AUT-112"),
        ("p@SSW0RD", "AUT-112"),
        ("Gongan@110", "AUT-112"),
        ("Station-Word-7", "AUT-112"),
    ],
)
def test_weak_common_and_telling_passwords_are_refused(place: Place, password: str, code: str) -> None:
    place.folder.weak_passwords.write_text("# the station's own\nStation-Word-7\n", encoding="utf-8")
    assert refused(lambda: place.accounts.add(LI, password)) == code
    assert place.store.account("lihua") is None
    assert "lihua" not in keyring.accounts(place.folder.keyring)


def test_a_reset_one_is_given_unlocked_and_to_be_changed(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    place.accounts.own_password("lihua", OWN)
    for _ in range(3):
        place.try_("Wrong-2026", "lihua")
    place.accounts.reset("lihua", "Given-Word-3")
    assert place.try_("Given-Word-3", "lihua") == "AUT-106"


def test_a_disabled_account_opens_nothing(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    place.accounts.disable("lihua")
    assert place.try_(GIVEN, "lihua") == "AUT-101"
    assert place.store.account("lihua") is None
    assert refused(lambda: place.accounts.disable("lihua")) == "AUT-114"


def test_nothing_on_the_disk_gives_a_password_back(place: Place) -> None:
    place.accounts.add(LI, GIVEN)
    place.accounts.own_password("lihua", OWN)
    kept = place.store.passwords.last("lihua", 5)
    assert len(kept) == 2
    assert not any(word in text for word in (GIVEN, OWN) for text in kept)
    place.store.close()
    for path in place.folder.root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert GIVEN.encode() not in data
            assert OWN.encode() not in data
