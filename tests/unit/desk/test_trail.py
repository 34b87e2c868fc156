"""The trail leaves the workstation only as a file that hides ID numbers and holds no formulas."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.desk.place import DeskPlace
from app.desk.trail import TrailDesk, masked
from app.domain.errors import BadInput
from app.domain.judgement import Verdict
from app.domain.records import Officer, Role
from app.domain.trail import StationKind, StationPass, TrailDraft, TrailQuery
from app.store.store import Store
from helpers.stores import PERSON, STATION, TestClock, new_store, session_record


def _desk(store: Store, role: Role) -> TrailDesk:
    return TrailDesk(store, DeskPlace(Officer("zhang", "张", role), False, "zh_CN", Settings.of({}), tuple))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    clock = TestClock()
    store = new_store(tmp_path / "data", clock)[0]
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"picture", device="=cmd()", file_name="a.jpg")
    station = StationPass(StationKind.ALGORITHM, clock.now(), 250.0, Verdict.FAIL, "闭眼")
    draft = TrailDraft(
        session.id, PERSON, STATION, "zhang", "=cmd()", "id-card", "", "", shot.blob, 7, Verdict.FAIL, ("eyes_open",),
        "", (station,),
    )  # fmt: skip
    for _ in range(3):
        store.trail.add(replace(draft))
    return store


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_operator_s_export_hides_the_id_numbers(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "trail.csv"
    assert _desk(store, Role.OPERATOR).export(TrailQuery(limit=1), path) == 3, "every page, not the first one"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel and WPS read it as UTF-8"
    rows = _rows(path)
    assert PERSON.id_number not in path.read_text(encoding="utf-8")
    assert rows[0]["身份证号码"] == masked(PERSON.id_number)
    assert rows[0]["说明"] == "眼睁闭"
    store.close()


def test_an_administrator_reads_them_and_no_cell_is_a_formula(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "trail.csv"
    _desk(store, Role.ADMINISTRATOR).export(TrailQuery(), path)
    row = _rows(path)[0]
    assert row["身份证号码"] == PERSON.id_number
    assert row["设备"] == "'=cmd()"
    store.close()


def test_a_folder_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        _desk(store, Role.OPERATOR).export(TrailQuery(), tmp_path / "none" / "trail.csv")
    assert refused.value.code == "TRL-103"
    store.close()
