"""The command line: exit codes, one JSON document, errors in words; through the real camera library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.config.places import DataFolder
from app.config.settings import Settings
from app.security.files import make_private_folder
from devices.registry import DRIVERS
from helpers.cameras import folder_of_pictures, vusb_environment
from helpers.mad_worker import drawn_frame
from helpers.pictures import portrait_jpeg, variant

ROOT = Path(__file__).resolve().parents[2]


def jingchuang(
    *arguments: object, environment: dict[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", "--language", "zh_CN", *map(str, arguments)]
    env = {**os.environ, **(environment or {})}
    return subprocess.run(command, cwd=ROOT, env=env, input=text, capture_output=True, text=True, timeout=120, check=False)


def document(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


def test_capture_gives_the_folder_s_pictures_byte_for_byte(tmp_path: Path) -> None:
    pictures = folder_of_pictures(tmp_path / "card", 1)
    done = jingchuang(
        "capture", "--standard", "id-card", "--shots", 3, "--out", tmp_path / "out", "--json",
        environment=vusb_environment(tmp_path / "card"),
    )  # fmt: skip
    originals = sorted((tmp_path / "out").glob("original-*.jpg"))
    assert [path.read_bytes() for path in originals] == pictures * 3
    answer = document(done)
    assert [shot["passed"] for shot in answer["shots"]] == [True] * 3
    assert done.returncode == 0, done.stderr


def test_compose_then_assess_agree(tmp_path: Path) -> None:
    raw = tmp_path / "raw.jpg"
    raw.write_bytes(portrait_jpeg())
    for standard in ("id-card", "exit-entry", "driving-licence"):
        out = tmp_path / f"{standard}.jpg"
        made = jingchuang("compose", raw, "--standard", standard, "--out", out, "--report", tmp_path / "r.json")
        assert made.returncode == 0, made.stdout
        judged = jingchuang("assess", out, "--standard", standard, "--json")
        assert judged.returncode == 0
        assert document(judged)["passed"] is True
        assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["passed"] is True


def test_a_photo_that_fails_exits_with_one_and_no_picture_with_two(tmp_path: Path) -> None:
    bad = tmp_path / "blurred.jpg"
    bad.write_bytes(portrait_jpeg(variant("blurred")))
    assert jingchuang("assess", bad).returncode == 1
    torn = tmp_path / "torn.jpg"
    torn.write_bytes(portrait_jpeg()[:9999])
    done = jingchuang("assess", torn, "--json")
    assert done.returncode == 2
    assert document(done)["images"][0]["error"]["code"] == "IMG-106"
    done = jingchuang("assess", tmp_path / "missing.jpg")
    assert done.returncode == 2
    assert "SES-106" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("assess", "x.jpg", "--standard", "tea"), 2, "STD-103"),
        (("capture", "--standard", "id-card", "--out", "never-made", "--device", "nonsense"), 2, "DEV-108"),
        (("capture", "--standard", "id-card", "--out", "out/never-made", "--device", "folder:/no/such"), 3, "DEV-101"),
        (("capture", "--standard", "id-card", "--shots", "0", "--out", "never-made"), 2, "CLI-102"),
        (("backend", "--host", "0.0.0.0"), 2, "CLI-104"),  # noqa: S104 - that it is refused is the point
        (("backend", "--database-url", "postgres://x"), 2, "CLI-103"),
        (("standards", "check", "/no/such.flt"), 2, "STD-101"),
    ],
)
def test_every_error_has_its_code_and_exit_status(
    tmp_path: Path, arguments: tuple[str, ...], status: int, code: str
) -> None:
    done = jingchuang(*arguments, "--data", tmp_path) if arguments[0] == "backend" else jingchuang(*arguments)
    assert done.returncode == status, done.stderr
    assert code in done.stderr


def test_wrong_usage_is_two() -> None:
    assert jingchuang("brew-tea").returncode == 2


def test_standards_are_listed_and_shown() -> None:
    listed = document(jingchuang("standards", "list", "--json"))
    assert [s["id"] for s in listed][:3] == ["id-card", "exit-entry", "driving-licence"]
    shown = jingchuang("standards", "show", "id-card")
    assert "face_width" in shown.stdout
    assert "GA 461" in shown.stdout


def test_accounts_and_an_empty_outbox(tmp_path: Path) -> None:
    data = ("--data", tmp_path / "d")
    assert (
        jingchuang(
            "user", "add", "admin", "--name", "管理员", "--role", "administrator", *data, text="Admin-2026\n"
        ).returncode
        == 0
    )
    added = jingchuang("user", "add", "li", "--name", "李某", "--user", "admin", *data, text="Admin-2026\nGiven-2026\n")
    assert added.returncode == 0, added.stderr
    assert jingchuang("user", "password", "li", *data, text="Given-2026\nOfficer-2026\n").returncode == 0
    assert document(jingchuang("user", "list", "--json", *data))["accounts"] == ["admin", "li"]
    assert document(jingchuang("sync", "--status", "--user", "li", "--json", *data, text="Officer-2026\n"))["waiting"] == []
    wrong = jingchuang("sync", "--status", "--user", "li", *data, text="nonsense\n")
    assert wrong.returncode == 2
    assert "AUT-101" in wrong.stderr
    refused = jingchuang("user", "add", "wang", "--name", "王", "--user", "li", *data, text="Officer-2026\nOther-2026\n")
    assert "AUT-120" in refused.stderr


def test_the_doctor_finds_this_machine_healthy_and_changes_nothing(tmp_path: Path) -> None:
    done = jingchuang("doctor", "--json", "--data", tmp_path / "d")
    findings = {f["id"]: f for f in document(done)["findings"]}
    assert {"python", "models", "font", "data-folder", "sqlcipher3", "gphoto2"} <= findings.keys()
    assert findings["models"]["good"]
    assert not (tmp_path / "d").exists()


def test_devices_says_what_is_connected(tmp_path: Path) -> None:
    folder_of_pictures(tmp_path / "p", 1)
    done = jingchuang("devices", "--json", "--data", tmp_path / "d", "--device", f"sim:nikon?folder={tmp_path / 'p'}")
    devices = {d["address"].split("?")[0]: d for d in document(done)["devices"]}
    assert devices["sim:nikon"]["model"] == "D750"
    assert devices["sim:nikon"]["battery_percent"] == 87
    assert done.returncode == 3, "the configured camera is not there"


def test_devices_asks_every_kind_by_its_name_and_every_configured_one(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "d")
    make_private_folder(folder.root)
    settings = Settings.load(folder.settings)
    settings.change("camera.address", f"folder:{tmp_path / 'p'}")
    settings.change("printer.address", "sim:receipt?width=384")
    settings.change("card_reader.address", "sim:card?kind=none")
    settings.change("card_reader.photo_library", str(tmp_path / "none.so"))
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "IMG_01.JPG").write_bytes(drawn_frame())
    named = {
        "document_reader": "sim:mrz",
        "fingerprint": "sim:finger",
        "page_printer": "cups:ipp://127.0.0.1:9/ipp/print",
        "scanner": "sim:feeder",
        "signature_pad": "sim:tablet",
    }
    asked = [word for kind, address in named.items() for word in ("--device", f"{kind}={address}")]
    done = jingchuang("devices", "--json", "--data", tmp_path / "d", *asked)
    lines = {d["address"]: d for d in document(done)["devices"]}
    assert {d["kind"] for d in lines.values()} == DRIVERS.keys()
    for kind, address in named.items():
        assert lines[address]["kind"] == kind
        assert lines[address]["ready"] is (kind != "page_printer"), lines[address]
    assert lines["cups:ipp://127.0.0.1:9/ipp/print"]["error"]["code"] == "PRN-140"
    assert lines[f"folder:{tmp_path / 'p'}"]["ready"]
    assert lines["sim:receipt?width=384"]["facts"]["width_dots"] == "384"
    assert lines["sim:card?kind=none"]["ready"]
    assert lines[f"wlt:{tmp_path / 'none.so'}"]["error"]["code"] == "CRD-151"


def test_a_kind_nobody_knows_is_refused_by_devices(tmp_path: Path) -> None:
    done = jingchuang("devices", "--json", "--data", tmp_path / "d", "--device", "teapot=sim:card")
    assert document(done)["error"]["code"] == "DEV-120"
    assert done.returncode == 2


def test_devices_names_each_kind_with_state_facts_and_self_test(tmp_path: Path) -> None:
    folder_of_pictures(tmp_path / "p", 1)
    addresses = (f"folder:{tmp_path / 'p'}", "escpos:tcp:127.0.0.1:1", f"escpos:file:{tmp_path / 'paper.bin'}")
    asked = [word for address in addresses for word in ("--device", address)]
    done = jingchuang("devices", "--json", "--data", tmp_path / "d", *asked)
    lines = {d["address"]: d for d in document(done)["devices"]}
    folder, absent, file = (lines[address] for address in addresses)
    assert (folder["state"], folder["self_test"]["passed"]) == ("ready", True)
    assert (absent["kind"], absent["state"], absent["error"]["code"]) == ("printer", "absent", "DEV-101")
    assert (file["state"], file["ready"], file["self_test"]["passed"]) == ("unknown", False, None)
    assert done.returncode == 3


def test_a_terminal_cannot_register_without_a_platform_nor_activate_without_an_account(tmp_path: Path) -> None:
    done = jingchuang("terminal", "register", "--name", "一号", "--department", "测试所", "--data", tmp_path / "d")
    assert done.returncode == 2
    assert "NET-120" in done.stderr
    done = jingchuang(
        "terminal",
        "activate",
        "X1",
        "--url",
        "http://127.0.0.1:1",
        "--data",
        tmp_path / "d",
        "--user",
        "a",
        text="b\nKEY-9\n",
    )
    assert done.returncode in (2, 3)
    assert "KEY-9" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("standards", "list", "--json"), ("matters", "list", "--json")])
def test_an_answer_cut_off_by_its_reader_ends_without_a_traceback(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "app", *arguments]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == ""
