"""The responder's PTP/IP: packets and datasets as the standard writes them, and nonsense from a client does no harm."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulators.ptpip import datasets, wire
from devices.simulators.ptpip.body import Memory
from devices.simulators.ptpip.canon import Canon
from devices.simulators.ptpip.faults import Fault, FaultScript, Planned
from devices.simulators.ptpip.nikon import Nikon
from devices.simulators.ptpip.pictures import Pictures
from helpers.pictures import portrait_jpeg


class _Line:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def recv(self, count: int, /) -> bytes:
        part, self._data = self._data[:count], self._data[count:]
        return part

    def sendall(self, data: bytes, /) -> None:
        raise AssertionError("nothing is sent here")


@given(st.binary(max_size=200))
def test_any_bytes_from_a_client_end_its_line_and_nothing_else(data: bytes) -> None:
    line = _Line(data)
    try:
        kind, body = wire.receive(line)
        if kind == wire.Packet.COMMAND_REQUEST:
            wire.read_command(line, body)
    except (wire.ConnectionEnded, wire.PacketBroken):
        pass


def test_a_command_with_data_is_read_completely() -> None:
    request = struct.pack("<IHIII", 2, 0x1016, 7, 0x500F, 9)
    stream = wire.packet(wire.Packet.START_DATA, struct.pack("<IQ", 7, 4))
    stream += wire.packet(wire.Packet.DATA, struct.pack("<I", 7) + b"ab")
    stream += wire.packet(wire.Packet.END_DATA, struct.pack("<I", 7) + b"cd")
    assert wire.read_command(_Line(stream), request) == wire.Command(0x1016, 7, (0x500F, 9), b"abcd")


@given(st.text(alphabet=st.characters(max_codepoint=0xD7FF, exclude_characters="\0"), max_size=60))
def test_strings_are_counted_with_their_nul(text: str) -> None:
    data = datasets.string(text)
    assert (
        data[0] == (0 if not text else len(text.encode("utf-16-le")) // 2 + 1)
        or len(text) != len(text.encode("utf-16-le")) // 2
    )
    if text:
        assert datasets.decoded(datasets.STRING, data) == text


@pytest.mark.parametrize("make", [Nikon, Canon])
@given(code=st.integers(0, 0xFFFF), parameters=st.lists(st.integers(0, 2**32 - 1), max_size=5), data=st.binary(max_size=40))
def test_any_command_is_answered(make: type[Nikon], code: int, parameters: list[int], data: bytes) -> None:
    body = make(Memory(_PICTURES, FaultScript()))
    reply = body.obey(wire.Command(code, 1, tuple(parameters), data))
    assert 0x2000 <= reply.code <= 0xAFFF


_PICTURES = Pictures([portrait_jpeg(width=600, height=800)])


def test_a_fault_script_strikes_once_or_for_good(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    rows = [{"fault": "refuse-focus", "shot": 2}, {"fault": "busy", "frame": 5, "lasting": True}]
    path.write_text(json.dumps({"faults": rows}), encoding="utf-8")
    script = FaultScript.load(path)
    assert [script.at_shot(n) for n in (1, 2, 3)] == [None, Fault.REFUSE_FOCUS, None]
    assert [script.at_frame(n) for n in (4, 5, 99)] == [None, Fault.BUSY, Fault.BUSY]
    script.plan(Planned(Fault.TORN_JPEG, shot=3))
    assert script.at_shot(3) is Fault.TORN_JPEG
    script.clear()
    assert script.at_shot(2) is None
