"""A reader that types is told from a person by its speed; nobody's typing is swallowed and no line of a zone is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.wedge import WedgeRecogniser
from helpers.mrz_pictures import TD1_LINES, TD2_LINES, TD3_LINES


class Desk:
    """What a window does with the outcomes: holds keys, gives them back, takes scans."""

    def __init__(self) -> None:
        self.recogniser = WedgeRecogniser()
        self.now = 10_000
        self.held: list[str] = []
        self.field = ""
        self.scans: list[tuple[str, ...]] = []

    def press(self, key: str, gap_ms: int) -> None:
        self.now += gap_ms
        outcome = self.recogniser.press(key, self.now)
        self._act(outcome.release, outcome.scan)
        if outcome.hold and outcome.scan is None:
            self.held.append(key)
        elif not outcome.hold:
            self.field += key

    def quiet(self, ms: int) -> None:
        self.now += ms
        outcome = self.recogniser.quiet(self.now)
        self._act(outcome.release, outcome.scan)

    def _act(self, release: bool, scan: tuple[str, ...] | None) -> None:
        if release:
            self.field += "".join(self.held)
            self.held.clear()
        if scan is not None:
            self.scans.append(scan)
            self.held.clear()

    def burst(self, text: str, gap_ms: int = 5) -> None:
        for key in text:
            self.press(key, gap_ms)


@pytest.mark.parametrize("lines", [TD1_LINES, TD2_LINES, TD3_LINES])
@pytest.mark.parametrize("between_ms", [5, 200])
def test_all_lines_of_a_zone_make_one_scan(lines: tuple[str, ...], between_ms: int) -> None:
    desk = Desk()
    for line in lines:
        desk.quiet(between_ms)
        desk.burst(line + "\n")
    desk.quiet(1000)
    assert desk.scans == [lines]
    assert not desk.field


def test_a_person_s_typing_arrives_as_typed() -> None:
    desk = Desk()
    for key in "E12345678\n":
        desk.press(key, 90)
        desk.quiet(60)
    assert desk.field == "E12345678\n"
    assert not desk.scans


def test_a_scan_in_the_middle_of_typing_takes_only_its_own_keys() -> None:
    desk = Desk()
    for key in "AB":
        desk.press(key, 120)
        desk.quiet(60)
    desk.quiet(600)
    desk.burst("".join(f"{line}\n" for line in TD3_LINES))
    for key in "CD":
        desk.press(key, 700)
        desk.quiet(60)
    assert desk.field == "ABCD"
    assert desk.scans == [TD3_LINES]


def test_a_barcode_or_a_number_is_a_scan_of_one_line() -> None:
    desk = Desk()
    desk.burst("999999199003071015\n")
    assert desk.scans == [("999999199003071015",)]


def test_a_zone_that_breaks_off_after_its_first_line_is_told_not_kept_for_the_next_person() -> None:
    desk = Desk()
    desk.burst(TD3_LINES[0] + "\n")
    desk.quiet(600)
    assert desk.scans == [TD3_LINES[:1]]
    desk.quiet(2000)
    desk.burst("".join(f"{line}\n" for line in TD3_LINES))
    assert desk.scans[1:] == [TD3_LINES]


def test_two_quick_keys_and_enter_are_a_person() -> None:
    desk = Desk()
    desk.burst("ok\n")
    desk.quiet(1000)
    assert desk.field == "ok\n"


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "<", "7", "\n", ""]), st.integers(0, 120)), max_size=120))
def test_no_key_is_lost_doubled_or_moved(keys: list[tuple[str, int]]) -> None:
    desk = Desk()
    for key, gap in keys:
        desk.press(key, gap)
    desk.quiet(10_000)
    assert not desk.held
    written = "".join(key for key, _ in keys)
    scanned = sum(len(line) + 1 for scan in desk.scans for line in scan)
    assert len(desk.field) + scanned >= len(written) - len(desk.scans)
    if not desk.scans:
        assert desk.field == written


@pytest.mark.parametrize("key", ["A", "<", "~"])
def test_an_endless_burst_is_held_in_bounded_memory(key: str) -> None:
    desk = Desk()
    for _ in range(5000):
        desk.press(key, 1)
        assert len(desk.held) <= 256
    desk.quiet(1000)
    assert desk.field == key * 5000
