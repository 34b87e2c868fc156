"""`jingchuang scan --kind`: piles of vehicle and driver files through the feeder end under their 流水号, jams and all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.archive.pile import JOURNAL, PiledPage, report
from app.cli import main
from app.domain.archive_batch import Declared, PageRole
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.server import FeederSimulator
from helpers.piles import DPI, DrawnPile, files_of
from helpers.scanners import feeder


@pytest.fixture
def simulator() -> Iterator[FeederSimulator]:
    with feeder(0) as running:
        yield running


class Desk:
    """The archivist at the command line."""

    def __init__(self, capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator) -> None:
        self._capsys = capsys
        self.out = tmp_path / "pile"
        self._options = ["--out", str(self.out), "--data", str(tmp_path / "data"), "--dpi", str(DPI), "--json"]
        self._device = ["--device", f"escl:{simulator.url}", "--source", "adf", "--kind", "vehicle"]

    def scan(self, *more: str) -> tuple[int, dict[str, Any]]:
        code = main(["--language", "zh_CN", "scan", *self._device, *self._options, *more])
        return code, json.loads(self._capsys.readouterr().out)

    def journal(self) -> list[PiledPage]:
        lines = (self.out / JOURNAL).read_text(encoding="utf-8").splitlines()
        return [page for page in map(PiledPage.of_line, lines) if page is not None]


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str], tmp_path: Path, simulator: FeederSimulator) -> Desk:
    return Desk(capsys, tmp_path, simulator)


def found(pages: list[PiledPage]) -> list[tuple[str, str]]:
    return [(page.serial, page.role.value) for page in sorted(pages, key=lambda page: page.number)]


def asked(answer: dict[str, Any]) -> list[str]:
    return [each["id"] for each in answer["asked"]]


def test_each_page_ends_under_its_number_blanks_and_separators_are_marked_and_nothing_is_thrown_away(
    desk: Desk, simulator: FeederSimulator, tmp_path: Path
) -> None:
    pile = files_of(tmp_path / "sheets", 3, 4)
    simulator.feed(pile.paths)
    code, answer = desk.scan("--expect-files", "3", "--expect-pages", "12")
    assert code == 0, answer["asked"]
    assert found(desk.journal()) == pile.truth
    assert [(each["serial"], each["kind"], len(each["pages"]), len(each["blank"])) for each in answer["files"]] == [
        ("XL2026000000", "vehicle", 4, 1),
        ("XL2026000001", "vehicle", 4, 1),
        ("XL2026000002", "vehicle", 4, 1),
    ]
    assert len(list(desk.out.glob("page-*.jpg"))) == len(pile.paths)


def test_after_a_jam_the_pile_goes_on_under_the_file_it_was_in(
    desk: Desk, simulator: FeederSimulator, tmp_path: Path
) -> None:
    pile = files_of(tmp_path / "sheets", 2, 5)
    simulator.feed(pile.paths)
    simulator.fail(FeederFaultKind.JAM, after=9)
    code, answer = desk.scan()
    assert code == 3
    assert answer["error"]["code"] == "SCN-101"
    assert len(desk.journal()) == 9, "every page before the jam is there and measured"
    simulator.fail(FeederFaultKind.NONE)
    code, answer = desk.scan()
    assert code == 0
    assert found(desk.journal()) == pile.truth


def test_a_separator_that_cannot_be_read_is_asked_about_and_its_pages_join_nobody(
    desk: Desk, simulator: FeederSimulator, tmp_path: Path
) -> None:
    (tmp_path / "sheets").mkdir()
    pile = DrawnPile(tmp_path / "sheets")
    pile.separator("XL2026000001")
    pile.pages("XL2026000001", 1, 5)
    pile.separator("XL2026000002", torn=True)
    pile.pages("", 2, 50)
    pile.separator("XL2026000003")
    pile.pages("XL2026000003", 1, 90)
    simulator.feed(pile.paths)
    code, answer = desk.scan()
    assert code == 1
    assert found(desk.journal()) == pile.truth
    assert asked(answer) == ["separators-unread", "pages-of-nobody"]
    assert [len(each["pages"]) for each in answer["files"]] == [1, 2, 1]
    assert answer["files"][1]["serial"] is None


def test_pages_before_the_first_separator_are_the_serial_that_was_given_or_nobody_s(
    desk: Desk, simulator: FeederSimulator, tmp_path: Path
) -> None:
    (tmp_path / "sheets").mkdir()
    pile = DrawnPile(tmp_path / "sheets")
    pile.pages("XL9", 2, 5)
    simulator.feed(pile.paths)
    code, answer = desk.scan("--serial", "XL2026999999")
    assert code == 0
    assert [each["serial"] for each in answer["files"]] == ["XL2026999999"]
    simulator.feed(pile.paths)
    desk.out = desk.out.with_name("other")
    desk._options[1] = str(desk.out)
    code, answer = desk.scan()
    assert code == 1
    assert asked(answer) == ["pages-of-nobody"]


def test_a_driver_that_sends_one_page_many_times_is_seen(desk: Desk, simulator: FeederSimulator, tmp_path: Path) -> None:
    pile = files_of(tmp_path / "sheets", 1, 3)
    for _ in range(12):
        pile.again("XL2026000000")
    simulator.feed(pile.paths)
    code, answer = desk.scan("--expect-pages", "3")
    assert code == 1
    assert asked(answer) == ["copies"]
    assert (len(answer["files"][0]["pages"]), len(answer["files"][0]["copies"])) == (3, 12)


def test_what_was_declared_is_compared_with_what_was_found(desk: Desk, simulator: FeederSimulator, tmp_path: Path) -> None:
    simulator.feed(files_of(tmp_path / "sheets", 2, 3).paths)
    code, answer = desk.scan("--expect-files", "3", "--expect-pages", "7")
    assert code == 1
    assert asked(answer) == ["pages-declared", "files-declared"]
    assert "申报 7 页，扫到 6 页" in answer["asked"][0]["text"]


def test_a_power_cut_between_a_page_and_its_line_loses_neither(
    desk: Desk, simulator: FeederSimulator, tmp_path: Path
) -> None:
    pile = files_of(tmp_path / "sheets", 2, 3)
    simulator.feed(pile.paths)
    desk.scan()
    journal = desk.out / JOURNAL
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:5]) + lines[5][: len(lines[5]) // 2], encoding="utf-8")
    simulator.feed(pile.paths[:1])
    desk.scan()
    pages = desk.journal()
    assert found(pages)[: len(pile.paths)] == pile.truth
    assert len({page.file for page in pages}) == len(pages) == len(pile.paths) + 1, "none doubled"


def test_half_a_page_on_the_disk_is_broken_and_no_page_of_a_file(
    desk: Desk, simulator: FeederSimulator, tmp_path: Path
) -> None:
    simulator.feed(files_of(tmp_path / "sheets", 1, 2).paths)
    desk.scan()
    (desk.out / JOURNAL).unlink()
    victim = sorted(desk.out.glob("page-*.jpg"))[1]
    victim.write_bytes(victim.read_bytes()[:2000])
    simulator.feed([])
    simulator.feed(files_of(tmp_path / "more", 1, 2).paths[:1])
    code, answer = desk.scan()
    assert code == 1
    assert "broken" in asked(answer)
    assert answer["files"][0]["broken"] == [victim.name]


def test_duplex_sides_that_do_not_match_are_told() -> None:
    page = PiledPage("page-0001-front.jpg", 1, "front", 300, "", PageRole.PAGE, "V", "XL2026000001")
    assert PiledPage.of_line(page.line()) == page
    assert [name for name, _ in report([page], Declared(), duplex=True).asked] == ["sides-differ"]
    assert report([page], Declared(), duplex=False).asked == ()


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '{"role": "page"}', '{"role": "king", "reasons": []}', "[" * 5000])
def test_no_line_of_a_journal_breaks_the_reading(line: str) -> None:
    assert PiledPage.of_line(line) is None


@pytest.mark.exhaustive
def test_two_hundred_pages_in_twelve_files_with_three_jams(desk: Desk, simulator: FeederSimulator, tmp_path: Path) -> None:
    pile = files_of(tmp_path / "sheets", 12, 16)
    assert len(pile.paths) >= 200
    simulator.feed(pile.paths)
    for after in (31, 77, 52):
        simulator.fail(FeederFaultKind.JAM, after=after)
        assert desk.scan()[0] == 3
    simulator.fail(FeederFaultKind.NONE)
    code, answer = desk.scan("--expect-files", "12", "--expect-pages", "192")
    assert code == 0, answer["asked"]
    assert found(desk.journal()) == pile.truth
