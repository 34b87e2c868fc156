"""Only an account's own password opens the data, and a damaged keyring is never written over."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput, NotAllowed, StoreFault
from app.security import keyring
from helpers.stores import CHEAP, PASSWORD


def test_every_account_opens_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    key = keyring.create(path, "zhang", PASSWORD, CHEAP)
    keyring.add_slot(path, key, "li", "Other-2026", CHEAP)
    assert keyring.unlock(path, "li", "Other-2026").id == keyring.unlock(path, "zhang", PASSWORD).id == key.id
    assert keyring.accounts(path) == ("li", "zhang")


@pytest.mark.parametrize(("account", "password"), [("zhang", "wrong"), ("nobody", PASSWORD), ("\x00machine", PASSWORD)])
def test_a_wrong_password_and_an_unknown_account_sound_the_same(tmp_path: Path, account: str, password: str) -> None:
    path = tmp_path / "keyring.json"
    keyring.create(path, "zhang", PASSWORD, CHEAP)
    with pytest.raises(NotAllowed) as refused:
        keyring.unlock(path, account, password)
    assert refused.value.code == "AUT-101"


def test_a_removed_account_opens_nothing_and_the_last_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    key = keyring.create(path, "zhang", PASSWORD, CHEAP)
    keyring.add_slot(path, key, "li", "Other-2026", CHEAP)
    keyring.remove_slot(path, "li")
    with pytest.raises(NotAllowed):
        keyring.unlock(path, "li", "Other-2026")
    with pytest.raises(NotAllowed) as refused:
        keyring.remove_slot(path, "zhang")
    assert refused.value.code == "KEY-104"


@pytest.mark.parametrize("password", ["Short1!", "alllowercase", "12345678", "abcdefg1"])
def test_a_weak_password_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(BadInput) as refused:
        keyring.create(tmp_path / "keyring.json", "zhang", password, CHEAP)
    assert refused.value.code == "AUT-110"
    assert not (tmp_path / "keyring.json").exists()


def test_the_open_station_is_opened_by_this_machines_own_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    key = keyring.create(path, "zhang", PASSWORD, CHEAP)
    keyring.create_machine_slot(path, key)
    assert keyring.unlock_machine(path).id == key.id
    machine = tmp_path / "machine.key"
    assert stat.S_IMODE(machine.stat().st_mode) == 0o600
    machine.write_bytes(bytes(32))
    with pytest.raises(StoreFault):
        keyring.unlock_machine(path)


def test_neither_the_key_nor_the_password_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    key = keyring.create(path, "zhang", PASSWORD, CHEAP)
    text = path.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert key.database_key_hex() not in text
    assert "…" in repr(key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_keyring_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    keyring.create(path, "zhang", PASSWORD, CHEAP)
    with pytest.raises(NotAllowed) as refused:
        keyring.create(path, "zhang", PASSWORD, CHEAP)
    assert refused.value.code == "KEY-103"


def test_keys_of_different_purposes_have_nothing_in_common(tmp_path: Path) -> None:
    key = keyring.create(tmp_path / "keyring.json", "zhang", PASSWORD, CHEAP)
    assert len({key.sealing_key("a"), key.sealing_key("b"), bytes.fromhex(key.database_key_hex())[:16]}) == 3


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.integers(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)).map(
        lambda v: json.dumps({"version": 1, "slots": {"zhang": v}}).encode()
    )
)
def test_any_bytes_in_its_place_end_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("keyring") / "keyring.json"
    path.write_bytes(data)
    with pytest.raises((StoreFault, NotAllowed)):
        keyring.unlock(path, "zhang", PASSWORD)


def test_a_slot_that_would_eat_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    keyring.create(path, "zhang", PASSWORD, CHEAP)
    document = json.loads(path.read_text())
    document["slots"]["zhang"]["scrypt"]["n"] = 2**40
    path.write_text(json.dumps(document))
    with pytest.raises(StoreFault) as fault:
        keyring.unlock(path, "zhang", PASSWORD)
    assert fault.value.code == "KEY-102"
