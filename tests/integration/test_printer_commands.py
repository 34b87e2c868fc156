"""`print` and `printer` on the command line, as the help desk uses them; only the printer's own word is exit 0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bootstrap.printers import pdf_of
from app.cli import main
from app.domain.errors import BadInput
from devices.simulators.escpos.rom import Rom
from devices.simulators.escpos.server import PrinterFaultKind
from helpers.pictures import portrait_jpeg
from helpers.printers import eve_printer, simulated


def jingchuang(*arguments: object) -> int:
    return main(["--language", "zh_CN", *map(str, arguments)])


def test_a_text_is_printed_on_a4_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "说明.txt"
    text.write_text("办理须知\n𬱖", encoding="utf-8")
    with eve_printer() as eve:
        assert jingchuang("print", text, "--device", eve.address) == 0
        assert "已打印完成" in capsys.readouterr().out
        arrived = list(eve.spool.glob("*.pdf"))
        assert len(arrived) == 1
        assert "说明" not in arrived[0].name, "the file's name does not travel"
        eve.does("exit 1")
        assert jingchuang("print", text, "--device", eve.address, "--json") == 3
        answer = json.loads(capsys.readouterr().out)
        assert (answer["state"], answer["final"]) == ("aborted", True)
        assert jingchuang("print", text, "--device", eve.address.replace("/ipp/print", "/ipp/gone")) == 3
        assert "PRN-141" in capsys.readouterr().err
        assert jingchuang("devices", "--device", eve.address, "--data", tmp_path / "d") == 3  # the camera is not there
        assert "● page_printer" in capsys.readouterr().out


def test_only_what_can_be_set_on_a_page_is_taken(tmp_path: Path) -> None:
    pdf, picture, other = tmp_path / "a.pdf", tmp_path / "b.jpg", tmp_path / "c.bin"
    pdf.write_bytes(b"%PDF-1.7 as it is")
    picture.write_bytes(portrait_jpeg(width=300, height=400))
    assert pdf_of(pdf) == b"%PDF-1.7 as it is"
    assert pdf_of(picture).startswith(b"%PDF-")
    for content in (b"", b"\x00\x01\x02", b"\xff\xfe\x00"):
        other.write_bytes(content)
        with pytest.raises(BadInput) as refused:
            pdf_of(other)
        assert refused.value.code == "PRN-148"


def test_the_check_sheet_is_printed_and_its_answer_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, picture = ("--data", tmp_path / "d"), tmp_path / "sheet.png"
    with simulated(tmp_path, rom=Rom.GBK) as (simulator, address):
        device = ("--device", address)
        assert jingchuang("printer", "show", *device, *data) == 1
        capsys.readouterr()
        assert jingchuang("printer", "check", *device, *data, "--preview", picture) == 0
        assert "--rows" in capsys.readouterr().out
        assert len(simulator.pictures) == 1
        assert picture.stat().st_size > 1000
        assert jingchuang("printer", "check", *device, *data, "--rows", "1,2,3,4,5,6", "--columns", "48") == 0
        assert len(simulator.pictures) == 1, "an answer prints nothing"
        capsys.readouterr()
        assert jingchuang("printer", "show", *device, *data, "--json") == 0
        known = json.loads(capsys.readouterr().out)
        assert known["width_dots"] == 576
        assert "gbk-4" in known["characters"]
        assert "beyond-gbk" not in known["characters"]
        assert jingchuang("printer", "check", *device, *data, "--rows", "9", "--columns", "48") == 2
        simulator.fail(PrinterFaultKind.PAPER_END)
        assert jingchuang("printer", "check", *device, *data) == 3
        assert "PRN-101" in capsys.readouterr().err
