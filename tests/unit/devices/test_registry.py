"""The address in the settings is read strictly; what cannot be read is named."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.ports.errors import BadAddress
from devices.registry import DeviceAddress, parse_address, worker_launch


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gphoto:usb", DeviceAddress("gphoto", "usb")),
        (
            "gphoto:ptpip:127.0.0.1:15740:15740?model=Nikon+DSLR+(WLAN)",
            DeviceAddress("gphoto", "ptpip:127.0.0.1:15740:15740", {"model": "Nikon DSLR (WLAN)"}),
        ),
        ("folder:/照片 目录", DeviceAddress("folder", "/照片 目录")),
        ("escpos:/dev/ttyUSB0?baud=115200", DeviceAddress("escpos", "/dev/ttyUSB0", {"baud": "115200"})),
        ("sim:nikon?folder=/a%20b&script=/c", DeviceAddress("sim", "nikon", {"folder": "/a b", "script": "/c"})),
    ],
)
def test_an_address_falls_into_its_parts(text: str, expected: DeviceAddress) -> None:
    assert parse_address(text) == expected


@pytest.mark.parametrize("text", ["", "usb", "gphoto:", ":usb", "webcam:0", "gphoto:usb?x", "folder:/a?=&"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        parse_address(text)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_refusal(text: str) -> None:
    with contextlib.suppress(BadAddress):
        parse_address(text)


def test_a_printer_is_no_camera_and_a_camera_no_printer() -> None:
    with pytest.raises(BadAddress):
        worker_launch("camera", "escpos:tcp:127.0.0.1:9100")
    with pytest.raises(BadAddress):
        worker_launch("printer", "gphoto:usb")
