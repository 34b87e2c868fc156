"""`jingchuang document`: from a picture and from a reader; the exit code says whether every digit holds."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from app.cli import main
from helpers.mrz_pictures import TD3_LINES, Look, zone_picture


def asked(capsys: pytest.CaptureFixture[str], *arguments: str, language: str = "en") -> tuple[int, str, str]:
    code = main(["--language", language, "document", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def picture(folder: Path, lines: tuple[str, ...]) -> str:
    path = folder / "page.png"
    assert cv2.imwrite(str(path), zone_picture(lines, Look(angle=4)))
    return str(path)


def test_a_picture_of_a_sound_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, picture(tmp_path, TD3_LINES), "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["sound"] is True
    assert answer["fields"]["number"] == "L898902C3"
    assert answer["fields"]["birth"] == "1974-08-12"
    assert [check["name"] for check in answer["checks"]] == ["number", "birth", "expiry", "optional", "composite"]
    assert len(answer["picture"]["outline"]) == 4


def test_a_doubtful_document_is_shown_as_printed_with_a_suggestion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (TD3_LINES[0], TD3_LINES[1].replace("L898902C3", "L8989O2C3"))
    code, out, _ = asked(capsys, picture(tmp_path, wrong), language="zh_CN")
    assert code == 1
    assert "证件号码: L8989O2C3" in out
    assert "第2行第6位 O → 0" in out


def test_a_reader_of_the_training_kit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "script.json"
    script.write_text('{"documents": [{"specimen": "long-card"}], "every_s": 0.5}', encoding="utf-8")
    code, out, _ = asked(capsys, "--device", f"sim:mrz?script={script}", "--json")
    assert code == 0
    assert json.loads(out)["fields"]["number"] == "D23145890734"


@pytest.mark.parametrize("arguments", [(), ("a.png", "--device", "sim:mrz"), ("/nowhere/a.png",), ("--device", "mrz")])
def test_wrong_usage_is_answered_in_words(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, *arguments)
    assert code == 2
    assert not out
    assert err.startswith("[")


def test_a_reader_that_is_not_there_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = asked(capsys, "--device", "mrz:/dev/nothing-here")
    assert code == 3
    assert "DEV-101" in err
