"""The life of keys: changed, also when the power goes in between, recovered by officers' parts, destroyed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import app.bootstrap.keys as keys_module
import app.store.rekey as rekey_module
from app.bootstrap.keys import KeyHouse
from app.bootstrap.secret import BackendSecret
from app.config.settings import Settings
from app.domain.audit import AuditQuery
from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.domain.records import Officer, Role
from app.security import keyring
from app.security.keyring import DataKey
from app.security.sealing import seal
from app.security.shares import read_part
from app.security.signing import SigningKeys, check_signature, read_signature
from app.store.audit import AuditMark
from app.store.blobs import BlobFolder
from app.store.second_factors import PURPOSE, SecondFactorRow
from app.store.store import Store
from helpers.stores import CHEAP, PASSWORD, TestClock, new_store, saved_session

OFFICERS = ("Officer-One-1", "Officer-Two-2", "Officer-Three-3")


class House:
    """A workstation with photos, two accounts, a token and a back end's password."""

    def __init__(self, root: Path) -> None:
        self.clock = TestClock()
        store, self.key, self.folder = new_store(root / "data", self.clock)
        store.put_account(Officer("zhang", "张某", Role.ADMINISTRATOR), enabled=True)
        keyring.add_slot(self.folder.keyring, self.key, "li", PASSWORD, CHEAP)
        store.put_account(Officer("li", "李某", Role.SECURITY), enabled=True)
        self.photos = [photo.number for photo in saved_session(store, self.clock)]
        self.pictures = [store.read_photo(number) for number in self.photos]
        token = seal(self.key, b"token secret", purpose=PURPOSE, owner="li")
        store.second_factors.keep("li", SecondFactorRow("totp", token, 7))
        self.public = SigningKeys(self.folder.root).own(self.key).public
        store.close()
        self.settings = Settings.load(self.folder.settings)
        self.settings.change("backend.account", "terminal-7")
        BackendSecret(self.folder, self.key, "terminal-7").keep("Library-2026")
        self.keys = KeyHouse(self.folder, self.settings, self.clock, CHEAP)

    def require_whole(self, key: DataKey) -> None:
        """Everything is there under this key."""
        with closing(Store.open(self.folder, key, self.clock)) as store:
            assert [store.read_photo(number) for number in self.photos] == self.pictures
            assert store.damage() == ()
            assert (store.reconciled.missing, store.reconciled.unreadable) == ((), ())
            assert store.audit.verify(self.public).findings == ()
            row = store.second_factors.of("li")
            assert row is not None
            assert row.used == 7
        assert SigningKeys(self.folder.root).own(key).public == self.public
        assert BackendSecret(self.folder, key, "terminal-7").read() == "Library-2026"

    def under_the_former_key(self) -> bool:
        former = self.key.id
        sealed = [*self.folder.blobs.rglob("*.sealed"), *self.folder.root.glob("*.sealed")]
        return any(former in path.read_bytes() for path in sealed)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def code_of(step: Callable[[], object]) -> str:
    try:
        step()
    except (NotAllowed, BadInput, StoreFault) as fault:
        return fault.code
    return ""


def test_after_a_change_everything_is_under_the_next_key_and_every_password_still_opens(house: House) -> None:
    key, damaged = house.keys.change("zhang", PASSWORD, new_root=False)
    assert damaged == ()
    assert key.id != house.key.id
    house.require_whole(key)
    assert not house.under_the_former_key()
    assert keyring.unlock(house.folder.keyring, "li", PASSWORD).id == key.id
    assert code_of(lambda: Store.open(house.folder, house.key, house.clock)) == "STO-103"
    again, _ = house.keys.change("li", PASSWORD, new_root=False)
    house.require_whole(again)
    with closing(Store.open(house.folder, again, house.clock)) as store:
        details = [row.detail for row in store.audit.find(AuditQuery(event="key-changed"))]
    assert details == ["generation 1 to 2", "generation 0 to 1"]


def test_after_a_leak_the_root_is_new_and_other_passwords_open_nothing_until_they_are_given_anew(house: House) -> None:
    key, _ = house.keys.change("zhang", PASSWORD, new_root=True)
    house.require_whole(key)
    assert keyring.accounts(house.folder.keyring) == ("zhang",)
    assert key.root != house.key.root
    keyring.change_slot(house.folder.keyring, key, "li", "Fresh-Word-3", CHEAP)
    assert keyring.unlock(house.folder.keyring, "li", "Fresh-Word-3").id == key.id


STEPS = (
    (BlobFolder, "write"),
    (rekey_module, "_rekey_database"),
    (rekey_module, "_copy"),
    (rekey_module, "_settle"),
    (SigningKeys, "reseal"),
    (AuditMark, "reseal"),
    (BackendSecret, "reseal"),
    (keys_module, "finish"),
)


@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("after", [False, True], ids=["before", "behind"])
def test_cut_off_at_any_step_it_goes_on_and_nothing_is_lost(
    house: House, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *, after: bool
) -> None:
    real = getattr(owner, name)

    def cut(*parts: object, **named: object) -> object:
        if after:
            real(*parts, **named)
        raise SystemExit("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, cut)
        with pytest.raises(SystemExit):
            house.keys.change("zhang", PASSWORD, new_root=False)
    if not (name == "finish" and after):
        assert code_of(lambda: keyring.unlock(house.folder.keyring, "li", PASSWORD)) == "KEY-105"
        assert code_of(lambda: house.keys.change("li", PASSWORD, new_root=False)) == "KEY-106"
        assert code_of(lambda: house.keys.change("zhang", "Wrong-2026", new_root=False)) == "AUT-101"
    key, damaged = house.keys.change("zhang", PASSWORD, new_root=False)
    assert damaged == ()
    house.require_whole(key)
    assert not house.under_the_former_key()


def test_a_picture_that_was_damaged_before_is_named_and_stays_as_it_was(house: House) -> None:
    spoilt = sorted(house.folder.blobs.rglob("*.sealed"))[0]
    data = bytearray(spoilt.read_bytes())
    data[-20] ^= 1
    spoilt.write_bytes(data)
    _, damaged = house.keys.change("zhang", PASSWORD, new_root=False)
    assert damaged == (spoilt.name.removesuffix(".sealed"),)
    assert spoilt.read_bytes() == bytes(data)


def test_a_full_disk_stops_it_with_the_former_database_in_its_place(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("app.store.rekey.os.fsync", full)
        assert code_of(lambda: house.keys.change("zhang", PASSWORD, new_root=False)) == "STO-101"
    key, _ = house.keys.change("zhang", PASSWORD, new_root=False)
    house.require_whole(key)


def split(house: House, target: Path) -> list[Path]:
    with closing(Store.open(house.folder, house.key, house.clock)) as store:
        store.audit.sit("zhang", lambda: "T1")
        return house.keys.split(store, house.key, 2, OFFICERS, target)


def test_with_the_keyring_gone_two_officers_bring_it_back_also_after_a_change(house: House, tmp_path: Path) -> None:
    paths = split(house, tmp_path / "parts")
    key, _ = house.keys.change("zhang", PASSWORD, new_root=False)
    house.folder.keyring.unlink()
    parts = [(read_part(paths[at].read_bytes()), OFFICERS[at]) for at in (0, 2)]
    assert code_of(lambda: house.keys.recover(parts[:1], "zhang", "Fresh-Word-3")) == "KEY-112"
    assert code_of(lambda: house.keys.recover(parts, "zhang", "short")) == "AUT-110"
    assert house.keys.recover(parts, "zhang", "Fresh-Word-3").id == key.id
    house.require_whole(keyring.unlock(house.folder.keyring, "zhang", "Fresh-Word-3"))


def test_a_forgotten_password_is_recovered_and_the_others_stay(house: House, tmp_path: Path) -> None:
    paths = split(house, tmp_path / "parts")
    parts = [(read_part(paths[at].read_bytes()), OFFICERS[at]) for at in (1, 2)]
    house.keys.recover(parts, "wang", "Fresh-Word-3")
    for account, password in (("wang", "Fresh-Word-3"), ("li", PASSWORD)):
        house.require_whole(keyring.unlock(house.folder.keyring, account, password))
    with closing(Store.open(house.folder, house.key, house.clock)) as store:
        officer = store.account("wang")
    assert officer is not None
    assert officer.role is Role.ADMINISTRATOR


def test_parts_of_another_workstation_open_nothing_here(house: House, tmp_path: Path) -> None:
    other = House(tmp_path / "other")
    paths = split(other, tmp_path / "parts")
    parts = [(read_part(path.read_bytes()), word) for path, word in zip(paths, OFFICERS, strict=True)]
    before = house.folder.keyring.read_bytes()
    assert code_of(lambda: house.keys.recover(parts, "zhang", "Fresh-Word-3")) == "KEY-113"
    assert house.folder.keyring.read_bytes() == before


def test_it_takes_two_to_destroy_it_and_nothing_opens_afterwards(house: House, tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    kept = tmp_path / "copy"
    shutil.copytree(house.folder.root, kept)
    with closing(Store.open(house.folder, house.key, house.clock)) as store:
        store.audit.sit("zhang", lambda: "T1")

        def destroyed(supervisor: Officer, *, even_unsent: bool) -> bytes:
            return house.keys.destroy(store, house.key, supervisor, "报废", even_unsent=even_unsent)

        for alone in (Officer("zhang", "张某", Role.SECURITY), Officer("wang", "王某", Role.OFFICER)):
            assert code_of(lambda alone=alone: destroyed(alone, even_unsent=True)) == "KEY-107"  # type: ignore[misc]
        assert code_of(lambda: destroyed(Officer("li", "李某", Role.SECURITY), even_unsent=False)) == "KEY-108"
        told = destroyed(Officer("li", "李某", Role.SECURITY), even_unsent=True)
        house.keys.keep_record(house.key, told, record)
    assert code_of(lambda: keyring.unlock(house.folder.keyring, "zhang", PASSWORD)) == "", "the record comes first"
    house.keys.shred()
    assert code_of(lambda: keyring.unlock(house.folder.keyring, "zhang", PASSWORD)) == "KEY-101"
    document = json.loads(record.read_bytes())
    assert (document["executor"], document["supervisor"], document["reason"]) == ("zhang", "li", "报废")
    signature = read_signature(record.with_name(record.name + ".sig").read_bytes())
    check_signature(signature, record.read_bytes(), record.name)
    assert signature.public == house.public


def test_what_held_the_keys_is_written_over_before_it_goes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    real = os.fsync
    path = house.folder.keyring

    def noticed(descriptor: int) -> None:
        written.append(path.read_bytes())
        real(descriptor)

    before = path.read_bytes()
    monkeypatch.setattr("app.security.rekeying.os.fsync", noticed)
    house.keys.shred()
    assert len(written[0]) == len(before)
    assert b"wrapped" not in written[0]
