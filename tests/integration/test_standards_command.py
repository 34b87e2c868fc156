"""Standards on the command line: exported, changed, compared, signed, refused when altered, imported, deleted."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from portraits.camera import jpeg, photograph
from portraits.portrait import Portrait

from app.config.register import register
from helpers.commands import jingchuang

_PASSWORD = "Admin-2026\n"


def _ids(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return {row["id"]: row["version"] for row in rows}


def test_a_standard_goes_out_comes_back_signed_and_is_refused_when_altered(tmp_path: Path) -> None:
    data, file = ("--data", tmp_path / "d"), tmp_path / "mine.flt"
    jingchuang("user", "add", "admin", "--name", "管理员", "--role", "administrator", *data, text=_PASSWORD)
    shipped = tmp_path / "shipped.flt"
    assert jingchuang("standards", "export", "id-card", "--out", shipped, *data).returncode == 0
    file.write_text(shipped.read_text(encoding="utf-8").replace("2026.2", "2026.3"), encoding="utf-8")
    compared = jingchuang("standards", "compare", shipped, file, "--json")
    assert compared.returncode == 1
    assert [d["place"] for d in json.loads(compared.stdout)] == ["version"]

    unsigned = jingchuang("standards", "import", file, "--user", "admin", *data, text=_PASSWORD)
    assert unsigned.returncode == 2, "no signature beside it"
    signed = jingchuang("standards", "sign", file, "--user", "admin", *data, text=_PASSWORD)
    assert signed.returncode == 0, signed.stderr
    assert jingchuang("standards", "verify", file, *data).returncode == 0
    assert jingchuang("standards", "import", file, "--user", "admin", *data, text=_PASSWORD).returncode == 0
    assert _ids(jingchuang("standards", "list", "身份证", "--json", *data)) == {"id-card": "2026.3"}

    file.write_text(file.read_text(encoding="utf-8").replace("low = 193", "low = 3"), encoding="utf-8")
    altered = jingchuang("standards", "import", file, "--user", "admin", *data, text=_PASSWORD)
    assert "SGN-103" in altered.stderr
    assert "STD-105" in jingchuang("standards", "delete", "id-card", "--user", "admin", *data, text=_PASSWORD).stderr
    gone = jingchuang("standards", "delete", "id-card", "--yes", "--user", "admin", *data, text=_PASSWORD)
    assert gone.returncode == 0, gone.stderr
    assert _ids(jingchuang("standards", "list", "身份证", "--json", *data)) == {"id-card": "2026.2"}


def test_a_key_nobody_trusts_is_refused_until_it_is_trusted(tmp_path: Path) -> None:
    here, there, file = ("--data", tmp_path / "here"), ("--data", tmp_path / "there"), tmp_path / "theirs.flt"
    for data in (here, there):
        jingchuang("user", "add", "admin", "--name", "管理员", "--role", "administrator", *data, text=_PASSWORD)
    jingchuang("standards", "export", "exit-entry", "--out", file, *there)
    said = jingchuang("standards", "sign", file, "--user", "admin", *there, text=_PASSWORD)
    key = said.stdout.split()[-1]
    assert "SGN-104" in jingchuang("standards", "import", file, "--user", "admin", *here, text=_PASSWORD).stderr
    assert jingchuang("standards", "trust", key, "--user", "admin", *here, text=_PASSWORD).returncode == 0
    assert jingchuang("standards", "import", file, "--user", "admin", *here, text=_PASSWORD).returncode == 0


def test_assess_names_every_attribute_of_the_register(tmp_path: Path) -> None:
    path = tmp_path / "shot.jpg"
    path.write_bytes(jpeg(photograph(Portrait())))
    done = jingchuang("assess", path, "--standard", "id-card", "--shot", "--json", "--exception", "child")
    (image,) = json.loads(done.stdout)["images"]
    assert {c["id"] for c in image["checks"]} == set(register())
    assert done.returncode == (0 if image["passed"] else 1)
    keys = {"id", "number", "name", "value", "unit", "limits", "verdict", "region", "advice", "method", "ms"}
    assert all(set(c) == keys for c in image["checks"])
    yaw = next(c for c in image["checks"] if c["id"] == "yaw")
    assert yaw["limits"]["high"] == 15, "the child's limit"
