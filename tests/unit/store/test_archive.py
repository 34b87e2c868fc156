"""Archive pages in the store: what the power cut off is adopted, what was changed is undone even after a restart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.archive.edits import retyped, turned
from app.config.places import DataFolder
from app.domain.archive_batch import (
    ArchivePage,
    Batch,
    BatchProfile,
    Declared,
    FileFacts,
    FileState,
    PageFound,
    PageRole,
    Standing,
)
from app.domain.archive_query import FileQuery
from app.domain.errors import NotAllowed, StoreFault
from app.domain.records import Station
from app.security.keyring import DataKey
from app.store.archive import ProgramType, Sheet
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.store import Store
from helpers.stores import TestClock, new_store

STATION = Station("T1", "999999", "训练一所", "training")


def batch_of(store: Store) -> Batch:
    batch = store.archive.begin(BatchProfile("V", "adf"), "zhang", STATION)
    store.archive_files.open(batch, "V", "XL1", "DYDJ")
    return batch


def page_of(store: Store, batch: Batch, number: int) -> ArchivePage:
    page = store.archive.keep(batch.id, Sheet(number, "front", 300, "image/jpeg", b"page %d" % number))
    return store.archive.measure(page.id, PageFound(dpi=300), Standing(PageRole.PAGE, "V", "XL1", "DYDJ", float(number)))


def reopened(store: Store, tmp_path: Path, key: DataKey) -> Store:
    store.close()
    return Store.open(DataFolder(tmp_path), key, TestClock())


def test_a_page_whose_row_the_power_cut_off_is_adopted_under_its_sheet_and_measured_first(tmp_path: Path) -> None:
    store, key, folder = new_store(tmp_path)
    batch = batch_of(store)
    page_of(store, batch, 1)
    label = BlobLabel("archive-page", "01ORPHAN000000000000000000", batch.id, 2, "2026-11-24T09:00:00+08:00")
    BlobFolder(folder.blobs, key).write(
        label, BlobContent(b"page 2", "S", Sheet(2, "back", 300, "image/png", b"").described())
    )
    store = reopened(store, tmp_path, key)
    assert store.reconciled.adopted == (label.id,)
    (page,) = store.archive.unmeasured(batch.id)
    assert (page.number, page.side, page.media_type, store.archive.data(page.id)) == (2, "back", "image/png", b"page 2")
    store.close()


def test_a_page_of_an_unknown_batch_is_told_and_stays(tmp_path: Path) -> None:
    store, key, folder = new_store(tmp_path)
    label = BlobLabel("archive-page", "01ORPHAN000000000000000000", "no-batch", 1, "2026-11-24T09:00:00+08:00")
    BlobFolder(folder.blobs, key).write(label, BlobContent(b"x", "", Sheet(1, "front", 0, "image/png", b"").described()))
    store = reopened(store, tmp_path, key)
    assert store.reconciled.unreadable == (label.id,)
    assert BlobFolder(folder.blobs, key).exists(label.id)
    store.close()


def test_every_change_is_undone_and_done_again_even_after_a_restart(tmp_path: Path) -> None:
    store, key, _ = new_store(tmp_path)
    batch = batch_of(store)
    page = page_of(store, batch, 1)
    store.archive.change(batch.id, "turn", "zhang", turned([page], 90))
    store.archive.change(batch.id, "type", "zhang", retyped([store.archive.page(page.id)], "origin"))
    changed = store.archive.page(page.id).standing
    store = reopened(store, tmp_path, key)
    assert [store.archive.undo(batch.id) for _ in range(3)] == ["type", "turn", ""]
    assert store.archive.page(page.id).standing == page.standing
    assert [store.archive.redo(batch.id) for _ in range(3)] == ["turn", "type", ""]
    assert store.archive.page(page.id).standing == changed
    store.archive.undo(batch.id)
    store.archive.change(batch.id, "turn", "zhang", turned([store.archive.page(page.id)], 180))
    assert store.archive.redo(batch.id) == "", "what was undone before a new change is gone"
    assert [edit.word for edit in store.archive.edits(batch.id)] == ["turn", "turn"]
    store.close()


def test_what_is_accepted_cannot_be_changed_until_it_is_returned(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    batch = batch_of(store)
    page = page_of(store, batch, 1)
    store.archive.change(batch.id, "turn", "zhang", turned([page], 90))
    file = store.archive_files.file(batch.id, "V", "XL1")
    store.archive_files.accept(file, "zhang", "")
    for refused in (
        lambda: store.archive.change(batch.id, "turn", "zhang", turned([page], 90)),
        lambda: store.archive.undo(batch.id),
        lambda: store.archive_files.accept(file, "zhang", ""),
        lambda: store.archive_files.know(file, FileFacts(plate="渝A12345"), "DYDJ"),
    ):
        with pytest.raises(NotAllowed) as refusal:
            refused()
        assert refusal.value.code == "ARC-121"
    store.archive_files.give_back(file, "NET-105")
    assert [each.serial for each in store.archive_files.returned()] == ["XL1"]
    store.archive.undo(batch.id)
    assert store.archive.page(page.id).standing.turn == 0
    store.close()


def test_a_batch_is_open_until_everything_of_it_is_acknowledged(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    empty = store.archive.begin(BatchProfile("V", "adf"), "zhang", STATION)
    batch = batch_of(store)
    page_of(store, batch, 1)
    file = store.archive_files.file(batch.id, "V", "XL1")
    store.archive_files.accept(file, "zhang", "")
    assert {each.id for each in store.archive.open_batches()} == {batch.id, empty.id}
    store.archive_files.sent(file, "F1")
    assert [each.id for each in store.archive.open_batches()] == [empty.id]
    lost = store.archive.keep(batch.id, Sheet(2, "front", 300, "image/jpeg", b"nobody's"))
    assert {each.id for each in store.archive.open_batches()} == {batch.id, empty.id}, "a page of nobody's waits"
    assert lost.standing.serial == ""
    store.close()


def test_a_pile_is_counted_again_and_only_what_is_empty_is_thrown_away(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    batch = store.archive.begin(BatchProfile("V", "adf", dpi=400, declared=Declared(3, 1)), "zhang", STATION)
    store.archive.redeclare(batch.id, Declared(24, 2))
    profile = store.archive.batch(batch.id).profile
    assert (profile.declared, profile.dpi) == (Declared(24, 2), 400)
    with pytest.raises(StoreFault) as fault:
        store.archive.redeclare("x", Declared())
    assert fault.value.code == "STO-110"
    store.archive.throw_away(batch.id)
    assert store.archive.open_batches() == ()
    page_of(store, batch, 1)
    assert [each.id for each in store.archive.open_batches()] == [batch.id], "a page that comes late is not lost sight of"
    with pytest.raises(NotAllowed) as refusal:
        store.archive.throw_away(batch.id)
    assert refusal.value.code == "ARC-127"
    assert [each.id for each in store.archive.open_batches()] == [batch.id]
    store.close()


def test_a_program_never_overrules_an_officer(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    batch = batch_of(store)
    page = page_of(store, batch, 1)
    store.archive.type_by_program(page.id, ProgramType("insurance", "title", 0.9, "强制保险单", 180))
    said = store.archive.page(page.id).standing
    assert (said.type, said.because, said.turn) == ("insurance", "强制保险单", 180)
    store.archive.change(batch.id, "type", "zhang", retyped([store.archive.page(page.id)], "origin"))
    store.archive.type_by_program(page.id, ProgramType("quota", "picture", 0.99))
    assert store.archive.page(page.id).standing.type == "origin"
    assert [(each.id, said) for each, said in store.archive.corrections()] == [(page.id, "insurance")]
    store.close()


@pytest.mark.parametrize(
    "query",
    [
        FileQuery(serial="XL1"),
        FileQuery(plate="渝A12345", plate_kind="02"),
        FileQuery(vin="LJCXX1A15N8000123"),
        FileQuery(archive_number="A7"),
        FileQuery(id_number="999999199003070015"),
        FileQuery(department="训练一所", scanned_by="zhang", state=FileState.OPEN, kind="V", business="DYDJ"),
    ],
)
def test_a_file_is_found_by_each_of_its_facts_and_by_no_other(tmp_path: Path, query: FileQuery) -> None:
    store, _, _ = new_store(tmp_path)
    batch = batch_of(store)
    facts = FileFacts("渝A12345", "02", "LJCXX1A15N8000123", "A7", "999999199003070015", "示例甲")
    store.archive_files.know(store.archive_files.file(batch.id, "V", "XL1"), facts, "DYDJ")
    assert [file.serial for file in store.archive_files.find(query)] == ["XL1"]
    wrong = replace(query, serial="XL2") if query.serial else replace(query, serial="nobody")
    assert store.archive_files.find(wrong) == ()
    day = store.now().date()
    assert len(store.archive_files.find(replace(query, first_day=day, last_day=day))) == 1
    assert store.archive_files.find(replace(query, last_day=day.replace(day=1))) == ()
    store.close()


def test_what_is_unknown_is_said(tmp_path: Path) -> None:
    store, _, _ = new_store(tmp_path)
    for asked in (
        lambda: store.archive.batch("x"),
        lambda: store.archive.page("x"),
        lambda: store.archive_files.file("x", "V", "y"),
    ):
        with pytest.raises(StoreFault) as fault:
            asked()
        assert fault.value.code == "STO-110"
    store.close()
