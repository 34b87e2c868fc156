"""Training mode has a simulator of every kind of device: the panel shows them all working, each passes its self-test."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.bootstrap.assemble import build_gate
from app.bootstrap.demonstration import enter_training
from app.bootstrap.training_kit import TrainingKit
from app.config.places import DataFolder
from app.config.settings import Settings
from app.security.files import make_private_folder
from devices.host.kinds import HOSTS
from devices.ports.standing import DeviceState
from devices.registry import SIMULATORS, worker_launch
from helpers.cameras import folder_of_pictures

# A photo decoder is a library, not a device.
WITHOUT = {"card_photo"}
_PATIENCE_S = 90.0


def test_every_device_of_the_panel_works_in_training(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    make_private_folder(folder.root)
    folder_of_pictures(tmp_path / "sitters", 1)
    settings = Settings.load(folder.settings)
    settings.change("card_reader.address", "sdt:/dev/ttyUSB0")
    settings.change("page_printer.address", "cups:ipp://127.0.0.1:9/ipp/print")
    with TrainingKit(folder, tmp_path / "sitters") as kit:
        desk = enter_training(build_gate(folder, settings, "zh_CN", kit.start()))
        try:
            roster = desk.devices.roster
            kinds = {row.kind.id for row in roster.rows()} - WITHOUT
            patience = time.monotonic() + _PATIENCE_S
            while not all(row.standing and row.standing.usable for row in roster.rows() if row.kind.id in kinds):
                assert time.monotonic() < patience, [(row.kind.id, row.standing) for row in roster.rows()]
                time.sleep(0.2)  # noqa: TID251 - a test may look again
            for kind in kinds:
                test = roster.self_test(kind).test
                assert test is not None
                assert test.result.passed, (kind, test.result)
            assert roster.row("card_reader").address.startswith("sim:"), "no real device is touched in training"
            assert roster.row("page_printer").address.startswith("sim:")
        finally:
            desk.close()


def test_every_kind_has_a_simulator() -> None:
    assert HOSTS.keys() | {"camera"} == SIMULATORS.keys() | WITHOUT


@pytest.mark.parametrize("kind", sorted(HOSTS.keys() - WITHOUT))
def test_the_first_simulator_of_a_kind_opens_and_says_what_it_is(kind: str) -> None:
    host = HOSTS[kind](worker_launch(kind, f"sim:{next(iter(SIMULATORS[kind]))}"))
    host.start()
    try:
        assert host.wait_until_open(60), host.error
        assert host.standing.state is DeviceState.READY
        assert host.description is not None  # type: ignore[attr-defined]  # each of these hosts has one
    finally:
        host.stop(5)
