"""A password alone opens nothing where a second factor is asked for, and no code opens twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.door import Proof
from app.desk.second_factor import Enrolment, FactorKind, SecondFactors
from app.domain.audit import AuditQuery
from app.domain.records import Officer, Role
from app.security.one_time import STEP_S, one_time_code, read_secret
from app.store.database import open_database
from helpers.doors import Place
from helpers.stores import PASSWORD


class Token:
    """What the officer carries."""

    def __init__(self, place: Place, kind: FactorKind = FactorKind.TOTP) -> None:
        self.place, self.enrolment, self.presses = place, Enrolment.new("zhang", kind), 0
        self.secret = read_secret(self.enrolment.secret)

    def shows(self, half_minutes: int = 0) -> str:
        return one_time_code(self.secret, int(self.place.clock.now().timestamp()) // STEP_S + half_minutes)

    def press(self) -> str:
        self.presses += 1
        return one_time_code(self.secret, self.presses - 1)

    def enrol(self) -> str:
        code = self.shows() if self.enrolment.kind is FactorKind.TOTP else self.press()
        return self.place.try_(PASSWORD, proof=Proof(code, enrolment=self.enrolment))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "data")
    yield made
    made.store.close()


@pytest.fixture
def token(place: Place) -> Token:
    made = Token(place)
    assert made.enrol() == ""
    place.clock.pass_by(STEP_S)
    return made


def enter(place: Place, code: str) -> str:
    return place.try_(PASSWORD, proof=Proof(code))


def test_the_password_alone_is_not_enough_any_more(place: Place, token: Token) -> None:
    assert enter(place, "") == "AUT-107"
    assert enter(place, token.shows()) == ""


def test_a_code_opens_once(place: Place, token: Token) -> None:
    code = token.shows()
    assert enter(place, code) == ""
    assert enter(place, code) == "AUT-108"


def test_the_code_it_was_set_up_with_opens_nothing_afterwards(place: Place) -> None:
    token = Token(place)
    code = token.shows()
    assert token.enrol() == ""
    assert enter(place, code) == "AUT-108"


def test_a_stale_code_is_refused_and_one_half_minute_off_is_taken(place: Place, token: Token) -> None:
    place.clock.pass_by(10 * STEP_S)
    assert enter(place, token.shows(-2)) == "AUT-108"
    assert enter(place, token.shows(+2)) == "AUT-108"
    assert enter(place, token.shows(-1)) == ""
    assert enter(place, token.shows(+1)) == ""


def test_a_clock_set_back_does_not_bring_a_used_code_back(place: Place, token: Token) -> None:
    code = token.shows()
    assert enter(place, code) == ""
    place.clock.pass_by(20 * STEP_S)
    assert enter(place, token.shows()) == ""
    place.clock.time -= timedelta(seconds=20 * STEP_S)
    assert enter(place, code) == "AUT-108"


def test_three_wrong_codes_lock_and_asking_for_the_code_in_between_forgets_none(place: Place, token: Token) -> None:
    for _ in range(3):
        assert enter(place, "") == "AUT-107"
        assert enter(place, "000000" if token.shows() != "000000" else "111111") == "AUT-108"
    assert enter(place, token.shows()) == "AUT-105"


def test_asking_for_the_code_is_no_wrong_try(place: Place, token: Token) -> None:
    for _ in range(5):
        assert enter(place, "") == "AUT-107"
    assert enter(place, token.shows()) == ""


def test_a_token_that_counts_presses_may_run_ahead_and_never_back(place: Place) -> None:
    token = Token(place, FactorKind.HOTP)
    assert token.enrol() == ""
    missed = [token.press() for _ in range(5)]
    assert enter(place, token.press()) == ""
    assert enter(place, missed[4]) == "AUT-108"
    for _ in range(11):
        token.press()
    assert enter(place, token.press()) == "AUT-108", "too far ahead"


def test_where_it_is_required_nobody_gets_in_without_one(tmp_path: Path) -> None:
    place = Place(tmp_path / "data", second_factor=True)
    try:
        assert enter(place, "") == "AUT-109"
        token = Token(place)
        assert token.enrol() == "", "setting it up is the first sign-in with it"
        place.clock.pass_by(STEP_S)
        assert (enter(place, ""), enter(place, token.shows())) == ("AUT-107", "")
    finally:
        place.store.close()


def test_setting_up_needs_a_right_code_and_happens_once(place: Place, token: Token) -> None:
    assert Token(place).enrol() == "AUT-116"
    other = Enrolment.new("zhang")
    place.store.second_factors.forget("zhang")
    assert place.try_(PASSWORD, proof=Proof("", enrolment=other)) == "AUT-107"
    assert place.try_(PASSWORD, proof=Proof("12345", enrolment=other)) == "AUT-108"
    assert not SecondFactors(place.store, place.key, place.clock).enrolled("zhang")


def test_an_expired_password_is_changed_with_the_same_code(place: Place, token: Token) -> None:
    place.accounts.reset("zhang", "Given-Word-1")
    place.clock.pass_by(STEP_S)
    assert not SecondFactors(place.store, place.key, place.clock).enrolled("zhang"), "a reset takes a lost token away"
    assert place.try_("Given-Word-1") == "AUT-106"


def test_the_secret_is_sealed_and_shown_nowhere(place: Place, token: Token) -> None:
    assert token.enrolment.secret not in repr(token.enrolment)
    assert token.enrolment.uri.startswith("otpauth://totp/Jingchuang%3Azhang?secret=")
    assert "algorithm=SM3" in token.enrolment.uri
    place.store.close()
    db = open_database(place.folder.database, place.key.database_key_hex())
    (row,) = db.execute("SELECT secret FROM second_factors").fetchall()
    db.close()
    assert token.secret not in bytes(row["secret"])


def test_setting_up_and_refusals_stand_in_the_audit_log(place: Place, token: Token) -> None:
    changed = place.store.audit.find(AuditQuery(event="account-changed"))
    assert [entry.detail for entry in changed] == ["second factor enrolled"]
    assert Officer("zhang", "张某", Role.ADMINISTRATOR) == place.store.account("zhang")
