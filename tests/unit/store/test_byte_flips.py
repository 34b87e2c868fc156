"""One byte changed anywhere in what the workstation keeps: it is noticed and named, and nothing else suffers."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.config.places import DataFolder
from app.domain.audit import Access, AuditEvent
from app.domain.errors import WorkstationError
from app.security import keyring
from app.security.signing import SigningKeys
from app.store.store import Store
from helpers.stores import PASSWORD, PERSON, TestClock, new_store, saved_session

KEPT = ("store.db", "audit-head.sealed", "signing.sealed", "keyring.json")


@dataclass(frozen=True)
class Kept:
    """A data folder as its owner left it. ``names``: what each look at it finds."""

    root: Path
    public: str
    photos: tuple[str, ...]

    def files(self) -> list[Path]:
        kept = [self.root / name for name in KEPT]
        return sorted([*(p for p in kept if p.is_file()), *(self.root / "blobs").rglob("*.sealed")])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    root, clock = tmp_path_factory.mktemp("kept") / "data", TestClock()
    store, key, folder = new_store(root, clock)
    own = SigningKeys(folder.root).own(key)
    photos = [photo.number for _ in range(3) for photo in saved_session(store, clock)]
    for number in photos:
        store.audit.note(Access(AuditEvent.PHOTO_SEEN, number, PERSON.id_number))
    store.audit.anchor(own)
    store.close()
    return Kept(root, own.public, tuple(photos))


def look(root: Path, kept: Kept) -> list[str]:
    """Everything that a look at the folder names; empty when all of it is as it was left."""
    folder = DataFolder(root)
    try:
        key = keyring.unlock(folder.keyring, "zhang", PASSWORD)
        store = Store.open(folder, key, TestClock())
    except WorkstationError as error:
        return [error.code]
    try:
        named = [found.place for found in store.damage()]
        named += [finding.words() for finding in store.audit.verify(kept.public).findings]
        named += [*store.reconciled.missing, *store.reconciled.unreadable]
        if not named:
            assert tuple(store.photo(number).number for number in kept.photos) == kept.photos
            assert all(store.read_photo(number) for number in kept.photos)
        SigningKeys(root).own(key)
    except WorkstationError as error:
        return [*named, error.code]
    else:
        return named
    finally:
        store.close()


def flip(kept: Kept, root: Path, seed: int) -> tuple[str, list[str]]:
    """Another byte at a random place of a random file of a copy; which file, and what was named."""
    dice = random.Random(seed)
    shutil.copytree(kept.root, root)
    path = root / dice.choice(kept.files()).relative_to(kept.root)
    data = bytearray(path.read_bytes())
    place = dice.randrange(len(data))
    data[place] ^= dice.randrange(1, 256)
    path.write_bytes(data)
    named = look(root, kept)
    shutil.rmtree(root)
    return f"{path.name} byte {place}", named


def check(kept: Kept, root: Path, flips: int) -> None:
    for seed in range(flips):
        place, named = flip(kept, root / str(seed), seed)
        # A blank of the keyring's JSON may become another blank: then everything was read as it was left.
        assert named or place.startswith("keyring.json"), f"seed {seed}: {place} went unnoticed"


def test_an_untouched_folder_is_as_it_was_left(kept: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.root, tmp_path / "copy")
    assert look(tmp_path / "copy", kept) == []


def test_one_changed_byte_is_named(kept: Kept, tmp_path: Path) -> None:
    check(kept, tmp_path, 100)


@pytest.mark.exhaustive
def test_two_thousand_changed_bytes_are_named(kept: Kept, tmp_path: Path) -> None:
    check(kept, tmp_path, 2_000)


def test_a_changed_byte_of_one_photo_leaves_the_others(kept: Kept, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(kept.root, root)
    victim = next(p for p in sorted(root.rglob("*.sealed")) if p.parent.parent.name == "blobs")
    data = bytearray(victim.read_bytes())
    data[-1] ^= 1
    victim.write_bytes(data)
    store = Store.open(DataFolder(root), keyring.unlock(root / "keyring.json", "zhang", PASSWORD), TestClock())
    try:
        assert [found.place for found in store.damage()] == [victim.name.removesuffix(".sealed")]
        told = [_told(store, number) for number in kept.photos]
        assert sorted(told) in (["", "", ""], ["", "", "SEA-104"]), "an original or one photo"
    finally:
        store.close()


def _told(store: Store, number: str) -> str:
    """What somebody hears who wants the photo, "" when she gets it."""
    try:
        store.read_photo(number)
    except WorkstationError as error:
        return error.code
    return ""
