"""What every document reader owes the workstation: the lines as they are, or a typed reason; never another person's."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.mrz.framing import Framer, Framing, Rubbish, Zone
from devices.drivers.mrz.reader import open_reader
from devices.host.document_reader import DocumentReaderHost
from devices.host.document_reader_words import zone_of
from devices.host.messages import FrameBroken
from devices.ports.document_reader import ZONE_SHAPES, ZoneRead
from devices.ports.errors import (
    BadAddress,
    DeviceAbsent,
    DeviceError,
    DeviceLost,
    DocumentUnreadable,
    NoDocument,
    WorkerCrashed,
)
from devices.registry import open_driver, worker_launch
from devices.simulators.mrz.documents import SPECIMENS
from devices.simulators.mrz.script import Fault, Laid, Script, pieces
from devices.simulators.mrz.server import DocumentReaderSimulator
from helpers.travel_fuzz import frame_any_bytes

PASSPORT = SPECIMENS["passport"]
FUZZED = 4000
MISREAD = (PASSPORT[0], PASSPORT[1].replace("0", "O", 1))


@contextmanager
def reader(framing: str = "lines") -> Iterator[tuple[DocumentReaderSimulator, DocumentReaderHost]]:
    simulator = DocumentReaderSimulator(framing)
    simulator.start()
    host = DocumentReaderHost(worker_launch("document_reader", f"mrz:{simulator.path}?framing={framing}"))
    host.start()
    try:
        assert host.wait_until_open(30)
        yield simulator, host
    finally:
        host.stop(5)
        simulator.stop()


def laid_while_asked(simulator: DocumentReaderSimulator, host: DocumentReaderHost, laid: Laid) -> Future[ZoneRead]:
    """The question stands before the document comes; laid again until somebody listens, as an officer would."""
    asked = host.read(4)
    while not asked.done() and laid.fault not in (Fault.NOTHING, Fault.BROKEN_OFF, Fault.FLOOD):
        simulator.wait(0.3)
        simulator.lay(laid)
        if laid.fault is Fault.UNPLUGGED:
            break
        simulator.wait(0.7)
    if laid.fault in (Fault.BROKEN_OFF, Fault.FLOOD):
        simulator.wait(1.0)
        simulator.lay(laid)
    return asked


@pytest.mark.parametrize("framing", ["lines", "stx"])
def test_each_kind_of_document_arrives_as_it_was_read(framing: str) -> None:
    with reader(framing) as (simulator, host):
        for specimen in SPECIMENS.values():
            assert laid_while_asked(simulator, host, Laid(specimen)).result(10).lines == specimen
        assert host.description is not None
        assert host.description.framing == framing


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.ONE_LINE, Fault.TWICE])
def test_an_odd_way_to_send_changes_nothing(fault: Fault) -> None:
    with reader() as (simulator, host):
        assert laid_while_asked(simulator, host, Laid(PASSPORT, fault)).result(10).lines == PASSPORT


def test_a_misread_character_arrives_misread() -> None:
    with reader() as (simulator, host):
        assert laid_while_asked(simulator, host, Laid(PASSPORT, Fault.MISREAD)).result(10).lines == MISREAD


def test_every_other_fault_has_its_error_and_the_next_document_is_read() -> None:
    expected: dict[Fault, type[DeviceError]] = {
        Fault.TRUNCATED: DocumentUnreadable,
        Fault.BROKEN_OFF: DocumentUnreadable,
        Fault.NOISE: DocumentUnreadable,
        Fault.NO_READ: DocumentUnreadable,
        Fault.FLOOD: DocumentUnreadable,
        Fault.NOTHING: NoDocument,
    }
    with reader() as (simulator, host):
        for fault, error in expected.items():
            with pytest.raises(error):
                laid_while_asked(simulator, host, Laid(PASSPORT, fault)).result(15)
        assert laid_while_asked(simulator, host, Laid(PASSPORT)).result(10).lines == PASSPORT


def test_a_reader_pulled_out_is_lost_and_says_so() -> None:
    with reader() as (simulator, host):
        with pytest.raises(DeviceLost):
            laid_while_asked(simulator, host, Laid(PASSPORT, Fault.UNPLUGGED)).result(15)
        assert not host.wait_until_open(0.2)


def test_a_killed_worker_ends_the_question_and_comes_back() -> None:
    with reader() as (simulator, host):
        asked = host.read(20)
        simulator.wait(0.5)
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        with pytest.raises(WorkerCrashed):
            asked.result(10)
        assert host.wait_until_open(30)
        assert laid_while_asked(simulator, host, Laid(PASSPORT)).result(10).lines == PASSPORT


def test_a_document_laid_before_the_question_is_not_the_next_person_s() -> None:
    simulator = DocumentReaderSimulator()
    simulator.start()
    driver = open_reader(simulator.path, {})
    try:
        simulator.lay(Laid(PASSPORT))
        with pytest.raises(NoDocument):
            driver.read(0.5)
    finally:
        driver.close()
        simulator.stop()


@pytest.mark.parametrize("options", [{"baud": "1"}, {"framing": "x"}, {"colour": "blue"}])
def test_a_wrong_option_is_named(options: dict[str, str]) -> None:
    with pytest.raises(BadAddress):
        open_reader("/dev/null", options)


def test_a_port_that_is_not_there_is_absent(tmp_path: Path) -> None:
    with pytest.raises(DeviceAbsent):
        open_driver("document_reader", f"mrz:{tmp_path / 'ttyACM0'}")


def test_the_simulator_runs_beside_its_worker_as_its_script_says(tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    rows = [{"specimen": "card", "fault": "slow"}]
    script.write_text(json.dumps({"documents": rows, "every_s": 0.4, "framing": "stx"}), encoding="utf-8")
    assert Script.load(script).documents == (Laid(SPECIMENS["card"], Fault.SLOW),)
    host = DocumentReaderHost(worker_launch("document_reader", f"sim:mrz?script={script}"))
    host.start()
    try:
        assert host.wait_until_open(30)
        # The question may fall into the middle of a document: that one is refused, the next one is whole.
        error = first = host.read(8).exception(20)
        for _ in range(3):
            if error is not None:
                assert isinstance(first, DocumentUnreadable)
                error = host.read(8).exception(20)
        assert error is None
        assert host.description is not None
        assert host.description.framing == "stx"
    finally:
        host.stop(5)


# -- the wire ------------------------------------------------------------------------------------------------


WIRE = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from([b"\x02", b"\x03", b"\r", b"\n", b"\r\n", b"\x15", b"\x00"]),
        st.sampled_from([line.encode() for lines in SPECIMENS.values() for line in lines]),
        st.sampled_from([b"".join(pieces(Laid(PASSPORT, f), "stx")) for f in Fault if f is not Fault.FLOOD]),
    ),
    max_size=7,
).map(b"".join)


@settings(max_examples=FUZZED, deadline=None)
@given(WIRE, st.integers(1, 64), st.sampled_from(Framing))
def test_any_bytes_in_any_pieces_are_zones_or_rubbish(data: bytes, step: int, framing: Framing) -> None:
    assert frame_any_bytes(data, step, framing) == frame_any_bytes(data, max(len(data), 1), framing)


@pytest.mark.exhaustive
@settings(max_examples=300_000, deadline=None)
@given(WIRE, st.integers(1, 64), st.sampled_from(Framing))
def test_many_more_bytes(data: bytes, step: int, framing: Framing) -> None:
    frame_any_bytes(data, step, framing)


@pytest.mark.parametrize("framing", [Framing.AUTO, Framing.STX_ETX])
def test_a_frame_within_a_frame_is_told_and_the_inner_one_is_read(framing: Framing) -> None:
    whole = b"".join(pieces(Laid(PASSPORT), "stx"))
    assert Framer(framing).feed(whole[:30] + whole) == [Rubbish("new frame within another"), Zone(PASSPORT)]


def test_a_zone_at_the_end_of_a_flood_is_part_of_the_flood() -> None:
    whole = b"".join(pieces(Laid(PASSPORT), "stx"))
    assert Framer(Framing.STX_ETX).feed(whole[:1] + b"<" * 256 + whole[1:]) == [Rubbish("too long")]


@settings(deadline=None)
@given(st.recursive(st.none() | st.integers() | st.text(max_size=50), lambda x: st.lists(x, max_size=4), max_leaves=8))
def test_a_mad_worker_s_answer_is_no_zone(lines: object) -> None:
    with pytest.raises(FrameBroken):
        zone_of({"lines": lines})


@pytest.mark.hardware
def test_a_real_reader_gives_a_zone() -> None:
    address = os.environ["JINGCHUANG_DOCUMENT_READER"]
    host = DocumentReaderHost(worker_launch("document_reader", address))
    host.start()
    try:
        assert host.wait_until_open(15)
        zone = host.read(60).result(70)
        assert (len(zone.lines), len(zone.lines[0])) in ZONE_SHAPES
    finally:
        host.stop(5)
