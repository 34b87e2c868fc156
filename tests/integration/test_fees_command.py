"""`jingchuang fees`: the key is kept sealed, items are the finance system's, open orders are asked about once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.domain.records import Officer, Role
from app.security import keyring
from app.store.store import Store
from helpers.fees import demand
from helpers.library import ACCOUNT, Library
from helpers.stores import PASSWORD, new_key


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A station with one administrator and an order that nobody has asked about."""
    folder = DataFolder(tmp_path / "data")
    new_key(folder)
    store = Store.open(folder, keyring.unlock(folder.keyring, "zhang", PASSWORD), SystemClock())
    store.put_account(Officer("zhang", "张某", Role.ADMINISTRATOR), enabled=True)
    store.fees.place(demand())
    store.close()
    return folder


def fees(monkeypatch: pytest.MonkeyPatch, folder: DataFolder, action: str, *typed: str) -> int:
    answers = iter((PASSWORD, *typed))
    monkeypatch.setattr("app.cli.fee_commands.ask_password", lambda prompt: next(answers))
    return main(["--language", "zh_CN", "fees", action, "--user", "zhang", "--data", str(folder.root), "--json"])


def test_key_items_and_one_round_of_questions(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library = Library(tmp_path / "library")
    url = library.start()
    try:
        settings = Settings.load(folder.settings)
        settings.change("payment.url", url)
        settings.change("payment.app_id", ACCOUNT.fiscal.app_id)
        settings.change("payment.unit_code", ACCOUNT.fiscal.unit_code)
        assert fees(monkeypatch, folder, "poll") == 3, "without its key the gateway refuses us"
        assert json.loads(capsys.readouterr().out)["stopped_by"] == "FEE-123"
        assert fees(monkeypatch, folder, "set-key", ACCOUNT.fiscal.app_key) == 0
        assert not any(ACCOUNT.fiscal.app_key.encode() in p.read_bytes() for p in folder.root.rglob("*") if p.is_file())
        assert fees(monkeypatch, folder, "items") == 0
        assert json.loads(capsys.readouterr().out)["items"][0]["fen"] == 2000
    finally:
        library.stop()


def test_without_a_gateway_it_says_so(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fees(monkeypatch, folder, "poll") == 2
    assert "FEE-120" in "".join(capsys.readouterr())
