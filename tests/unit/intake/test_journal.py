"""The journal's writer: typing never waits for the disk, nothing typed is dropped, a full disk is said and survived."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.cases.case import FieldChange, FieldValue
from app.domain.errors import StoreFault
from app.intake.journal import GATHER_S, DraftJournal
from app.store.drafts import DraftRows
from helpers.stores import new_store

NEVER_S = 3600.0


class StuckDisk:
    """Stands before the real rows: can be made full, can be made to wait."""

    def __init__(self, rows: DraftRows) -> None:
        self._rows = rows
        self.full = False
        self.free = threading.Event()
        self.free.set()
        self.entered = threading.Event()
        self.commits: list[int] = []

    def note(self, changes: Sequence[tuple[str, FieldChange]]) -> None:
        self.entered.set()
        self.free.wait()
        if self.full:
            raise StoreFault("STO-101")
        self.commits.append(len(changes))
        self._rows.note(changes)


def typed(name: str, value: str) -> FieldChange:
    return FieldChange(name, FieldValue(value))


def test_keystrokes_of_a_moment_are_one_commit_and_the_last_of_each_field_counts(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    disk = StuckDisk(store.drafts)
    journal = DraftJournal(disk, gather_s=NEVER_S)  # type: ignore[arg-type]  # stands before the real rows
    one, two = (store.drafts.begin("HZ-001", "3", "zhang").id for _ in range(2))
    for text in ("欧", "欧阳", "欧阳某"):
        journal.note(one, typed("name", text))
        journal.note(two, typed("phone", text))
    journal.flush()
    assert disk.commits == [2]
    assert store.drafts.draft(one).fields["name"].value == "欧阳某"
    assert store.drafts.draft(two).fields["phone"].value == "欧阳某"
    journal.close()
    store.close()


def test_what_is_typed_last_is_written_without_asking_and_at_the_end(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    draft = store.drafts.begin("HZ-001", "3", "zhang").id
    disk, written = StuckDisk(store.drafts), threading.Event()
    note = disk.note

    def told(changes: Sequence[tuple[str, FieldChange]]) -> None:
        note(changes)
        written.set()

    disk.note = told  # type: ignore[method-assign]  # the test listens
    journal = DraftJournal(disk)  # type: ignore[arg-type]  # stands before the real rows
    journal.note(draft, typed("a", "1"))
    assert written.wait(10), "nobody flushed"
    journal.close()
    slow = DraftJournal(store.drafts, gather_s=NEVER_S)
    slow.note(draft, typed("b", "2"))
    slow.close()
    slow.close()
    assert {name: field.value for name, field in store.drafts.draft(draft).fields.items()} == {"a": "1", "b": "2"}
    assert GATHER_S <= 0.2, "0.3 s from the key to the disk leaves a third of it for the commit"
    store.close()


def test_typing_goes_on_while_the_disk_is_busy_and_newer_wins(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    draft = store.drafts.begin("HZ-001", "3", "zhang").id
    disk = StuckDisk(store.drafts)
    disk.free.clear()
    journal = DraftJournal(disk, gather_s=0.0)  # type: ignore[arg-type]  # stands before the real rows
    for number in range(1000):
        journal.note(draft, typed("a", str(number)))
    disk.free.set()
    journal.flush()
    assert store.drafts.draft(draft).fields["a"].value == "999"
    journal.close()
    store.close()


def test_what_was_typed_during_a_commit_that_failed_is_newer_than_what_failed(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    draft = store.drafts.begin("HZ-001", "3", "zhang").id
    disk = StuckDisk(store.drafts)
    disk.full = True
    disk.free.clear()
    journal = DraftJournal(disk, gather_s=0.0)  # type: ignore[arg-type]  # stands before the real rows
    journal.note(draft, typed("a", "old"))
    assert disk.entered.wait(10)
    journal.note(draft, typed("a", "new"))
    disk.free.set()
    with pytest.raises(StoreFault):
        journal.flush()
    disk.full = False
    journal.flush()
    assert store.drafts.draft(draft).fields["a"].value == "new"
    journal.close()
    store.close()


def test_a_full_disk_is_said_and_what_was_typed_is_written_when_there_is_room(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    draft = store.drafts.begin("HZ-001", "3", "zhang").id
    disk = StuckDisk(store.drafts)
    disk.full = True
    journal = DraftJournal(disk, gather_s=0.0)  # type: ignore[arg-type]  # stands before the real rows
    journal.note(draft, typed("a", "1"))
    with pytest.raises(StoreFault) as refused:
        journal.flush()
    assert refused.value.code == "STO-101"
    assert journal.fault is refused.value
    journal.note(draft, typed("a", "2"))
    disk.full = False
    journal.flush()
    assert store.drafts.draft(draft).fields["a"].value == "2"
    journal.note(draft, typed("b", "1"))
    journal.flush()
    disk.full = True
    journal.note(draft, typed("a", "3"))
    with pytest.raises(StoreFault):
        journal.close()
    store.close()
