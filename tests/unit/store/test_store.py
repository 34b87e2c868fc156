"""What the store confirmed is there tomorrow; what it did not finish leaves no trace."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.errors import NotAllowed, StoreFault
from app.domain.photo_session import SessionState
from app.domain.printing import PrintJobEvent, PrintJobState, PrintKind, PrintOrder
from app.domain.records import HistoryQuery, Officer, OutboxKind, OutboxState, Role
from app.security.keyring import DataKey
from app.store.blobs import BlobContent, BlobLabel
from app.store.lock import InstanceLock
from app.store.store import Store
from helpers.stores import PERSON, RULE, STATION, TestClock, draft, new_store, saved_session, session_record

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


def test_a_shot_and_its_session_survive_the_next_start(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    record = session_record(clock)
    store.create_session(record)
    shot = store.keep_shot(record.id, b"picture bytes", device="D750 1", file_name="DSC_0001.JPG")
    store.close()
    again = Store.open(folder, key, clock)
    assert again.session(record.id).applicant == PERSON
    assert again.shots(record.id) == (shot,)
    assert again.read_original(shot.id) == b"picture bytes"
    again.close()


def test_nothing_captured_and_nobody_s_name_stands_readable_on_the_disk(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    record = session_record(clock)
    store.create_session(record)
    shot = store.keep_shot(record.id, b"PLAIN-PICTURE-BYTES", device="D750", file_name=f"{PERSON.id_number}.JPG")
    store.save_photos(record.id, shot.id, (draft(b"ISSUED-PICTURE"),), rule=RULE, officer="zhang", station=STATION)
    everything = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    for secret in (b"PLAIN-PICTURE", b"ISSUED-PICTURE", PERSON.id_number.encode(), PERSON.name.encode()):
        assert secret not in everything
    store.close()


def test_one_save_is_photos_numbers_outbox_and_state_together(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    photos = saved_session(store, clock, draft(b"a"), replace(draft(b"b"), standard_id="driving-licence"))
    assert [p.number for p in photos] == ["999999T00012026112400001", "999999T00012026112400002"]
    assert [store.read_photo(p.number) for p in photos] == [b"a", b"b"]
    assert store.session(photos[0].session_id).state is SessionState.SAVED
    kinds = [(i.kind, i.photo_number) for i in store.outbox.items()]
    assert kinds == [
        (OutboxKind.ORIGINAL, photos[0].number),
        (OutboxKind.PHOTO, photos[0].number),
        (OutboxKind.PHOTO, photos[1].number),
    ]
    store.close()


def test_numbers_begin_again_each_day_and_are_never_used_twice(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    first = saved_session(store, clock)[0].number
    second = saved_session(store, clock)[0].number
    clock.forward(days=1)
    third = saved_session(store, clock)[0].number
    assert (first[-5:], second[-5:], third[-5:]) == ("00001", "00002", "00001")
    assert len({first, second, third}) == 3
    store.close()


def test_a_save_that_fails_in_the_middle_leaves_nothing(
    tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, key, folder = new_store(tmp_path, clock)
    record = session_record(clock)
    store.create_session(record)
    shot = store.keep_shot(record.id, b"x", device="", file_name="")
    bad = replace(draft(), width_px="wide")  # type: ignore[arg-type]  # the STRICT table refuses it
    with pytest.raises(StoreFault):
        store.save_photos(record.id, shot.id, (draft(), bad), rule=RULE, officer="z", station=STATION)
    assert store.outbox.waiting() == 0
    assert store.history(HistoryQuery()) == ()
    assert store.session(record.id).state is SessionState.SHOOTING
    store.close()
    again = Store.open(folder, key, clock)
    assert again.reconciled.swept == 2
    assert saved_session(again, clock)[0].number.endswith("00001")
    again.close()


def test_an_original_whose_row_was_never_written_is_adopted(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    record = session_record(clock)
    store.create_session(record)
    label = BlobLabel("original", "0" * 25 + "7", record.id, 1, clock.now().isoformat())
    store._blobs.write(label, BlobContent(b"sealed before the power cut", "D750", "DSC_9.JPG"))
    store.close()
    again = Store.open(folder, key, clock)
    (shot,) = again.shots(record.id)
    assert again.reconciled.adopted == (shot.id,)
    assert again.read_original(shot.id) == b"sealed before the power cut"
    assert (shot.device, shot.file_name) == ("D750", "DSC_9.JPG")
    assert again.session(record.id).state is SessionState.CHOOSING
    again.close()


def test_a_missing_and_a_foreign_file_are_reported_not_hidden(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    photo = saved_session(store, clock)[0]
    store.close()
    sealed = next(folder.blobs.glob(f"??/{photo.blob}.sealed"))
    (folder.blobs / "aa").mkdir(exist_ok=True)
    sealed.rename(folder.blobs / "aa" / "FOREIGN.sealed")
    again = Store.open(folder, key, clock)
    assert again.reconciled.missing == (photo.blob,)
    assert again.reconciled.unreadable == ("FOREIGN",)
    with pytest.raises(StoreFault) as lost:
        again.read_photo(photo.number)
    assert lost.value.code == "STO-107"
    again.close()


def test_an_item_in_flight_at_the_crash_waits_again(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    saved_session(store, clock)
    item = store.outbox.due(clock.now(), 1)[0]
    store.outbox.mark_sending(item.id)
    order = PrintOrder(PrintKind.RECEIPT, item.session_id, "escpos:tcp:x", 0)
    job = store.print_jobs.add(order, b"bytes")
    store.print_jobs.move(job, PrintJobEvent.SEND)
    store.close()
    again = Store.open(folder, key, clock)
    assert again.outbox.due(clock.now(), 1)[0].id == item.id
    assert again.print_jobs.of(PrintKind.RECEIPT, item.session_id)[0].state is PrintJobState.SENT
    again.close()


def test_history_finds_by_person_number_account_and_day_and_pages_without_gaps(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    numbers = [saved_session(store, clock)[0].number for _ in range(5)]
    today = clock.now().date()
    assert [p.number for p in store.history(HistoryQuery(person=PERSON.name))] == numbers[::-1]
    assert len(store.history(HistoryQuery(person=PERSON.id_number.lower()))) == 5
    assert store.history(HistoryQuery(person="' OR 1=1 --")) == ()
    assert [p.number for p in store.history(HistoryQuery(number=numbers[2]))] == [numbers[2]]
    assert len(store.history(HistoryQuery(account="zhang", first_day=today, last_day=today))) == 5
    assert store.history(HistoryQuery(last_day=today - timedelta(days=1))) == ()
    page = store.history(HistoryQuery(limit=2))
    saved_session(store, clock)  # arrives while the officer reads
    rest = store.history(HistoryQuery(limit=9, after=page[-1].number))
    assert [p.number for p in (*page, *rest)] == numbers[::-1]
    store.close()


def test_statistics_count_each_day(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    saved_session(store, clock, draft(b"a"), replace(draft(b"b"), passed=False, forced_reason="x"))
    store.outbox.mark_sent(store.outbox.items()[1].id, "R1")
    clock.forward(days=2)
    store.create_session(session_record(clock))
    first, second = store.statistics(clock.now().date() - timedelta(days=5), clock.now().date())
    assert (first.sessions, first.shots, first.photos, first.passed, first.sent) == (1, 1, 2, 1, 1)
    assert (second.sessions, second.shots, second.photos) == (1, 0, 0)
    store.close()


def test_a_refused_item_waits_for_an_officer_and_goes_again_when_told(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    saved_session(store, clock)
    item = store.outbox.items()[0]
    store.outbox.mark_refused(item.id, "NET-105")
    assert item.id not in {i.id for i in store.outbox.due(clock.now(), 9)}
    store.outbox.retry(item.id)
    assert item.id in {i.id for i in store.outbox.due(clock.now(), 9)}
    store.outbox.mark_sent(item.id, "R")
    store.outbox.retry(item.id)
    assert {i.id: i.state for i in store.outbox.items()}[item.id] is OutboxState.SENT
    store.close()


def test_reprints_are_numbered(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    session = saved_session(store, clock)[0].session_id
    jobs = store.print_jobs
    for copy in range(3):
        assert jobs.next_copy(PrintKind.RECEIPT, session) == copy
        jobs.add(PrintOrder(PrintKind.RECEIPT, session, "p", copy), b"bytes")
    store.close()


def test_accounts_can_be_disabled(tmp_path: Path, clock: TestClock) -> None:
    store, _, _ = new_store(tmp_path, clock)
    officer = Officer("li", "李某", Role.OPERATOR)
    store.put_account(officer, enabled=True)
    assert store.account("li") == officer
    store.put_account(officer, enabled=False)
    assert store.account("li") is None
    store.close()


def test_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path, clock: TestClock) -> None:
    store, _, folder = new_store(tmp_path, clock)
    saved_session(store, clock)
    store.close()
    before = folder.database.read_bytes()
    with pytest.raises(StoreFault) as refused:
        Store.open(folder, DataKey(bytes(32)), clock)
    assert refused.value.code == "STO-103"
    assert folder.database.read_bytes() == before


def test_a_database_of_a_newer_program_is_refused_in_words(tmp_path: Path, clock: TestClock) -> None:
    store, key, folder = new_store(tmp_path, clock)
    store._connection.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StoreFault) as refused:
        Store.open(folder, key, clock)
    assert refused.value.code == "STO-106"


def test_a_second_program_is_told_who_was_first(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "lock"), InstanceLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(NotAllowed) as refused:
        second.acquire()
    assert refused.value.code == "STO-105"
    assert str(os.getpid()) in str(refused.value)
    first.release()
    second.acquire()
    second.release()


def test_a_lock_file_left_by_a_dead_program_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("4194000")
    lock = InstanceLock(tmp_path / "lock")
    lock.acquire()
    lock.release()


_FULL_DISK = """
import resource, signal, sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from helpers.stores import TestClock, new_store, session_record
from app.domain.errors import StoreFault
clock = TestClock()
store, _, folder = new_store(Path({folder!r}), clock)
record = session_record(clock)
store.create_session(record)
kept = store.keep_shot(record.id, b"x" * 1000, device="", file_name="")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    store.keep_shot(record.id, b"y" * 1_000_000, device="", file_name="")
except StoreFault as error:
    print(error.code, [s.id for s in store.shots(record.id)] == [kept.id], list(folder.blobs.rglob("*.tmp")))
store.close()
"""


def test_a_full_disk_ends_in_words_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    script = _FULL_DISK.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(tmp_path / "data"))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "STO-101 True []", done.stderr


_READ_ONLY = """
import os, sys
sys.path[:0] = [{root!r}, {tests!r}]
import app.store.store, helpers.stores
from pathlib import Path
from app.security.keyring import DataKey
from app.config.places import DataFolder
from app.domain.errors import StoreFault
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    app.store.store.Store.open(DataFolder(Path({folder!r})), DataKey(bytes(32)), helpers.stores.TestClock())
except StoreFault as error:
    print(error.code)
"""


def test_a_read_only_disk_ends_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (folder, *folder.parents[:3]):
        path.chmod(0o555)
    script = _READ_ONLY.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(folder))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    for path in (folder, *folder.parents[:3]):
        path.chmod(0o755)
    assert done.stdout.strip() == "STO-102", done.stderr


def test_new_folders_are_private(tmp_path: Path, clock: TestClock) -> None:
    store, _, folder = new_store(tmp_path / "fresh", clock)
    assert folder.blobs.stat().st_mode & 0o077 == 0
    store.close()
