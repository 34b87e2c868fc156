"""`jingchuang pages` and `jingchuang separator`: one JSON shape for a page, a clear sentence for a file that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from fpdf import FPDF

from app.cli import main
from app.printing.page import PagePress
from helpers.documents import Soiling, page, soiled, turned
from helpers.printers import FONT

KEYS = {
    *("file", "width", "height", "dpi", "skew_deg", "orientation", "blank", "sharpness", "separator", "type"),
    *("confidence", "reasons", "ms"),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    code = main(["--language", "zh_CN", "pages", *arguments, "--json"])
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["pages"]
    return code, rows


def written(path: Path, pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> Path:
    path.write_bytes(cv2.imencode(path.suffix, pixels)[1].tobytes())
    return path


def test_a_page_in_order_has_no_reason_and_all_its_figures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "a.png", soiled(page("form", 300, 3), Soiling(), 300))
    code, (row,) = run(capsys, str(path))
    assert code == 0
    assert row.keys() >= KEYS
    assert (row["dpi"], row["paper"], row["blank"], row["type"]) == (300.0, "A4", False, "plate-form")
    assert (row["typed_by"], row["because"]) == ("title", "机动车牌证申请表")
    assert row["reasons"] == []


def test_what_is_wrong_is_said_by_id_and_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg", soiled(turned(page("letter", 150, 3), -3.0, (255, 255, 255)), Soiling(), 150))
    code, (row,) = run(capsys, str(path))
    assert code == 1
    assert row["skew_deg"] == pytest.approx(-3.0, abs=0.1)
    assert {reason["id"] for reason in row["reasons"]} >= {"dpi-low", "skewed"}
    assert "不得低于 300" in row["reasons"][0]["text"]


def test_a_printed_separator_is_read_from_its_own_pdf(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = ["separator", "--kind", "driver", "--serial", "XL2026000007", "--business", "B-1", "--out", str(sheet)]
    assert main(made) == 0
    capsys.readouterr()
    code, (row,) = run(capsys, str(sheet))
    assert code == 0
    assert row["type"] == "separator"
    assert {key: row["separator"][key] for key in ("kind", "serial", "business", "disagree")} == {
        "kind": "driver",
        "serial": "XL2026000007",
        "business": "B-1",
        "disagree": False,
    }


def test_every_page_of_a_pdf_is_a_row(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PagePress(FONT).text("\n".join(f"第 {n} 行" for n in range(70))))
    _, rows = run(capsys, str(path))
    assert [row["file"] for row in rows] == [f"{path}#{n}" for n in range(1, len(rows) + 1)]
    assert len(rows) > 1


def locked() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="owner", user_password="user")
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "IMG-101"), (b"hello", "IMG-102"), (b"\xff\xd8\xff\xe0 torn", "IMG-102"), (locked(), "PRN-155")],
)
def test_a_file_that_is_no_page_says_so_and_the_others_are_measured(
    data: bytes, code: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.bin"
    bad.write_bytes(data)
    good = written(tmp_path / "a.png", np.full((1754, 1240, 3), 246, np.uint8))
    exit_code, (first, second) = run(capsys, str(bad), str(good))
    assert exit_code == 2
    assert first["error"]["code"] in {code, "IMG-106"}
    assert second["type"] == "blank"


def test_a_page_of_one_pixel_and_a_folder_that_vanished(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    dot = written(tmp_path / "dot.png", np.full((1, 1, 3), 200, np.uint8))
    code, (row,) = run(capsys, str(dot))
    assert code == 1
    assert [reason["id"] for reason in row["reasons"]] == ["dpi-unknown"]
    code, (row,) = run(capsys, str(tmp_path / "gone" / "a.png"))
    assert code == 2
    assert row["error"]["code"] == "CLI-101"


def test_a_number_that_no_sheet_can_carry_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    assert main(["separator", "--kind", "vehicle", "--serial", "流水", "--out", str(out)]) == 2
    assert "ARC-101" in capsys.readouterr().err
    assert not out.exists()
