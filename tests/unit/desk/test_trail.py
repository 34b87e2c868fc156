"""The trail leaves the workstation only as a file that hides ID numbers and holds no formulas."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.desk.place import DeskPlace
from app.desk.trail import TrailDesk
from app.domain.errors import BadInput
from app.domain.judgement import Verdict
from app.domain.person import masked
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
    station_by_hand = StationPass(StationKind.MANUAL, clock.now(), 3000.0, Verdict.FAIL, "遮眉", "li")
    draft = TrailDraft(
        session.id, PERSON, STATION, "zhang", "=cmd()", "id-card", "", "999999T1", shot.blob, 7, Verdict.FAIL,
        ("eyes_open",), " +cmd", (station, station_by_hand), shot.id, "户政部门",
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
    assert row["身份证号码"] == f"\t{PERSON.id_number}", "as text: a spreadsheet would round eighteen digits"
    assert row["设备"] == "'=cmd()"
    assert row["特检原因"] == "' +cmd"
    store.close()


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", " =", "\t=", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_word_an_officer_wrote_can_become_a_formula(tmp_path: Path, beginning: str) -> None:
    clock = TestClock()
    store = new_store(tmp_path / "data", clock)[0]
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"picture", device="D750", file_name="a.jpg")
    stage = StationPass(StationKind.MANUAL, clock.now(), 1.0, Verdict.PASS, "", "zhang")
    words = f"{beginning}HYPERLINK(1)"
    draft = TrailDraft(
        session.id, PERSON, STATION, "zhang", "D750", "id-card", "", "", shot.blob, 7, Verdict.PASS, (), words, (stage,)
    )
    store.trail.add(draft)
    _desk(store, Role.OPERATOR).export(TrailQuery(), tmp_path / "trail.csv")
    cell = _rows(tmp_path / "trail.csv")[0]["特检原因"]
    assert cell == f"'{words}"
    store.close()


def test_the_file_says_everything_in_words(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "trail.csv"
    _desk(store, Role.ADMINISTRATOR).export(TrailQuery(), path)
    row = _rows(path)[0]
    assert (row["部门"], row["检测结果"], row["受理编号"]) == ("户政部门", "不合格", "999999T1")
    assert row["拍摄时间"] == "2026-11-24 09:00:00+08:00"
    assert row["上传时间"] == "", "it has not left"
    assert row["各工位"] == "算法检测 不合格  闭眼; 人工检测 不合格 li 遮眉"
    store.close()


def test_the_original_stands_beside_an_issued_photo_and_a_raw_shot_is_its_own(store: Store) -> None:
    desk = _desk(store, Role.OPERATOR)
    (raw, *_) = desk.find(TrailQuery())
    assert desk.original(raw) is None
    issued = store.trail.add_turned_down(raw.draft, b"composed")
    (newest, *_) = desk.find(TrailQuery())
    assert newest.id == issued
    assert desk.original(newest) == b"picture"
    store.close()


def test_a_folder_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        _desk(store, Role.OPERATOR).export(TrailQuery(), tmp_path / "none" / "trail.csv")
    assert refused.value.code == "TRL-103"
    store.close()
