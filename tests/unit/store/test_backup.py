"""A backup holds everything, opens with a password only, tells of every changed byte, and comes back as it was."""

from __future__ import annotations

import random
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from app.config.places import DataFolder
from app.desk.restoring import restore
from app.domain.audit import Access, AuditEvent
from app.domain.errors import BadInput, NotAllowed, WorkstationError
from app.security import keyring
from app.security.signing import SigningKeys, new_signing_key
from app.store.backup import Backup, back_up, read_backup
from app.store.database import open_database
from app.store.store import Store
from helpers.stores import PASSWORD, PERSON, TestClock, new_store, saved_session


class Station:
    """A workstation with one saved photo and a log of it."""

    def __init__(self, root: Path) -> None:
        self.clock, self.root = TestClock(), root
        self.store, self.key, self.folder = new_store(root / "data", self.clock)
        self.own = SigningKeys(self.folder.root).own(self.key)
        keyring.create_machine_slot(self.folder.keyring, self.key)
        self.photos = [self._photo()]
        self.store.audit.note(Access(AuditEvent.PHOTO_SEEN, self.photos[0], PERSON.id_number))
        self.store.audit.anchor(self.own)

    def _photo(self) -> str:
        return saved_session(self.store, self.clock)[0].number

    def one_more(self) -> None:
        self.store = Store.open(self.folder, self.key, self.clock)
        self.photos.append(self._photo())

    def back_up(self, name: str, base: Backup | None = None) -> Backup:
        self.store.close()
        return back_up(self.folder, self.own, self.root / name, self.clock.now(), base)

    def restore(self, full: Backup, newer: Backup | None = None, password: str = PASSWORD) -> list[str]:
        """The photos that are there afterwards."""
        target = DataFolder(self.root / "restored")
        restore(full, newer, target, "zhang", password, self.clock)
        store = Store.open(target, keyring.unlock(target.keyring, "zhang", PASSWORD), self.clock)
        try:
            assert store.audit.verify(self.own.public).findings == ()
            return [number for number in self.photos if _there(store, number)]
        finally:
            store.close()


def _there(store: Store, number: str) -> bool:
    try:
        return bool(store.read_photo(number))
    except WorkstationError:
        return False


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def test_a_full_backup_comes_back_as_it_was(station: Station) -> None:
    full = station.back_up("full.backup")
    assert full.within == full.files.keys()
    assert station.restore(full) == station.photos


def test_a_differential_one_holds_what_is_new_and_comes_back_on_its_full_one(station: Station) -> None:
    full = station.back_up("full.backup")
    station.one_more()
    newer = station.back_up("monday.backup", full)
    assert 0 < len(newer.within) < len(newer.files)
    assert not {name for name in newer.within if name.startswith("blobs/")} & full.files.keys()
    assert station.restore(full, newer) == station.photos
    assert len(station.photos) == 2


def test_a_differential_one_needs_the_full_one_it_was_made_from(station: Station) -> None:
    full = station.back_up("full.backup")
    station.one_more()
    newer, other = station.back_up("monday.backup", full), station.back_up("other.backup")
    for pair in ((other, newer), (newer, None)):
        with pytest.raises(BadInput, match="BKP-105"):
            station.restore(*pair)
    assert not (station.root / "restored").exists()


def test_nothing_of_anybody_lies_readable_in_it_and_no_key_opens_it_but_a_password(station: Station) -> None:
    full = station.back_up("full.backup")
    data = full.path.read_bytes()
    for word in (PERSON.name.encode(), PERSON.id_number.encode(), b"\xff\xd8composed", b"original of"):
        assert word not in data
    assert "machine.key" not in full.files
    assert full.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotAllowed, match="AUT-101"):
        station.restore(full, password="Wrong-2026")
    assert not (station.root / "restored").exists()
    assert not (station.root / "restored.restoring").exists()


def test_a_changed_byte_anywhere_that_counts_is_told(station: Station) -> None:
    full = station.back_up("full.backup")
    data = full.path.read_bytes()
    with tarfile.open(full.path) as tar:
        members = [(m.offset_data, m.size) for m in tar.getmembers()]
    dice = random.Random(7)
    for _ in range(60):
        offset, size = dice.choice(members)
        place = offset + dice.randrange(size)
        changed = bytearray(data)
        changed[place] ^= dice.randrange(1, 256)
        full.path.write_bytes(changed)
        with pytest.raises(BadInput) as told:
            read_backup(full.path)
        assert told.value.code in {"BKP-101", "BKP-102", "SGN-101", "SGN-103"}, place


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_cut_off_is_none(station: Station, share: float) -> None:
    full = station.back_up("full.backup")
    data = full.path.read_bytes()
    full.path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadInput, match="BKP-101"):
        read_backup(full.path)


def test_one_signed_by_somebody_else_is_refused(station: Station) -> None:
    station.store.close()
    forged = back_up(station.folder, new_signing_key(), station.root / "forged.backup", station.clock.now())
    with pytest.raises(BadInput, match="BKP-103"):
        station.restore(forged)


def test_nothing_is_written_over_what_is_there(station: Station) -> None:
    full = station.back_up("full.backup")
    there = station.root / "restored" / "keyring.json"
    there.parent.mkdir()
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="BKP-104"):
        station.restore(full)
    assert there.read_text(encoding="utf-8") == "mine"


def test_a_tampered_log_inside_is_told_before_it_becomes_the_station_s(station: Station) -> None:
    station.store.close()
    db = open_database(station.folder.database, station.key.database_key_hex())
    db.execute("DROP TRIGGER audit_remains")
    db.execute("DELETE FROM audit")
    db.close()
    with pytest.raises(WorkstationError, match="BKP-106"):
        station.restore(station.back_up("full.backup"))


def test_a_name_that_leads_out_of_the_folder_is_refused(station: Station) -> None:
    full = station.back_up("full.backup")
    evil = station.root / "evil.backup"
    with tarfile.open(full.path) as old, tarfile.open(evil, "w") as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            assert file is not None
            data = file.read()
            if member.name == "manifest.json":
                data = data.replace(b'"keyring.json"', b'"../ring.json"')
            member.size = len(data)
            new.addfile(member, BytesIO(data))
    with pytest.raises(BadInput, match="BKP-101"):
        read_backup(evil)
