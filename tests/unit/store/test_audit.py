"""The audit log: every access in a row that nobody can change, remove, move or cut away without its showing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.audit import Access, AuditEvent, AuditFault, AuditQuery, AuditReport
from app.domain.errors import BadInput, StoreFault
from app.security.audit_chain import linked
from app.security.signing import SigningKey, new_signing_key
from app.store.database import Connection, open_database, step_back
from app.store.migrations import MIGRATIONS
from app.store.store import Store
from helpers.stores import PERSON, TestClock, new_store

KEY: SigningKey = new_signing_key()
INSERT = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
OPENED = Access(AuditEvent.CASE_OPENED, "c1", PERSON.id_number)


class House:
    """A workstation's log of ten accesses, signed after the seventh, and a hand in its database."""

    def __init__(self, root: Path) -> None:
        self.clock = TestClock()
        self.store, self.key, self.folder = new_store(root, self.clock)
        self.store.audit.sit("zhang", lambda: "T0001")
        for number in range(10):
            self.clock.forward(seconds=30)
            self.store.audit.note(Access(AuditEvent.CASE_OPENED, f"case-{number}", PERSON.id_number))
            if number == 6:
                self.store.audit.anchor(KEY)

    def tamper(self, *statements: str, rows: tuple[tuple[str, ...], ...] = ()) -> None:
        """What somebody does who has the database's key and knows of the triggers."""
        db = self.connection()
        for trigger in ("audit_stays", "audit_remains", "anchors_remain"):
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
        for sql, *values in rows:
            db.execute(sql, values)
        db.close()

    def connection(self) -> Connection:
        self.store.close()
        return open_database(self.folder.database, self.key.database_key_hex())

    def again(self) -> Store:
        self.store.close()
        self.store = Store.open(self.folder, self.key, self.clock)
        self.store.audit.sit("li", lambda: "T0001")
        return self.store

    def report(self) -> AuditReport:
        return self.again().audit.verify(KEY.public)

    def faults(self) -> list[tuple[AuditFault, int, int]]:
        return [(f.fault, f.first, f.last) for f in self.report().findings]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.store.close()


def test_who_when_where_what_and_how_it_ended_stand_in_the_row(house: House) -> None:
    newest = house.store.audit.find(AuditQuery())[0]
    assert (newest.number, newest.account, newest.terminal) == (10, "zhang", "T0001")
    assert (newest.event, newest.record, newest.person, newest.result) == ("case-opened", "case-9", PERSON.id_number, "ok")
    assert newest.at == "2026-11-24T09:05:00+08:00"


def test_an_untouched_log_holds(house: House) -> None:
    report = house.report()
    assert (report.entries, report.anchors, report.findings) == (10, 1, ())


def test_the_program_itself_cannot_change_or_remove_a_row(house: House) -> None:
    db = house.connection()
    for statement in ("UPDATE audit SET account = 'li'", "DELETE FROM audit", "DELETE FROM audit_anchors"):
        with pytest.raises(Exception, match="append-only"):
            db.execute(statement)
    db.close()


def test_an_edited_row_is_named(house: House) -> None:
    house.tamper("UPDATE audit SET account = 'li' WHERE number = 4")
    assert house.faults() == [(AuditFault.EDITED, 4, 4)]


def test_a_row_edited_with_a_new_digest_is_named_by_the_row_that_hangs_on_it(house: House) -> None:
    row = next(e for e in house.store.audit.find(AuditQuery()) if e.number == 4)
    forged = linked(replace(row, account="li"))
    house.tamper(rows=(("UPDATE audit SET account = ?, digest = ? WHERE number = 4", "li", forged.digest),))
    assert house.faults() == [(AuditFault.EDITED, 4, 4)]


def test_removed_rows_are_named(house: House) -> None:
    house.tamper("DELETE FROM audit WHERE number IN (3, 4)")
    assert house.faults() == [(AuditFault.DELETED, 3, 4)]


def test_rows_that_changed_places_are_named(house: House) -> None:
    house.tamper(
        "UPDATE audit SET number = 100 WHERE number = 3",
        "UPDATE audit SET number = 3 WHERE number = 5",
        "UPDATE audit SET number = 5 WHERE number = 100",
    )
    assert house.faults() == [(AuditFault.REORDERED, 3, 3), (AuditFault.REORDERED, 5, 5)]


def test_a_cut_end_is_named_and_stays_named_when_work_goes_on(house: House) -> None:
    house.tamper("DELETE FROM audit WHERE number > 8")
    assert house.faults() == [(AuditFault.TRUNCATED, 9, 10)]
    house.store.audit.note(OPENED)
    assert house.faults() == [(AuditFault.DELETED, 9, 10)], "the gap cannot be filled"


def test_a_log_written_anew_is_named_by_its_signature_and_by_the_mark(house: House) -> None:
    entries = sorted(house.store.audit.find(AuditQuery()), key=lambda e: e.number)
    house.tamper("DELETE FROM audit")
    db = open_database(house.folder.database, house.key.database_key_hex())
    previous = "0" * 64
    for entry in entries:
        forged = linked(replace(entry, account="li", previous=previous))
        previous = forged.digest
        db.execute(INSERT, tuple(vars(forged).values()))
    db.close()
    assert house.faults() == [(AuditFault.REWRITTEN, 7, 7), (AuditFault.REWRITTEN, 10, 10)]


def test_a_signature_of_another_key_or_a_missing_one_is_named(house: House) -> None:
    assert house.again().audit.verify(new_signing_key().public).findings[0].fault is AuditFault.ANCHOR
    house.tamper("DELETE FROM audit_anchors")
    assert [fault for fault, _, _ in house.faults()] == [AuditFault.ANCHOR]


def test_a_clock_set_back_is_noted_by_the_program_and_is_no_fault_then(house: House) -> None:
    house.clock.forward(hours=-2)
    house.store.audit.note(OPENED)
    noted, opened = sorted(house.store.audit.find(AuditQuery(limit=2)), key=lambda e: e.number)
    assert (noted.event, noted.detail, opened.event) == ("clock-set-back", "7200 s", "case-opened")
    report = house.report()
    assert (report.clock_set_back, report.findings) == (1, ())


def test_time_that_runs_back_without_a_note_is_a_fault(house: House) -> None:
    last = house.store.audit.find(AuditQuery())[0]
    back = linked(replace(last, number=11, at="2026-11-24T08:00:00+08:00", previous=last.digest))
    db = house.connection()
    db.execute(INSERT, tuple(vars(back).values()))
    db.close()
    assert house.faults() == [(AuditFault.CLOCK, 11, 11)]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\0")])
def test_a_lost_or_altered_mark_is_named(house: House, spoil: object) -> None:
    house.store.close()
    spoil(house.folder.audit_mark)  # type: ignore[operator]  # a function of a path
    assert house.faults() == [(AuditFault.HEAD, 10, 10)]


def test_damage_is_found_when_the_store_is_opened_and_written_down_once(house: House) -> None:
    house.tamper("DELETE FROM audit WHERE number = 4")
    for _ in range(2):
        assert [f.fault for f in house.again().audit.check_at_start(KEY.public)] == [AuditFault.DELETED]
    noted = house.store.audit.find(AuditQuery(event="damage-found"))
    assert [entry.detail for entry in noted] == ["deleted 4"]


def test_a_power_cut_between_row_and_mark_is_no_fault(house: House) -> None:
    mark = house.folder.audit_mark.read_bytes()
    house.store.audit.note(OPENED)
    house.folder.audit_mark.write_bytes(mark)
    assert house.faults() == []


def test_what_cannot_be_recorded_is_not_done(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def full(*_: object) -> None:
        raise StoreFault("STO-101")

    monkeypatch.setattr("app.store.audit.transaction", full)
    with pytest.raises(StoreFault, match="STO-101"), house.store.audit.doing(Access(AuditEvent.CASES_EXPORTED)):
        done.append("exported")
    assert not done


def test_what_leaves_is_recorded_before_and_after_and_a_refusal_by_its_code(house: House) -> None:
    with house.store.audit.doing(Access(AuditEvent.CASES_EXPORTED, detail="xlsx")):
        pass
    with pytest.raises(BadInput), house.store.audit.doing(OPENED):
        raise BadInput("CSE-102")
    three = house.store.audit.find(AuditQuery(limit=3))
    assert [(e.event, e.result) for e in reversed(three)] == [
        ("cases-exported", "begun"),
        ("cases-exported", "ok"),
        ("case-opened", "CSE-102"),
    ]


def test_the_back_end_s_receipt_is_kept_once(house: House) -> None:
    house.store.audit.keep_receipt(1, "R-1")
    with pytest.raises(StoreFault, match="STO-110"):
        house.store.audit.keep_receipt(1, "R-2")
    report = house.report()
    assert (report.receipts, report.findings) == (1, ())


def test_no_person_shows_in_a_repr_of_the_log(house: House) -> None:
    assert PERSON.id_number not in repr(house.store.audit.find(AuditQuery())) + repr(OPENED)


def test_the_former_program_opens_the_store_after_one_step_back_and_the_log_is_there_again(house: House) -> None:
    house.store.close()
    key = house.key.database_key_hex()
    assert step_back(house.folder.database, key) == len(MIGRATIONS) - 1
    former = open_database(house.folder.database, key, MIGRATIONS[:-1])
    former.execute("INSERT INTO accounts VALUES ('wang', '王某', 'operator', 1)")
    former.close()
    store = house.again()
    assert store.account("wang") is not None
    assert store.audit.verify(KEY.public).findings == ()
    assert store.audit.verify(KEY.public).entries == 10


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_changed_field_of_any_row_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    house = House(tmp_path_factory.mktemp("log"))
    try:
        number = data.draw(st.integers(1, 10))
        columns = ["at", "account", "terminal", "event", "record", "person", "detail", "result", "previous", "digest"]
        column = data.draw(st.sampled_from(columns))
        value = data.draw(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
        update = f"UPDATE audit SET {column} = ? WHERE number = ?"  # noqa: S608 - our own column names
        house.tamper(rows=((update, value, str(number)),))
        assert any(number in range(first - 1, last + 2) for _, first, last in house.faults()), json.dumps([number, column])
    finally:
        house.store.close()
