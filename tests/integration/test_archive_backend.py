"""Archive and back end: files go once whatever breaks, types by one kilobyte, others' pages by permission alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import cv2
import pytest

from app.archive.page_facts import measured
from app.archive.small_picture import envelope_of, small_picture
from app.bootstrap.server import type_of
from app.domain.archive_batch import ArchiveFile, BatchProfile, FileState, PageFound, PageRole, Standing
from app.domain.errors import NotAllowed
from app.domain.records import Station
from app.security.digest import sm3_hex
from app.store.archive import Sheet
from app.store.store import Store
from app.sync.archives import ArchiveClient, ArchiveLane
from app.sync.client import BackendClient, RefusedByBackend
from app.training.faults import BackendFault
from helpers.archive_documents import drawn
from helpers.library import ACCOUNT, Library
from helpers.stores import TestClock, new_store

DEPARTMENT, OTHER = "训练一所", "训练二所"
STATION = Station("T1", "999999", DEPARTMENT, "training")


@dataclass
class House:
    store: Store
    library: Library
    client: ArchiveClient
    lane: ArchiveLane
    clock: TestClock
    root: Path

    def file(self, serial: str, pages: tuple[bytes, ...]) -> ArchiveFile:
        """Scanned, typed and accepted."""
        batch = self.store.archive.begin(BatchProfile("V", "adf"), "zhang", STATION)
        self.store.archive_files.open(batch, "V", serial, "DYDJ")
        for number, data in enumerate(pages, start=1):
            page = self.store.archive.keep(batch.id, Sheet(number, "front", 300, "image/jpeg", data))
            standing = Standing(PageRole.PAGE, "V", serial, "DYDJ", float(number), type="mortgage-form", by="officer")
            self.store.archive.measure(page.id, PageFound(dpi=300), standing)
        self.store.archive_files.accept(self.store.archive_files.file(batch.id, "V", serial), "zhang", "")
        return self.store.archive_files.file(batch.id, "V", serial)

    def now(self, file: ArchiveFile) -> ArchiveFile:
        return self.store.archive_files.file(file.batch, file.kind, file.serial)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = TestClock()
    library = Library(tmp_path / "library", clock, type_of=type_of)
    url = library.start()
    store, _, _ = new_store(tmp_path / "data", clock)
    backend = BackendClient(url, ACCOUNT.account, ACCOUNT.password, terminal="T1")
    client = ArchiveClient(backend)
    lane = ArchiveLane(store.archive, store.archive_files, client, clock)
    try:
        yield House(store, library, client, lane, clock, tmp_path)
    finally:
        backend.close()
        store.close()
        library.stop()


@pytest.mark.parametrize("fault", [BackendFault.ERROR_500, BackendFault.DROP_AFTER])
def test_whatever_breaks_on_the_way_a_file_arrives_once(house: House, fault: BackendFault) -> None:
    file = house.file("XL1", (b"page one", b"page two"))
    for _ in range(6):
        house.library.service.faults.plan(fault, 1)
        house.lane.run_once()
        if house.now(file).state is FileState.SENT:
            break
        assert house.now(file).error.startswith("NET-"), "why it waits is said"
        house.clock.time += timedelta(minutes=10)
    house.library.service.faults.plan(fault, 0)
    house.lane.run_once()
    assert house.now(file).state is FileState.SENT
    assert [each["serial"] for each in house.library.service.archives.book.find({})] == ["XL1"]


def test_what_the_back_end_refuses_comes_back_to_the_window(house: House) -> None:
    file = house.file("XL1", (b"page one",))
    house.library.service.faults.plan(BackendFault.REFUSE, 1)
    report = house.lane.run_once()
    assert report.refused == 1
    assert (house.now(file).state, house.now(file).error) == (FileState.RETURNED, "NET-105")


def test_a_file_is_not_taken_before_its_pages(house: House) -> None:
    file = house.file("XL1", (b"page one",))
    with pytest.raises(RefusedByBackend):
        house.client.send_file(file, house.store.archive_files.pages(file))


def test_another_department_sees_a_page_by_permission_alone_until_it_ends_and_every_try_is_kept(house: House) -> None:
    house.file("XL1", (b"page one",))
    house.lane.run_once()
    digest = sm3_hex(b"page one")
    assert house.client.page(digest, DEPARTMENT, "zhang") == b"page one"

    def refused(loan: str = "") -> None:
        with pytest.raises(NotAllowed) as refusal:
            house.client.page(digest, OTHER, "li", loan)
        assert refusal.value.code == "ARC-130"

    refused()
    loan = house.client.ask_loan("V", "XL1", OTHER, "li", "转入业务")
    refused(loan)
    house.client.decide_loan(loan, grant=True, days=2)
    assert house.client.page(digest, OTHER, "li", loan) == b"page one"
    with pytest.raises(NotAllowed):
        house.client.page(digest, "训练三所", "wang", loan)
    house.clock.time += timedelta(days=2, seconds=1)
    refused(loan)
    assert [each.state for each in house.client.loans(OTHER)] == ["granted"]
    results = [result for _, department, result in house.library.service.archives.book.looks() if department == OTHER]
    assert results == ["ARC-130", "ARC-130", "seen", "ARC-130"]


def test_one_kilobyte_tells_the_type_and_a_broken_picture_is_named(house: House) -> None:
    pixels = drawn("vehicle", "insurance", 70_005, 150)
    small = small_picture(pixels).data
    envelope = vars(envelope_of(pixels, measured(pixels, 150)))
    said = house.client.classify("vehicle", {"d1": (small, envelope), "d2": (b"torn", envelope)})
    assert said["d1"][0] == "insurance"
    assert "d2" not in said
    assert house.client.classified("vehicle", ["d1", "d2", "d3"]).keys() == {"d1"}


def test_pictures_go_only_after_their_receipt_and_their_days_and_can_still_be_had(house: House) -> None:
    file = house.file("XL1", (b"page one",))
    waiting = house.file("XL2", (b"page two",))
    house.lane.run_once()
    again = house.file("XL3", (b"page three",))
    assert house.store.archive_files.clean_up(house.clock.now()) == 0, "nothing is older than now"
    house.clock.time += timedelta(days=31)
    assert house.store.archive_files.clean_up(house.clock.now()) == 2
    page = house.store.archive_files.pages(house.now(file))[0]
    assert not (house.root / "data" / "blobs").joinpath(page.id).exists()
    assert house.client.page(page.digest, DEPARTMENT, "zhang") == b"page one"
    assert house.store.archive.data(house.store.archive_files.pages(again)[0].id) == b"page three"
    assert house.now(waiting).state is FileState.SENT


def test_after_each_pass_of_the_line_old_pictures_are_tidied_away(house: House) -> None:
    tidied: list[int] = []
    lane = ArchiveLane(house.store.archive, house.store.archive_files, house.client, house.clock, lambda: tidied.append(1))
    lane.run_once()
    assert tidied == [1]


def test_a_picture_that_is_not_what_was_asked_for_is_not_put_back(house: House) -> None:
    file = house.file("XL1", (cv2.imencode(".jpg", drawn("vehicle", "quota", 1, 60))[1].tobytes(),))
    page = house.store.archive_files.pages(file)[0]
    with pytest.raises(NotAllowed) as refusal:
        house.store.archive.put_back(page, b"another")
    assert refusal.value.code == "ARC-140"
