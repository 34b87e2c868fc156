"""The photo library's password: sealed beside the store, one per account, never a reason that nobody can sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap.secret import BackendSecret
from app.config.places import DataFolder
from app.domain.errors import StoreFault
from helpers.stores import new_key


def test_the_password_comes_back_and_is_not_on_the_disk_in_plain(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    key = new_key(folder)
    BackendSecret(folder, key, "station-7").keep("Secret-of-7")
    assert BackendSecret(folder, key, "station-7").read() == "Secret-of-7"
    assert all(b"Secret-of-7" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_after_the_account_changed_in_the_settings_there_is_simply_no_password_yet(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    key = new_key(folder)
    BackendSecret(folder, key, "station-7").keep("Secret-of-7")
    assert BackendSecret(folder, key, "station-8").read() == ""
    assert BackendSecret(folder, key, "station-7").read() == "Secret-of-7"


def test_a_file_put_there_for_another_account_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    key = new_key(folder)
    BackendSecret(folder, key, "a").keep("A")
    BackendSecret(folder, key, "b").keep("B")
    first, second = sorted(tmp_path.glob("backend-*.sealed"))
    first.write_bytes(second.read_bytes())
    with pytest.raises(StoreFault) as caught:
        [BackendSecret(folder, key, account).read() for account in ("a", "b")]
    assert caught.value.code == "SEA-104"
