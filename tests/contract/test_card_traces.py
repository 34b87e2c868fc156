"""Recorded bytes of card readers: what was read once is read again, and a spoilt recording is never a card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from devices.drivers.sdt.reader import open_card_reader
from devices.ports.card_reader import CardBlocks, ReadRequest
from devices.ports.errors import DeviceError
from devices.simulators.sdt.cards import KINDS, invented_card
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader
from devices.simulators.trace import Said, TraceDevice, TraceRecorder, parse_trace
from helpers.cards import blocks

TRACES = Path(__file__).resolve().parents[1] / "data" / "traces"


@contextmanager
def replayed(trace: tuple[Said, ...]) -> Iterator[TraceDevice]:
    device = TraceDevice(trace)
    device.start()
    try:
        yield device
    finally:
        device.stop()


def read(path: str, patience: str = "1") -> CardBlocks:
    reader = open_card_reader(path, {"baud": "115200", "patience": patience})
    try:
        return reader.read(ReadRequest(2.0), lambda: False)
    finally:
        reader.close()


def shipped(kind: str) -> tuple[Said, ...]:
    return parse_trace((TRACES / f"sdt-{kind}.trace").read_text("ascii"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_recorded_reading_is_read_again_byte_for_byte(kind: str) -> None:
    with replayed(shipped(kind)) as device:
        assert read(device.path) == blocks(invented_card(kind, 7, new_address=True))
        assert device.strayed == ""


@pytest.mark.parametrize("spoil", ["bit", "short", "silent"])
@pytest.mark.parametrize("answer", [1, 3, 5])
def test_a_spoilt_recording_ends_in_a_typed_error_and_never_in_a_card(spoil: str, answer: int) -> None:
    trace = list(shipped("resident"))
    said = [n for n, s in enumerate(trace) if s.by_device][answer]
    data = bytearray(trace[said].data)
    if spoil == "bit":
        data[len(data) // 2] ^= 0x10
    trace[said] = replace(trace[said], data={"bit": bytes(data), "short": bytes(data[:-3]), "silent": b""}[spoil])
    with replayed(tuple(trace[: said + 1])) as device, pytest.raises(DeviceError):
        read(device.path, patience="0.1")


def test_what_stands_between_hears_both_sides_and_changes_nothing() -> None:
    module = SamModule()
    card = invented_card("resident", 9)
    module.lay(card)
    terminal = TerminalReader(module)
    terminal.start()
    recorder = TraceRecorder(terminal.path)
    recorder.start()
    try:
        assert read(recorder.path) == blocks(card)
    finally:
        recorder.stop()
        terminal.stop()
    assert parse_trace(recorder.text()) == tuple(recorder.trace)
    with replayed(parse_trace(recorder.text())) as device:
        assert read(device.path) == blocks(card)


@pytest.mark.parametrize("line", ["? 00", "< aa", "< 5 0", "> xy"])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse_trace(f"# a comment\n{line}\n")
