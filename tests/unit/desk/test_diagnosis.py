"""The diagnosis holds what a technician needs and nothing about any person, whatever stands in store and settings."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from app.config.clock import SystemClock
from app.config.settings import Settings
from app.desk.diagnosis import Diagnosis, safe_address
from app.desk.terminal import TerminalDesk
from devices.ports.errors import DeviceError
from devices.ports.standing import DeviceState
from helpers.rosters import every_state, failed, posed_roster
from helpers.stores import PERSON, TestClock, new_store, saved_session

SECRETS = ("欧阳", "999999199003071015", "zhang", "测试照相室", "anna", "backend-account", PERSON.name, PERSON.id_number)


def unpacked(tmp_path: Path) -> dict[str, str]:
    clock = TestClock()
    store, _, folder = new_store(tmp_path / "zhang", clock)
    saved_session(store, clock)
    settings = Settings.of(
        {
            "station.name": "测试照相室",
            "window.last_account": "zhang",
            "backend.account": "backend-account",
            "camera.address": "folder:/home/anna/照片",
        }
    )
    posed = every_state() | {"scanner": failed(DeviceState.FAULT, DeviceError("/home/anna/欧阳.jpg: no such file"))}
    posed["camera"].facts = {"model": "D750", "owner": "欧阳", "serial": "SIM6000001"}
    roster = posed_roster(posed)
    terminal = TerminalDesk(roster, settings, folder.root, SystemClock())
    diagnosis = Diagnosis(roster, terminal, settings, lambda: [{"id": "python", "good": True, "seen": "3.11"}], clock)
    target = tmp_path / diagnosis.file_name()
    diagnosis.write(target)
    store.close()
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_no_person_account_or_private_folder_is_in_it(tmp_path: Path) -> None:
    for name, text in unpacked(tmp_path).items():
        for secret in SECRETS:
            assert secret not in name + text, f"{secret} in {name}"


def test_a_technician_finds_every_device_with_state_error_and_serial_number(tmp_path: Path) -> None:
    parts = unpacked(tmp_path)
    assert set(parts) == {"devices.json", "terminal.json", "doctor.json", "settings.json", "system.json"}
    devices = {row["kind"]: row for row in json.loads(parts["devices.json"])}
    assert devices["camera"]["facts"]["serial"] == "SIM6000001"
    assert devices["scanner"]["state"] == "fault"
    assert devices["scanner"]["error"] == "DEV-100"
    assert devices["card_reader"]["address"] == "sdt:/dev/ttyUSB0"
    assert "camera.address" in json.loads(parts["settings.json"])


def test_an_address_loses_its_folder_and_its_options() -> None:
    assert safe_address("folder:/home/anna/x") == "folder:…"
    assert safe_address("escpos:tcp:192.0.2.20:9100?width=576") == "escpos:tcp:192.0.2.20:9100"
    assert safe_address("livescan:/home/anna/lib.so") == "livescan:…"
