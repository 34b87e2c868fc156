"""`jingchuang card`: every kind of card, every baud rate, each fault in turn; one JSON document whatever happens."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.equipment import ask_devices
from app.cli import main
from app.config.settings import Settings
from devices.ports.card_photo import RGB_BYTES
from devices.simulators.sdt.cards import KINDS, InventedCard, invented_card, text_block
from devices.simulators.sdt.faults import Fault, Planned, Step
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader
from helpers.card_library import PHOTO, compiled

ROOT = Path(__file__).resolve().parents[2]
CARD = invented_card("resident", 3)


def card(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    status = main(["--language", "zh_CN", "card", "--json", *map(str, arguments)])
    return status, json.loads(capsys.readouterr().out)


def read_from(
    capsys: pytest.CaptureFixture[str], module: SamModule, *arguments: object, options: str = "patience=0.3", **reader: Any
) -> tuple[int, Any]:
    """The command on a pseudo-terminal with this module behind it."""
    terminal = TerminalReader(module, **reader)
    terminal.start()
    try:
        return card(capsys, "--device", f"sdt:{terminal.path}?{options}", "--wait", 0, *arguments)
    finally:
        terminal.stop()


def with_card(laid: InventedCard) -> SamModule:
    module = SamModule()
    module.lay(laid)
    return module


@pytest.mark.parametrize("baud", [115200, 57600, 38400, 19200, 9600])
def test_all_four_kinds_are_read_at_every_baud_rate(capsys: pytest.CaptureFixture[str], baud: int) -> None:
    kind = KINDS[baud % len(KINDS)] if baud != 115200 else None
    for one in (kind,) if kind else KINDS:
        laid = invented_card(one, 5, new_address=True)
        status, document = read_from(capsys, with_card(laid), "--fingerprints", options=f"baud={baud}", baud=baud)
        assert status == 0
        assert document["card_type"] == one
        assert b64decode(document["blocks"]["text"]) == laid.text
        assert b64decode(document["blocks"]["photo"]) == laid.photo
        assert b64decode(document["blocks"]["fingerprints"]) == laid.fingerprints
        assert document["fields"]["new_address"] == laid.new_address
        assert document["findings"] == []
        assert document["fingers"][0] == {"finger": 11, "registration": "registered", "quality": 80}


@pytest.mark.parametrize("fault", [f for f in Fault if f not in (Fault.STATUS_WORD, Fault.UNPLUG)], ids=lambda f: f.value)
def test_each_fault_ends_in_the_card_or_in_a_sentence(capsys: pytest.CaptureFixture[str], fault: Fault) -> None:
    module = with_card(CARD)
    module.faults.plan(Planned(fault, Step.READ, 1))
    status, document = read_from(capsys, module, options="baud=115200&patience=0.3")
    if fault is Fault.PULLED:
        assert (status, document["error"]["code"]) == (3, "CRD-141")
    else:
        assert (status, b64decode(document["blocks"]["text"])) == (0, CARD.text)


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        (Planned(Fault.STATUS_WORD, Step.READ, 0, 0x33), "CRD-133"),
        (Planned(Fault.STATUS_WORD, Step.SELECT, 0, 0x40), "CRD-104"),
        (Planned(Fault.CHECKSUM, Step.READ, 0), "CRD-106"),
        (Planned(Fault.SILENCE, Step.READ, 0), "CRD-107"),
        (Planned(Fault.UNPLUG, Step.READ), "CRD-108"),
    ],
    ids=["refused", "wrong card", "garbled", "silent", "unplugged"],
)
def test_what_cannot_be_made_good_is_said_in_its_own_words(
    capsys: pytest.CaptureFixture[str], planned: Planned, code: str
) -> None:
    module = with_card(CARD)
    module.faults.plan(planned)
    status, document = read_from(capsys, module, options="baud=115200&patience=0.3")
    assert (status, document["error"]["code"]) == (3, code)
    assert document["error"]["next"]


def test_no_card_in_time_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    status, document = read_from(capsys, SamModule(), options="baud=115200")
    assert (status, document["error"]["code"]) == (3, "CRD-101")


def test_a_long_term_card_with_a_rare_name_and_an_unknown_nation_is_told_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fields = [("𬱖\ue863\ud862示", 15), ("2", 1), ("77", 2), ("19900307", 8), ("测试路1号", 35), ("999999199003071024", 18)]
    text = text_block([*fields, ("测试市公安局", 15), ("20200102", 8), ("长期", 8), ("", 18)])
    status, document = read_from(capsys, with_card(replace(CARD, text=text)), options="baud=115200")
    assert status == 0
    assert document["fields"]["name"] == "𬱖\ue863⟨D862⟩示"
    assert document["words"]["nation"] == "77"
    assert document["validity"] == {"state": "valid", "since": "2020-01-02", "until": None, "long_term": True}
    found = [finding["id"] for finding in document["findings"]]
    assert found == ["name-rare", "text-broken", "number-check", "nation-code"]
    assert b64decode(document["blocks"]["text"]) == text, "the broken character is in the raw block"


def test_an_expired_card_is_read_and_pointed_out(capsys: pytest.CaptureFixture[str]) -> None:
    text = CARD.text[:188] + "2010010120200101".encode("utf-16-le") + CARD.text[220:]
    status, document = read_from(capsys, with_card(replace(CARD, text=text)), options="baud=115200")
    assert status == 0
    assert document["validity"]["state"] == "expired"
    assert [finding["id"] for finding in document["findings"]] == ["expired"]


def test_without_a_library_the_photo_is_kept_and_the_answer_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, document = read_from(capsys, with_card(CARD), options="baud=115200")
    assert document["photo"]["decoded"] is False
    assert document["photo"]["error"]["code"] == "CRD-151"
    assert "照片需厂商解码库" in document["photo"]["error"]["what"]
    assert b64decode(document["blocks"]["photo"]) == CARD.photo


def test_a_library_that_is_not_there_is_named_without_waiting(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "settings.json")
    settings.change("card_reader.photo_library", str(tmp_path / "none.so"))
    status, document = read_from(capsys, with_card(CARD), "--data", tmp_path, options="baud=115200")
    assert (status, document["photo"]["error"]["code"]) == (0, "CRD-151")


@pytest.mark.parametrize(
    ("first", "code"), [(b"", ""), (b"R", "CRD-150"), (b"C", "CRD-150")], ids=["good", "refuses", "crashes"]
)
def test_with_a_site_s_library_the_photo_is_shown_and_its_crash_loses_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, first: bytes, code: str
) -> None:
    settings = Settings.load(tmp_path / "settings.json")
    settings.change("card_reader.photo_library", str(compiled(tmp_path)))
    laid = replace(CARD, photo=first + PHOTO[len(first) :])
    status, document = read_from(capsys, with_card(laid), "--data", tmp_path, options="baud=115200")
    assert status == 0
    assert b64decode(document["blocks"]["photo"]) == laid.photo
    if code:
        assert document["photo"]["error"]["code"] == code
    else:
        assert len(b64decode(document["photo"]["rgb"])) == RGB_BYTES


def test_without_a_reader_configured_the_command_says_what_to_set(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, document = card(capsys, "--data", tmp_path)
    assert (status, document["error"]["code"]) == (2, "CRD-190")
    status, document = card(capsys, "--data", tmp_path, "--device", "sdt:usb", "--wait", 601)
    assert (status, document["error"]["code"]) == (2, "CRD-191")


def test_people_are_told_in_words() -> None:
    command = [sys.executable, "-m", "app", "--language", "en", "card", "--device", "sim:card?kind=foreigner-2023"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Foreign permanent resident card (2023) · valid" in done.stdout
    assert "Nationality: UTO" in done.stdout


def test_ctrl_c_ends_the_wait_at_once_and_leaves_nothing_behind() -> None:
    # A test run that was itself started in the background hands down an ignored Ctrl-C.
    command = ["env", "--default-signal=INT", sys.executable, "-m", "app", "card"]
    command += ["--device", "sim:card?kind=none", "--wait", "300"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as waiting:
        assert waiting.stderr is not None
        assert waiting.stderr.readline(), "it asks for the card"
        waiting.send_signal(signal.SIGINT)
        assert waiting.wait(30) == 1


def test_the_state_of_the_reader_is_told_with_the_other_devices() -> None:
    line = next(one for one in ask_devices({}, ("sim:card",)) if one.kind == "card_reader")
    assert (line.ready, line.model) == (True, "SAM_V (115200 baud)")
    line = next(one for one in ask_devices({}, ("sdt:/no/such/port",)) if one.kind == "card_reader")
    assert line.error is not None
    assert line.error.code == "CRD-107"
