"""What a terminal reports: alarms by thresholds, paper and ink, nothing that cannot be told called out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.errors import BadInput
from app.domain.terminal import (
    DeviceReport,
    Health,
    Registration,
    Supply,
    TerminalReport,
    Thresholds,
    alarms,
    report_document,
    require_registration,
)

LIMITS = Thresholds(memory_low=10, storage_low=20)
WELL = TerminalReport(
    terminal="T0001",
    at="2026-11-24T09:00:00+08:00",
    version="0",
    devices={"camera": DeviceReport(Health.NORMAL), "scanner": DeviceReport(Health.NONE)},
    paper=Supply.OK,
    ink=Supply.UNKNOWN,
    thermal_paper=Supply.LOW,
    memory_total=1000,
    memory_free=100,
    storage_total=1000,
    storage_free=200,
)


def test_a_healthy_terminal_raises_no_alarm_at_its_thresholds() -> None:
    assert alarms(WELL, LIMITS) == ()


def test_each_thing_wrong_is_an_alarm_of_its_own_name() -> None:
    bad = replace(
        WELL,
        devices={
            "card_reader": DeviceReport(Health.FAULT, "DEV-105"),
            "fingerprint": DeviceReport(Health.ABSENT, "DEV-101"),
            "scanner": DeviceReport(Health.BLOCKED, "DEV-112"),
            "camera": DeviceReport(Health.UNKNOWN),
        },
        paper=Supply.OUT,
        ink=Supply.OUT,
        thermal_paper=Supply.OUT,
        memory_free=99,
        storage_free=199,
    )
    names = ("paper", "ink", "thermal_paper", "card_reader", "fingerprint", "scanner", "memory", "storage")
    assert alarms(bad, LIMITS) == names
    assert report_document(bad, LIMITS)["alarms"] == list(names)


def test_a_machine_that_does_not_tell_raises_no_alarm() -> None:
    assert alarms(replace(WELL, memory_total=0, memory_free=0, storage_total=0, storage_free=0), LIMITS) == ()


def test_the_document_carries_the_fields_the_platform_counts() -> None:
    document = report_document(WELL, LIMITS)
    assert {"devices", "paper", "ink", "thermal_paper", "memory", "storage", "position", "terminal", "at"} <= set(document)
    json.dumps(document)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"mac": ""}, "mac"),
        ({"department": "长" * 81}, "department"),
        ({"contact": "a\nb"}, "contact"),
    ],
)
def test_a_registration_that_is_not_right_names_its_field(changes: dict[str, str], field: str) -> None:
    good = Registration("一号终端", "02:00:00:00:00:01", "测试派出所", "")
    require_registration(good)
    with pytest.raises(BadInput) as refused:
        require_registration(replace(good, **changes))
    assert refused.value.params["field"] == field
