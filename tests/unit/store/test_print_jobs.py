"""Print jobs in the store: sealed while they may be needed, gone afterwards, numbered, expiring, safe over a crash."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from app.domain.errors import NotAllowed, StoreFault
from app.domain.printing import TRANSITIONS, PrintJob, PrintJobEvent, PrintJobState, PrintKind, PrintOrder
from app.store.database import open_database
from app.store.migrations import MIGRATIONS
from app.store.print_jobs import PrintJobRows
from app.store.store import Store
from helpers.stores import TestClock, new_store

NAME = "欧阳示例"
BYTES = b"\x1b@" + NAME.encode("gb18030") + b"\n"
NOTICE = PrintKind.PAYMENT_NOTICE
S, E = PrintJobState, PrintJobEvent
# How each state is reached from a fresh job.
WAYS: dict[PrintJobState, tuple[PrintJobEvent, ...]] = {
    S.QUEUED: (),
    S.SENT: (E.SEND,),
    S.CONFIRMED: (E.SEND, E.PRINTER_CONFIRMED),
    S.FAILED: (E.SEND, E.PRINTER_FAILED),
    S.EXPIRED: (E.TOO_OLD,),
}


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


def job_in(rows: PrintJobRows, state: PrintJobState, subject: str = "PZ1") -> PrintJob:
    copy = rows.next_copy(NOTICE, subject)
    job = rows.add(PrintOrder(NOTICE, subject, "escpos:tcp:x:1", copy, '{"payer": "' + NAME + '"}'), BYTES)
    for event in WAYS[state]:
        job = rows.move(job, event)
    return job


def test_every_state_and_event_is_kept_as_the_table_says(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    rows, wanted = store.print_jobs, {}
    for number, (state, event) in enumerate(itertools.product(S, E)):
        job = job_in(rows, state, f"PZ{number}")
        if (state, event) in TRANSITIONS:
            wanted[job.id] = rows.move(job, event, "PRN-101")
        else:
            with pytest.raises(NotAllowed):
                rows.move(job, event)
            wanted[job.id] = job
    store.close()
    again = Store.open(folder, key, clock)
    for job in wanted.values():
        (kept,) = again.print_jobs.of(NOTICE, job.subject)
        assert kept == job
    again.close()


def test_nothing_of_a_job_lies_readable_on_the_disk(tmp_path: Path, clock: TestClock) -> None:
    store, _, folder = new_store(tmp_path, clock)
    job = job_in(store.print_jobs, S.QUEUED)
    assert store.print_jobs.content(job) == BYTES
    store.close()
    texts = [NAME.encode("gb18030"), NAME.encode(), b"payment-notice"]  # three bytes alone turn up in random ones by chance
    for path in folder.root.rglob("*"):
        if path.is_file():
            assert not [t for t in texts if t in path.read_bytes()], path.name


@pytest.mark.parametrize("state", [S.CONFIRMED, S.FAILED, S.EXPIRED])
def test_the_bytes_go_when_the_job_is_over(tmp_path: Path, clock: TestClock, state: PrintJobState) -> None:
    store, _, folder = new_store(tmp_path, clock)
    job = job_in(store.print_jobs, state)
    assert not list(folder.blobs.glob("??/*.sealed"))
    with pytest.raises(StoreFault):
        store.print_jobs.content(job)
    store.close()


def test_bytes_whose_row_was_never_written_are_swept_and_a_sent_job_stays_sent(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    sent, waiting = job_in(store.print_jobs, S.SENT, "PZ1"), job_in(store.print_jobs, S.QUEUED, "PZ2")
    orphan = job_in(store.print_jobs, S.QUEUED, "PZ3")
    store._connection.execute("DELETE FROM print_jobs WHERE id = ?", (orphan.id,))
    store.close()
    again = Store.open(folder, key, clock)
    assert again.reconciled.swept == 1
    assert not again.reconciled.missing
    assert again.print_jobs.of(NOTICE, "PZ1") == (sent,)
    assert again.print_jobs.waiting() == (waiting,)
    assert again.print_jobs.content(waiting) == BYTES
    again.close()


def test_only_what_may_have_reached_paper_uses_up_a_copy_number(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    rows = store.print_jobs
    for state, following in [(S.EXPIRED, 0), (S.CONFIRMED, 1), (S.EXPIRED, 1), (S.FAILED, 2), (S.SENT, 3)]:
        job_in(rows, state)
        assert rows.next_copy(NOTICE, "PZ1") == following
    assert rows.next_copy(PrintKind.QUEUE_TICKET, "PZ1") == 0
    store.close()


def test_two_movers_of_one_job_cannot_both_be_right(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    job = job_in(store.print_jobs, S.QUEUED)
    store.print_jobs.move(job, E.SEND)
    with pytest.raises(NotAllowed):
        store.print_jobs.move(job, E.TOO_OLD)
    store.close()


def test_old_jobs_are_found_by_age_and_only_while_they_wait(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    old = job_in(store.print_jobs, S.QUEUED, "PZ1")
    job_in(store.print_jobs, S.SENT, "PZ2")
    clock.forward(hours=5)
    job_in(store.print_jobs, S.QUEUED, "PZ3")
    moment = clock.now().replace(hour=clock.now().hour - 4)
    assert store.print_jobs.queued_before(moment) == (old,)
    store.close()


def test_print_jobs_of_the_third_version_are_still_there(tmp_path: Path) -> None:
    path, key = tmp_path / "store.db", "00" * 32
    old = open_database(path, key, MIGRATIONS[:3])
    values = ("s1", "李某", "1", "[]", "regular", "closed", "2026-01-01", "li", "T", "999999", "n", "x", None, "[]")
    old.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    states = ["queued", "sending", "confirmed", "uncertain", "failed", "expired"]
    for number, state in enumerate(states):
        row = (
            number + 1,
            "s1",
            number,
            state,
            "2026-01-01T09:00:00+08:00",
            "2026-01-01T09:00:01+08:00",
            "",
            "escpos:tcp:x",
        )
        old.execute("INSERT INTO print_jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    old.close()
    connection = open_database(path, key)
    rows = list(connection.execute("SELECT * FROM print_jobs ORDER BY id"))
    # What never went out has no bytes to send now; what went out without an answer is "sent".
    assert [r["state"] for r in rows] == ["expired", "sent", "confirmed", "sent", "failed", "expired"]
    assert {(r["kind"], r["subject"], r["printer"], r["blob"]) for r in rows} == {("receipt", "s1", "escpos:tcp:x", "")}
    assert [r["copy_number"] for r in rows] == list(range(6))
    connection.close()
