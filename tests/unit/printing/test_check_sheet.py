"""The check print finds out what a printer can; its answer is kept and decides what is sent as text from then on."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.config.fonts import chinese_font
from app.domain.errors import BadInput
from app.printing.charset import UNCHECKED, Zone, zone_of
from app.printing.check_sheet import SAMPLES, CheckAnswer, check_sheet
from app.printing.profiles import WIDTHS, PrinterProfile, PrinterProfiles
from devices.simulators.escpos.parser import Parser, Step
from devices.simulators.escpos.render import Paper, png_of
from devices.simulators.escpos.rom import Rom

FONT = chinese_font()
ADDRESS = "escpos:tcp:127.0.0.1:9100"


def look(rom: Rom, width: int) -> CheckAnswer:
    """What an officer would answer: which pairs of strips are alike, which ruler kept to one line."""
    paper, rows, rulers = Paper(width, FONT, rom), set(), {}
    number, before = 0, 0
    for action in Parser().feed(check_sheet(FONT)):
        strips = len(paper._strips)
        paper.do(action)
        text = action.data.decode("gb18030", "replace") if action.step is Step.TEXT else ""
        if text[:1].isdigit():
            number, before = int(text[0]), strips
        if action.step is Step.RASTER and number:
            spelt, drawn = (np.asarray(s)[:, 36:384] < 128 for s in paper._strips[before : before + 2])
            # The same letters of two faces differ at their edges, letters and boxes almost everywhere.
            if np.logical_xor(spelt, drawn).sum() < 0.8 * drawn.sum():
                rows.add(number)
            number = 0
        if text.startswith("....") and text[-2:].isdigit():
            rulers[int(text[-2:])] = len(paper._strips) == strips
    return CheckAnswer(frozenset(rows), max(c for c, one_line in rulers.items() if one_line))


@pytest.mark.parametrize(
    ("rom", "width", "rows", "columns"),
    [(Rom.GB2312, 384, {1, 2, 3}, 32), (Rom.GBK, 512, {1, 2, 3, 4, 5, 6}, 42), (Rom.GB18030, 576, set(range(1, 8)), 48)],
)
def test_the_sheet_shows_what_each_kind_of_printer_can(rom: Rom, width: int, rows: set[int], columns: int) -> None:
    answer = look(rom, width)
    assert answer == CheckAnswer(frozenset(rows), columns)
    profile = answer.profile(ADDRESS, "2026-11-24T09:00:00+0800")
    assert profile.width_dots == width
    assert profile.charset.spells("𬱖") is (rom is Rom.GB18030)
    assert profile.charset.spells("喆") is (rom is not Rom.GB2312)


def test_every_sample_belongs_to_its_zone_and_every_zone_has_one() -> None:
    assert list(SAMPLES) == list(Zone)
    for zone, sample in SAMPLES.items():
        assert {zone_of(c) for c in sample} == {zone}


def test_the_sheet_is_a_picture_without_unknown_commands() -> None:
    paper = Paper(576, FONT)
    for action in Parser().feed(check_sheet(FONT)):
        paper.do(action)
    assert not paper.unknown
    assert Image.open(io.BytesIO(png_of(paper.picture()))).height > 600


@pytest.mark.parametrize(
    ("rows", "columns"), [("1,8", "48"), ("0", "48"), ("一", "48"), ("1", "80"), ("1", ""), ("1;2", "48")]
)
def test_an_answer_that_cannot_be_is_refused_in_words(rows: str, columns: str) -> None:
    with pytest.raises(BadInput) as refused:
        CheckAnswer.read(rows, columns)
    assert refused.value.code == "PRN-134"


@pytest.mark.parametrize(("rows", "numbers"), [("", set()), (" 1 , 2 ", {1, 2}), ("1，3", {1, 3})])
def test_an_answer_is_read_as_people_type_it(rows: str, numbers: set[int]) -> None:
    assert CheckAnswer.read(rows, "32").rows == numbers


def test_the_answer_is_kept_for_each_printer_by_its_address(tmp_path: Path) -> None:
    profiles = PrinterProfiles(tmp_path / "data" / "printers.json")
    assert profiles.of(ADDRESS) == PrinterProfile(ADDRESS, UNCHECKED)
    mine = CheckAnswer.read("1,2", "32").profile(ADDRESS, "2026-11-24T09:00:00+0800")
    other = CheckAnswer.read("1,2,3,4,5,6,7", "48").profile("escpos:/dev/usb/lp0", "2026-11-24T09:05:00+0800")
    profiles.keep(mine)
    profiles.keep(other)
    again = PrinterProfiles(tmp_path / "data" / "printers.json")
    assert (again.of(ADDRESS), again.of(other.address)) == (mine, other)
    assert {row.width_dots for row in (mine, other)} <= set(WIDTHS.values())


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda v: (
            st.lists(v, max_size=3) | st.dictionaries(st.sampled_from(["version", "printers", ADDRESS, "x"]), v, max_size=3)
        ),
    ).map(lambda v: json.dumps({"version": 1, "printers": {ADDRESS: v}}).encode())
)
def test_a_spoilt_record_is_refused_in_words_and_never_believed(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "printers.json"
        path.write_bytes(content)
        with pytest.raises(BadInput) as refused:
            PrinterProfiles(path).of(ADDRESS)
        assert refused.value.code == "PRN-133"
