"""The catalogue on the command line: all 195 with their source, one whole, a station's file checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from helpers.small_catalogue import SMALL

ROOT = Path(__file__).resolve().parents[2]
ENTRY = 'format = 1\ndocument = "本所"\n[[matter]]' + SMALL.partition("[[matter]]")[2].replace("from-16", "height-from-16")
OWN = (
    ENTRY.replace("RK-001", "RK-114")
    .replace("number = 1\n", "number = 114\n")
    .replace("version = 1", "version = 2")
    .replace('form = "height"', 'form = "item-height"')
    .replace('{ id = "letter", when = "height > 200" }, ', "")
    .replace('documents = ["receipt"]', 'documents = ["acceptance-receipt"]')
    .replace("born_on = 2012-01-01", "subject_birth = 2012-01-01")
)


def jingchuang(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False)


def answer(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_the_list_gives_every_matter_with_police_line_number_and_line(tmp_path: Path) -> None:
    done = jingchuang("matters", "list", "--json", "--data", tmp_path)
    rows = answer(done)
    assert (done.returncode, len(rows), done.stderr) == (0, 195, "")
    assert rows[0] == {
        "code": "ZA-001", "police_line": "治安业务", "number": 1, "name": rows[0]["name"], "initials": "BAYZHF",
        "document": "法治·警快办 方案", "line": 8796, "version": 1, "offline": True,
    }  # fmt: skip
    assert {row["police_line"] for row in rows} == {"治安业务", "人口业务", "交巡警业务", "出入境业务"}
    assert rows[-1]["line"] == 9187


def test_words_and_initials_find_matters(tmp_path: Path) -> None:
    rows = answer(jingchuang("--language", "zh_CN", "matters", "list", "bggzxm", "--json", "--data", tmp_path))
    assert [row["name"] for row in rows] == ["变更更正姓名", "变更更正户口登记其他项目"]
    said = jingchuang("--language", "zh_CN", "matters", "list", "养犬", "--data", tmp_path).stdout
    assert "ZA-002" in said
    assert "L8798" in said


def test_one_matter_is_shown_whole(tmp_path: Path) -> None:
    whole = answer(jingchuang("--language", "en", "matters", "show", "rk-107", "--json", "--data", tmp_path))
    assert whole["days"] == whole["fees"] == whole["official_code"] == "from the back end"
    rules = {rule["id"]: rule for rule in whole["rules"]}
    assert rules["nation-under-20"]["verdict"] == "refuse"
    assert rules["nation-under-20"]["source"].endswith("L4995")
    assert [section["role"] for section in whole["form"]][::5] == ["applicant", "agent"]
    assert whole["materials"][0]["id"] == "nation-approval"
    text = jingchuang("--language", "zh_CN", "matters", "show", "RK-107", "--data", tmp_path).stdout
    assert "年满20周岁" in text
    unknown = jingchuang("matters", "show", "RK-999", "--data", tmp_path)
    assert unknown.returncode == 2
    assert "MAT-108" in unknown.stderr


def test_a_station_s_file_is_checked_and_then_used(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    good = jingchuang("matters", "check", file)
    assert (good.returncode, good.stderr) == (0, "")
    assert "RK-114 v2" in good.stdout

    folder = tmp_path / "data" / "matters"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(OWN, encoding="utf-8")
    rows = answer(jingchuang("matters", "list", "RK-114", "--json", "--data", tmp_path / "data"))
    assert [(row["version"], row["document"]) for row in rows] == [(2, "本所")]

    file.write_text(OWN.replace("height-from-16", "heigth-from-16"), encoding="utf-8")
    bad = jingchuang("--language", "zh_CN", "matters", "check", file, "--json")
    assert bad.returncode == 2
    (fault,) = answer(bad)["faults"]
    assert fault["code"] == "MAT-103"
    assert "own.toml" in fault["what"]
    assert "heigth-from-16" in fault["what"]


def test_a_broken_file_of_the_station_is_told_beside_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "matters"
    folder.mkdir()
    (folder / "own.toml").write_text("format = ", encoding="utf-8")
    done = jingchuang("--language", "en", "matters", "list", "--json", "--data", tmp_path)
    assert (done.returncode, len(answer(done))) == (0, 195)
    assert "MAT-101" in done.stderr
