"""The log is the auditor's alone; every desk writes into it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.config.texts import audit_word
from app.desk.audit import AuditDesk
from app.desk.place import DeskPlace
from app.desk.records import Records
from app.domain.audit import Access, AuditEvent, AuditQuery
from app.domain.errors import BadInput, NotAllowed
from app.domain.person import masked
from app.domain.records import HistoryQuery, Officer, Role
from app.security.signing import SigningKeys, check_signature, read_signature
from app.store.store import Store
from helpers.stores import PERSON, TestClock, new_store, saved_session

ROOT = Path(__file__).resolve().parents[3]


class Office:
    """One store, and the desk of audit of whoever sits there."""

    def __init__(self, root: Path) -> None:
        self.clock = TestClock()
        self.store, key, folder = new_store(root, self.clock)
        self.own = SigningKeys(folder.root).own(key)
        self.store.audit.sit("zhang", lambda: "T0001")

    def desk(self, role: Role) -> AuditDesk:
        place = DeskPlace(Officer("zhang", "张", role), False, "zh_CN", Settings.of({}), tuple)
        return AuditDesk(self.store.audit, place, lambda: self.own, self.clock)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "data")
    yield made
    made.store.close()


def _newest(store: Store) -> tuple[str, str]:
    entry = store.audit.find(AuditQuery(limit=1))[0]
    return entry.event, entry.result


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_the_auditor_sees_checks_or_takes_out_the_log(office: Office, role: Role, tmp_path: Path) -> None:
    desk = office.desk(role)
    for step, event in (
        (lambda: desk.find(AuditQuery()), "audit-found"),
        (desk.verify, "audit-verified"),
        (lambda: desk.export(AuditQuery(), tmp_path / "a.csv"), "audit-exported"),
    ):
        with pytest.raises(NotAllowed, match="AUT-120"):
            step()
        assert _newest(office.store) == (event, "AUT-120"), "that somebody tried stands there too"
    assert not (tmp_path / "a.csv").exists()


def test_the_auditor_reads_masked_numbers_and_her_looking_is_recorded(office: Office) -> None:
    office.store.audit.note(Access(AuditEvent.CARD_READ, person=PERSON.id_number))
    (found,) = office.desk(Role.AUDITOR).find(AuditQuery(event="card-read"))
    assert found.person == masked(PERSON.id_number)
    assert _newest(office.store) == ("audit-found", "ok")


def test_the_export_is_signed_masked_and_whole(office: Office, tmp_path: Path) -> None:
    for _ in range(3):
        office.store.audit.note(Access(AuditEvent.CARD_READ, person=PERSON.id_number))
    path = tmp_path / "audit.csv"
    assert office.desk(Role.AUDITOR).export(AuditQuery(), path) == 4, "three cards, and that the export began"
    data = path.read_bytes()
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert [row[4] for row in rows[1:]] == ["导出审计日志", "读取证件", "读取证件", "读取证件"]
    assert PERSON.id_number not in data.decode("utf-8-sig")
    signature = read_signature((tmp_path / "audit.csv.sig").read_bytes())
    assert signature.public == office.own.public
    check_signature(signature, data, "audit.csv")
    with pytest.raises(BadInput, match="SGN-103"):
        check_signature(signature, data.replace(b"T0001", b"T0002"), "audit.csv")


def test_an_export_that_cannot_be_written_says_so(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="AUD-102"):
        office.desk(Role.AUDITOR).export(AuditQuery(), tmp_path / "nowhere" / "a.csv")
    assert _newest(office.store) == ("audit-exported", "AUD-102")


def test_the_check_tells_what_it_found(office: Office) -> None:
    office.store.audit.note(Access(AuditEvent.CARD_READ))
    office.store.audit.anchor(office.own)
    assert office.desk(Role.AUDITOR).verify().findings == ()
    assert _newest(office.store) == ("audit-verified", "ok")


def test_whose_photo_was_looked_at_stands_in_the_log(office: Office) -> None:
    (photo,) = saved_session(office.store, office.clock)
    records = Records(office.store)
    records.history(HistoryQuery(person=PERSON.id_number))
    records.photo_image(photo.number)
    seen, found = office.store.audit.find(AuditQuery(limit=2))
    assert (seen.event, seen.record, seen.person) == ("photo-seen", photo.number, PERSON.id_number)
    assert (found.event, found.person, found.detail) == ("photos-found", PERSON.id_number, "1 rows")


@pytest.mark.parametrize("event", AuditEvent, ids=lambda event: event.word)
def test_every_event_has_a_name_in_both_languages_and_somebody_who_writes_it(event: AuditEvent) -> None:
    assert audit_word(event.word, "zh_CN") != event.word != audit_word(event.word, "en")
    code = "".join(p.read_text("utf-8") for p in (ROOT / "app").rglob("*.py") if p.parent.name != "domain")
    assert f"AuditEvent.{event.name}" in code
