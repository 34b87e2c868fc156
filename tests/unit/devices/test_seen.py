"""What the machine sees becomes addresses to choose from; what an officer types becomes one, or is refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.ports.errors import BadAddress
from devices.registry import DRIVERS, parse_address
from devices.seen import SeenDevice, SerialPort, network_address, network_kinds, seen_devices
from helpers.machines import FakeMachine, put


def see(root: Path, *ports: SerialPort) -> tuple[SeenDevice, ...]:
    return seen_devices(root, lambda: ports)


def test_a_usb_printer_a_camera_and_a_card_reader_are_seen_by_what_they_are(tmp_path: Path) -> None:
    fake = FakeMachine(tmp_path)
    fake.usb("1-1", "04b8:0202", interface="07", name="TM-T88V")
    fake.usb("1-2", "04b0:0439", interface="06", name="NIKON DSC D750")
    fake.usb("1-3", "0400:c35a", name="SAM")
    fake.usb("1-4", "046d:c31c", interface="03", name="Keyboard")
    assert see(tmp_path) == (
        SeenDevice("printer", "escpos:usb:04b8:0202", "TM-T88V"),
        SeenDevice("camera", "gphoto:usb", "NIKON DSC D750"),
        SeenDevice("card_reader", "sdt:usb", "SAM"),
    )


def test_nodes_and_serial_ports_are_offered_for_every_kind_they_could_be(tmp_path: Path) -> None:
    fake = FakeMachine(tmp_path)
    fake.node("usb/lp0")
    fake.node("video3")
    put(tmp_path / "sys/class/video4linux/video3/name", "HD Webcam\n")
    found = see(tmp_path, SerialPort("/dev/ttyUSB0", "CH340"))
    assert SeenDevice("printer", "escpos:/dev/usb/lp0", "lp0") in found
    assert SeenDevice("camera", "uvc:3", "HD Webcam") in found
    assert SeenDevice("card_reader", "sdt:/dev/ttyUSB0", "/dev/ttyUSB0 CH340") in found
    assert {"card_reader", "fingerprint", "printer"} <= {d.kind for d in found if "ttyUSB0" in d.address}


def test_addresses_of_kinds_that_can_be_driven_can_be_read_back(tmp_path: Path) -> None:
    fake = FakeMachine(tmp_path)
    fake.usb("1-1", "04b8:0202", interface="07")
    fake.node("usb/lp0")
    fake.node("video0")
    for device in see(tmp_path, SerialPort("/dev/tty USB?0", "odd")):
        driver = device.address.partition(":")[0]
        if driver in DRIVERS.get(device.kind, {}):
            assert parse_address(device.address).driver == driver


def test_a_host_typed_alone_gets_the_usual_port() -> None:
    assert network_address("printer", " 192.0.2.20 ") == "escpos:tcp:192.0.2.20:9100"
    assert network_address("printer", "printer.local:9101") == "escpos:tcp:printer.local:9101"
    assert network_address("scanner", "192.0.2.7") == "escl:http://192.0.2.7:80/eSCL"


@pytest.mark.parametrize("typed", ["", ":", "host:", "host:0", "host:99999", "300.1.1.1", "a b", "x/../y", "h?x=1", "-a"])
def test_what_is_no_host_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress):
        network_address("printer", typed)


@settings(max_examples=4000, deadline=None)
@given(st.sampled_from(sorted(network_kinds())), st.text(max_size=40))
def test_any_typed_text_is_an_address_that_can_be_read_or_a_refusal(kind: str, typed: str) -> None:
    with contextlib.suppress(BadAddress):
        address = network_address(kind, typed)
        if address.partition(":")[0] in DRIVERS.get(kind, {}):
            assert parse_address(address).options == {}
