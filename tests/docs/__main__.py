"""`make docs`: screenshots of every screen in both languages, the table of errors, the table of measurements."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.bootstrap.demonstration import demo_applicant
from app.config.texts import whole_table
from app.ui.screenshots import take_screenshots
from docs.accounts import accounts_picture
from docs.archive import archive_pictures, training_pile
from docs.cases import case_pictures
from docs.devices import device_pictures
from docs.fingers import finger_pictures
from docs.intake import intake_pictures
from docs.queue import queue_pictures
from helpers import cards, matter_table
from helpers.desks import TRAINEE, training_gate

DOCS = ROOT / "docs"


def screenshots() -> None:
    """The same job in each language, from an empty data folder."""
    for language in ("zh_CN", "en"):
        target = DOCS / "screenshots" / language
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as folder, training_gate(Path(folder), language) as (gate, settings, _, kit):
            take_screenshots(gate, settings, TRAINEE, demo_applicant(), target, language)
            paper = sorted(kit.paper.glob("*.png"))
            if paper:
                shutil.copy(paper[0], target / "receipt.png")
        device_pictures(language, target)
        intake_pictures(language, target)
        case_pictures(language, target)
        finger_pictures(language, target)
        queue_pictures(language, target)
        archive_pictures(language, target)
        accounts_picture(language, target)


def errors() -> None:
    """Every code with its sentences."""
    lines = ["# Every error an officer can meet", "", "Made by `make docs` from `resources/texts/errors`.", ""]
    lines += ["| code | 发生了什么 | 什么是安全的 | 下一步 |", "|---|---|---|---|"]
    for code, entry in sorted(whole_table("errors").items()):
        zh = entry["zh"]
        lines.append(f"| {code} | {zh['what']} | {zh['safe']} | {zh['next']} |")
    (DOCS / "errors.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def card_reader() -> None:
    """The table of status words in the card reader's page, between its two marks."""
    _between(DOCS / "devices" / "card-reader.md", cards.TABLE_BEGINS, cards.TABLE_ENDS, cards.status_table())


def matters() -> None:
    """The table of the catalogue's counts."""
    _between(DOCS / "matters.md", matter_table.TABLE_BEGINS, matter_table.TABLE_ENDS, matter_table.matter_table())


def _between(page: Path, begins: str, ends: str, table: list[str]) -> None:
    head, _, rest = page.read_text(encoding="utf-8").partition(begins)
    _, _, tail = rest.partition(ends)
    lines = "\n".join(table)
    page.write_text(f"{head}{begins}\n{lines}\n{ends}{tail}", encoding="utf-8")


def measurements() -> None:
    """bench.json as a table."""
    path = ROOT / "bench.json"
    if not path.exists():
        return
    lines = [
        "# Measurements",
        "",
        "Made by `make docs` from `bench.json` (`make bench`); each beside its reference, same run.",
        "",
    ]
    lines += ["| figure | value | reference | value | ratio |", "|---|---|---|---|---|"]
    for row in json.loads(path.read_text(encoding="utf-8")):
        unit = row["unit"]
        lines.append(
            f"| {row['name']} | {row['value']:.4g} {unit} | {row['reference']} | {row['reference_value']:.4g} {unit}"
            f" | {row['ratio']:.2f} |"
        )
    (DOCS / "measurements.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    errors()
    card_reader()
    matters()
    measurements()
    training_pile()
    screenshots()
