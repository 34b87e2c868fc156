"""`jingchuang scan`: one page, one pile, a broken pile that goes on, and what was kept told in one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.server import FeederSimulator
from helpers.scanners import feeder


@pytest.fixture
def simulator() -> Iterator[FeederSimulator]:
    with feeder(4) as running:
        yield running


def scan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator, *more: str
) -> tuple[int, dict[str, Any], str]:
    """Exit code, the JSON document, standard error."""
    out = ["--out", str(tmp_path / "pile"), "--data", str(tmp_path / "data"), "--dpi", "75", "--json"]
    code = main(["--language", "zh_CN", "scan", "--device", f"escl:{simulator.url}", *out, *more])
    captured = capsys.readouterr()
    return code, json.loads(captured.out), captured.err


def test_a_jam_keeps_the_pages_before_it_and_the_same_command_goes_on_behind_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator
) -> None:
    simulator.fail(FeederFaultKind.JAM, after=2)
    code, answer, complaint = scan(capsys, tmp_path, simulator, "--source", "adf")
    assert code == 3
    assert answer["complete"] is False
    assert answer["error"]["code"] == "SCN-101"
    assert "卡纸" in complaint
    assert [page["number"] for page in answer["pages"]] == [1, 2]

    simulator.fail(FeederFaultKind.NONE)
    code, answer, _ = scan(capsys, tmp_path, simulator, "--source", "adf")
    assert code == 0
    assert answer["complete"] is True
    names = sorted(path.name for path in (tmp_path / "pile").iterdir())
    assert names == [f"page-{number:04}-front.jpg" for number in (1, 2, 3, 4)], "no half page, no hole, none overwritten"
    assert [Path(page["file"]).name for page in answer["pages"]] == names[2:]


def test_one_page_from_the_glass_with_its_size_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator
) -> None:
    code, answer, _ = scan(capsys, tmp_path, simulator, "--size", "a5", "--mode", "grey")
    assert code == 0
    (page,) = answer["pages"]
    assert (page["width"], page["height"], page["dpi"]) == (437, 620, 75)
    assert Path(page["file"]).stat().st_size == page["bytes"]


@pytest.mark.parametrize(
    ("more", "code"),
    [(["--dpi", "7"], "SCN-112"), (["--pages", "-1"], "SCN-112"), (["--device", "escpos:x"], "DEV-108")],
)
def test_a_slip_of_the_finger_is_told_before_a_sheet_is_drawn_in(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator, more: list[str], code: str
) -> None:
    exit_code, answer, _ = scan(capsys, tmp_path, simulator, *more)
    assert exit_code == 2
    assert answer["error"]["code"] == code
    assert simulator.left == 4


def test_without_a_scanner_in_the_settings_it_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["scan", "--out", str(tmp_path / "out"), "--data", str(tmp_path / "data"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "SCN-111"


def test_what_a_power_cut_left_half_named_is_taken_up_when_it_is_whole_and_kept_aside_when_it_is_torn(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator
) -> None:
    scan(capsys, tmp_path, simulator, "--source", "adf")
    pile = tmp_path / "pile"
    whole = (pile / "page-0001-front.jpg").read_bytes()
    (pile / "page-0005-front.jpg.part").write_bytes(whole)
    (pile / "page-0006-front.jpg.part").write_bytes(whole[:900])
    simulator.load(1)
    code, answer, _ = scan(capsys, tmp_path, simulator, "--source", "adf")
    assert code == 0
    assert (pile / "page-0005-front.jpg").read_bytes() == whole
    assert (pile / "page-0006-front.jpg.torn").exists(), "nothing is thrown away"
    assert Path(answer["pages"][0]["file"]).name == "page-0006-front.jpg", "no hole in the numbers"
