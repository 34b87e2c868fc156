"""A setting is declared once; a wrong value is refused in words and the former one stays in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.settings import Settings
from app.domain.errors import BadInput, StoreFault


def test_a_change_survives_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings.load(path).change("camera.burst_shots", 5)
    assert Settings.load(path).number("camera.burst_shots") == 5


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("camera.burst_shots", 11),
        ("camera.burst_shots", "5"),
        ("camera.burst_shots", True),
        ("window.language", "fr"),
        ("station.region_code", "12345"),
        ("station.name", "a\nb"),
        ("station.login_required", 1),
    ],
)
def test_a_value_out_of_its_limits_changes_nothing(tmp_path: Path, key: str, value: object) -> None:
    path = tmp_path / "settings.json"
    settings = Settings.load(path)
    with pytest.raises(BadInput) as refused:
        settings.change(key, value)
    assert refused.value.code == "CFG-101"
    assert not path.exists()


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("not json", "CFG-103"),
        ("[]", "CFG-103"),
        (json.dumps({"version": 1, "values": {"no.such": 1}}), "CFG-102"),
        (json.dumps({"version": 1, "values": {"camera.burst_shots": 99}}), "CFG-101"),
        (json.dumps({"version": 99, "values": {}}), "CFG-104"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, document: str, code: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        Settings.load(path)
    assert refused.value.code == code
    assert path.read_text(encoding="utf-8") == document


@given(st.binary(max_size=200))
def test_no_bytes_in_the_file_can_do_worse_than_a_refusal(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_bytes(data)
    with pytest.raises(BadInput):
        Settings.load(path)


def test_a_disk_that_refuses_the_change_keeps_the_former_value(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "missing-folder" / "settings.json")
    with pytest.raises(StoreFault) as failed:
        settings.change("camera.burst_shots", 5)
    assert failed.value.code == "CFG-105"
    assert settings.number("camera.burst_shots") == 10
