"""doctor finds the usual mistakes around devices, on machines made of files; each has its remedy in both languages."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bootstrap.doctor import examine, examine_machine
from app.bootstrap.doctor_devices import examine_devices, library_findings, need_findings
from app.bootstrap.finding import Finding
from app.bootstrap.library_file import LibraryBuild, library_build
from app.config.places import DataFolder
from app.config.settings import Settings
from app.domain.errors import SetupFault
from helpers.machines import FakeMachine, library, put

ELF_X86, ELF_X86_64, ELF_AARCH64 = 3, 62, 183
OURS = ELF_AARCH64 if platform.machine() in ("aarch64", "arm64") else ELF_X86_64


def found(machine: FakeMachine, own: tuple[int, ...] = ()) -> dict[str, Finding]:
    return {finding.id: finding for finding in examine_devices(machine.machine, (), own)}


@pytest.fixture
def fake(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path / "machine")


def test_an_empty_machine_lacks_nothing_but_the_rules(fake: FakeMachine) -> None:
    findings = found(fake)
    assert [f.id for f in findings.values() if not f.good] == ["udev-rules"]
    put(fake.root / "etc/udev/rules.d/60-jingchuang.rules")
    assert found(fake)["udev-rules"].good


@pytest.mark.parametrize(
    ("make", "path", "group"),
    [
        (lambda m: m.node("ttyUSB0"), "/dev/ttyUSB0", "dialout"),
        (lambda m: m.node("usb/lp0"), "/dev/usb/lp0", "lp"),
        (lambda m: m.node("video0"), "/dev/video0", "video"),
        (lambda m: m.usb("1-1", "0400:c35a"), "/dev/bus/usb/001/001", "plugdev"),
        (lambda m: m.usb("1-2", "04b8:0202", interface="07"), "/dev/bus/usb/001/001", "lp"),
        (lambda m: m.usb("1-3", "04b0:0439", interface="06"), "/dev/bus/usb/001/001", "plugdev"),
        (lambda m: m.hid(2, "0400:c35a"), "/dev/hidraw2", "plugdev"),
        (lambda m: m.tablet(5), "/dev/input/event5", "input"),
    ],
)
def test_a_device_the_user_may_not_use_is_named_with_the_group_to_join(
    make: object, path: str, group: str, fake: FakeMachine
) -> None:
    node = make(fake)  # type: ignore[operator]  # one of the lambdas above
    findings = found(fake)
    assert f"{path} ({group})" in findings["device-permissions"].seen
    assert f"usermod -aG {group} " in findings["device-permissions"].remedy("zh_CN")
    assert not findings["device-groups"].good
    assert findings["device-groups"].seen == group
    fake.groups = frozenset({group})
    assert found(fake)["device-groups"].good
    fake.open_nodes.add(node)
    assert found(fake)["device-permissions"].good


def test_a_keyboard_and_a_mouse_are_none_of_our_business(fake: FakeMachine) -> None:
    fake.usb("1-1", "046d:c31c", interface="03")
    fake.hid(0, "046d:c31c")
    fake.tablet(1, keys="1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe")
    fake.tablet(2, keys="no number here")
    assert found(fake)["device-permissions"].good
    assert found(fake)["device-groups"].good


def test_no_group_is_missing_where_the_seat_s_rules_already_let_the_user_in(fake: FakeMachine) -> None:
    fake.node("video0", usable=True)
    assert found(fake)["device-groups"].good


@pytest.mark.parametrize(
    "name", ["gvfs-gphoto2-volume-monitor", "gvfsd-gphoto2", "ModemManager", "brltty", "ipp-usb", "pcscd", "fprintd"]
)
def test_a_program_known_to_take_devices_is_named_with_its_own_remedy(name: str, fake: FakeMachine) -> None:
    fake.program(700, name)
    fake.program(701, "bash")
    (grabber,) = [f for f in found(fake).values() if f.id.startswith("grabber:")]
    assert not grabber.good
    assert grabber.id == f"grabber:{name[:15]}"
    assert grabber.seen == f"{name[:15]} is running"
    assert grabber.remedy("en") != grabber.remedy("zh_CN")


def test_whoever_holds_a_device_is_named(fake: FakeMachine) -> None:
    fake.node("ttyUSB0", usable=True)
    fake.program(801, "minicom", holds=("/dev/ttyUSB0", "/dev/null"))
    assert found(fake)["device-holders"].seen == "/dev/ttyUSB0 ← minicom (801)"


def test_our_own_program_and_its_workers_may_hold_what_they_drive(fake: FakeMachine) -> None:
    fake.node("ttyUSB0", usable=True)
    fake.program(900, "jingchuang", holds=("/dev/ttyUSB0",))
    fake.program(901, "a (strange) name", parent=900, holds=("/dev/ttyUSB0",))
    assert not found(fake)["device-holders"].good
    assert found(fake, own=(900,))["device-holders"].good


def _one_library(path: Path) -> Finding:
    (finding,) = library_findings([path])
    return finding


def test_a_vendor_s_library_must_be_there_and_of_this_machine_s_build(tmp_path: Path) -> None:
    path = tmp_path / "liblivescan.so"
    assert not _one_library(path).good
    for content, good, seen in (
        (library(OURS), True, "64-bit"),
        (library(ELF_X86, 32), False, "elf 32-bit x86"),
        (library(ELF_X86_64 if OURS == ELF_AARCH64 else ELF_AARCH64), False, "64-bit"),
        (b"<html>404</html>", False, "not a library"),
        (b"", False, "not a library"),
    ):
        path.write_bytes(content)
        finding = _one_library(path)
        assert finding.good is good
        assert seen in finding.seen
    assert "32" in _one_library(path).remedy("zh_CN")


def test_a_windows_library_is_read_too() -> None:
    head = bytearray(256)
    head[:2], head[60:64], head[128:132] = b"MZ", (128).to_bytes(4, "little"), b"PE\0\0"
    for machine, build in ((0x14C, LibraryBuild("pe", 32, "x86")), (0x8664, LibraryBuild("pe", 64, "x86-64"))):
        head[132:134] = machine.to_bytes(2, "little")
        assert library_build(bytes(head)) == build


@settings(max_examples=4000, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"\x7fELF", b"MZ"]))
def test_any_file_is_a_library_or_none(data: bytes, head: bytes) -> None:
    build = library_build(head + data)
    assert build is None or build.bits in (0, 32, 64)


def test_a_system_library_that_a_configured_driver_needs_is_named_with_its_package() -> None:
    findings = {f.id: f for f in need_findings(["sdt", "sane", "uvc"], {"usb-1.0": "libusb-1.0.so.0"}.get)}
    assert findings["driver:sdt"].good
    assert not findings["driver:sane"].good
    assert "apt-get install libsane1" in findings["driver:sane"].remedy("en")
    assert set(findings) == {"driver:sdt", "driver:sane"}


@pytest.mark.parametrize(("name", "package"), [("font", "fonts-noto-cjk"), ("zone-font", "fonts-ocr-b")])
def test_a_missing_font_is_named_with_its_package(name: str, package: str, tmp_path: Path) -> None:
    def missing() -> Path:
        raise SetupFault("FNT-101")

    def there() -> Path:
        return tmp_path / "font.otf"

    def look(find: Callable[[], Path]) -> Finding:
        fonts = {"font": there, "zone_font": there, name.replace("-", "_"): find}
        findings = examine(DataFolder(tmp_path / "data"), models=lambda: None, **fonts)
        return next(f for f in findings if f.id == name)

    assert look(there).good
    finding = look(missing)
    assert not finding.good
    for language in ("zh_CN", "en"):
        assert package in finding.remedy(language)


@pytest.mark.parametrize("bits", [32, 64])
def test_the_doctor_looks_at_the_library_inside_a_device_s_address(bits: int, tmp_path: Path) -> None:
    path = tmp_path / "libID_FprCap.so"
    path.write_bytes(library(OURS if bits == 64 else ELF_X86, bits))
    preferences = Settings.load(tmp_path / "settings.json")
    preferences.change("fingerprint.address", f"livescan:{path}?features={path}")
    findings = {finding.id: finding for finding in examine_machine(preferences)}
    assert findings["library:libID_FprCap.so"].good is (bits == 64)


def test_every_remedy_is_in_its_own_language(fake: FakeMachine) -> None:
    fake.node("ttyUSB0")
    for number, name in enumerate(("brltty", "ModemManager"), start=5):
        fake.program(number, name, holds=("/dev/ttyUSB0",))
    for finding in examine_devices(fake.machine, [Path("/no/such/lib.so")]):
        if not finding.good:
            assert re.search(r"[一-鿿]", finding.remedy("zh_CN")), finding.id
            assert not re.search(r"[一-鿿]", finding.remedy("en")), finding.id
