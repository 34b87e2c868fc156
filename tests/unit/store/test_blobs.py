"""A sealed file that was cut, renamed or altered does not open, whatever its bytes are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import StoreFault
from app.security import keyring
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from helpers.stores import CHEAP, PASSWORD

LABEL = BlobLabel("original", "01ABCDEFGHAA", "S1", 1, "2026-11-24T09:00:00+08:00")


def _folder(root: Path) -> BlobFolder:
    return BlobFolder(root / "blobs", keyring.create(root / "keyring.json", "z", PASSWORD, CHEAP))


def test_picture_and_origin_come_back(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    folder.write(LABEL, BlobContent(b"\x00jpeg\xff", "D750", "名字.JPG"))
    assert folder.open(LABEL.id) == (LABEL, BlobContent(b"\x00jpeg\xff", "D750", "名字.JPG"))


def test_a_file_under_another_name_does_not_open(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    folder.write(LABEL, BlobContent(b"a", "", ""))
    path = tmp_path / "blobs" / "aa" / f"{LABEL.id}.sealed"
    path.rename(path.with_name("OTHERAA.sealed"))
    with pytest.raises(StoreFault) as refused:
        folder.read("OTHERAA")
    assert refused.value.code == "SEA-104"


def test_a_label_made_to_name_another_session_does_not_open(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    folder.write(LABEL, BlobContent(b"a", "", ""))
    path = tmp_path / "blobs" / "aa" / f"{LABEL.id}.sealed"
    path.write_bytes(path.read_bytes().replace(b'"S1"', b'"S2"'))
    with pytest.raises(StoreFault) as refused:
        folder.read(LABEL.id)
    assert refused.value.code == "SEA-104"


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda b: b"JCB1" + b))
def test_any_bytes_in_its_place_end_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.mktemp("blobs")
    folder = _folder(root)
    (root / "blobs" / "aa").mkdir()
    (root / "blobs" / "aa" / f"{LABEL.id}.sealed").write_bytes(data)
    with pytest.raises(StoreFault):
        folder.read(LABEL.id)
