"""The usual mistakes around devices: permissions, groups, programs that hold a device, libraries of another build.

Reads /sys, /dev, /proc and /etc under a root that tests replace; changes nothing and opens no device.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.bootstrap.finding import Finding
from app.bootstrap.library_file import HEAD_BYTES, library_build, our_machine
from app.config.places import RESOURCES

if sys.platform != "win32":
    import grp

RULES = "60-jingchuang.rules"
_COMM = 15

# What lies in /dev → the group that udev gives it to on Debian and its kin.
_NODES = {"ttyUSB*": "dialout", "ttyACM*": "dialout", "usb/lp*": "lp", "video*": "video"}
# USB devices that are driven through their bus node: vendor and product, or an interface class, → the group of our rules.
_USB_IDS = {("0400", "c35a"): "plugdev", ("2b8b", "2721"): "plugdev"}
_USB_CLASSES = {"06": "plugdev", "07": "lp"}
# A pen tablet reports BTN_TOOL_PEN (Linux include/uapi/linux/input-event-codes.h); its keys are told as 64-bit words.
_TOOL_PEN, _WORD_BITS = 0x140, 64


def _may_use(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK)


@cache
def _own_groups() -> frozenset[str]:
    names: set[str] = set()
    if sys.platform == "win32":
        return frozenset(names)
    for number in {os.getegid(), *os.getgroups()}:
        try:
            names.add(grp.getgrgid(number).gr_name)
        except KeyError:
            continue  # a number without a name grants nothing we could tell
    return frozenset(names)


@dataclass(frozen=True)
class Machine:
    """The machine looked at, and the user it is looked at for."""

    root: Path = Path("/")
    may_use: Callable[[Path], bool] = _may_use
    groups: Callable[[], frozenset[str]] = _own_groups
    is_root: bool = False

    def nodes(self) -> Iterator[tuple[Path, str]]:
        """Every device node a window's device can have, with the group that should own it."""
        for pattern, group in _NODES.items():
            yield from ((path, group) for path in sorted((self.root / "dev").glob(pattern)))
        for device in sorted((self.root / "sys/bus/usb/devices").glob("*")):
            group = self._usb_group(device)
            if group:
                bus, number = _number(device / "busnum"), _number(device / "devnum")
                yield self.root / f"dev/bus/usb/{bus:03}/{number:03}", group
        for raw in sorted((self.root / "sys/class/hidraw").glob("hidraw*")):
            if self._hid_ids(raw) in _USB_IDS:
                yield self.root / "dev" / raw.name, "plugdev"
        for event in sorted((self.root / "sys/class/input").glob("event*")):
            if _has_pen(_text(event / "device/capabilities/key")):
                yield self.root / "dev/input" / event.name, "input"

    def _usb_group(self, device: Path) -> str:
        ids = (_text(device / "idVendor").lower(), _text(device / "idProduct").lower())
        if ids in _USB_IDS:
            return _USB_IDS[ids]
        classes = {_text(path) for path in device.glob("*/bInterfaceClass")}
        return next((group for code, group in _USB_CLASSES.items() if code in classes), "")

    @staticmethod
    def _hid_ids(raw: Path) -> tuple[str, str]:
        """From ``HID_ID=0003:00000400:0000C35A`` of the uevent file."""
        for line in _text(raw / "device" / "uevent").splitlines():
            if line.startswith("HID_ID=") and line.count(":") == 2:
                _, vendor, product = line.removeprefix("HID_ID=").split(":")
                return vendor[-4:].lower(), product[-4:].lower()
        return "", ""

    def programs(self) -> Iterator[tuple[str, Path]]:
        """Every running program: its short name and its folder in /proc."""
        for entry in sorted((self.root / "proc").glob("[0-9]*")):
            name = _text(entry / "comm")
            if name:
                yield name, entry


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""  # not there, or gone while we looked


def _has_pen(keys: str) -> bool:
    """``keys``: hexadecimal words, the most significant first."""
    words = keys.split()
    place, bit = divmod(_TOOL_PEN, _WORD_BITS)
    try:
        return len(words) > place and bool(int(words[-1 - place], 16) >> bit & 1)
    except ValueError:
        return False


def _number(path: Path) -> int:
    text = _text(path)
    return int(text) if text.isdecimal() else 0


def _permissions(machine: Machine) -> Finding:
    closed = [(path, group) for path, group in machine.nodes() if path.exists() and not machine.may_use(path)]
    seen = ", ".join(f"{_shown(machine, path)} ({group})" for path, group in closed) or "all present nodes can be used"
    groups = ",".join(sorted({group for _, group in closed}))
    return Finding(
        "device-permissions",
        not closed,
        seen,
        f"没有权限使用这些设备：sudo usermod -aG {groups} 用户名，重新登录；并安装 installer/udev 中的规则后重新插拔。",
        f"You may not use these devices: sudo usermod -aG {groups} USER, sign in again;"
        " install the rules of installer/udev, plug in again.",
    )


def _groups(machine: Machine) -> Finding:
    needed = {group for path, group in machine.nodes() if path.exists()}
    missing = set() if machine.is_root else needed - machine.groups()
    # Where every node can be used all the same (uaccess of the seat), no group is missing.
    usable = all(machine.may_use(path) for path, group in machine.nodes() if path.exists() and group in missing)
    names = ",".join(sorted(missing))
    return Finding(
        "device-groups",
        usable,
        names or "member of every group needed",
        f"当前用户不在这些组里：sudo usermod -aG {names} 用户名，然后注销并重新登录。",
        f"The user is not in these groups: sudo usermod -aG {names} USER, then sign out and in again.",
    )


@cache
def _grabber_table() -> dict[str, dict[str, str]]:
    with (RESOURCES / "devices" / "grabbers.toml").open("rb") as file:
        return {row["comm"]: row for row in tomllib.load(file).values()}


def _grabbers(machine: Machine) -> Iterator[Finding]:
    running = {name[:_COMM] for name, _ in machine.programs()}
    for comm, row in _grabber_table().items():
        if comm in running:
            yield Finding(f"grabber:{comm}", False, f"{comm} is running", row["zh"], row["en"])
    if not running & set(_grabber_table()):
        yield Finding("grabbers", True, "none running", "", "")


def _holders(machine: Machine, own: Iterable[int]) -> Finding:
    nodes = {str(path): _shown(machine, path) for path, _ in machine.nodes()}
    ours = {str(number) for number in own}
    held = []
    for name, folder in machine.programs():
        if {folder.name, _parent(folder)} & ours:
            continue  # this program and its workers
        try:
            targets = {_under(machine, os.readlink(link)) for link in (folder / "fd").iterdir()}  # noqa: PTH115 - raw text wanted
        except OSError:
            continue  # another user's program, or one that has just ended
        held += [f"{nodes[target]} ← {name} ({folder.name})" for target in sorted(targets & nodes.keys())]
    return Finding(
        "device-holders",
        not held,
        ", ".join(held) or "no other program holds a device",
        "设备正被这些程序占用，请关闭它们（括号内为进程号）。",
        "These programs hold the device; close them (process number in brackets).",
    )


def _parent(program: Path) -> str:
    """The parent's number, the second field behind the name in brackets (proc(5))."""
    fields = _text(program / "stat").rpartition(")")[2].split()
    return fields[1] if len(fields) > 1 else ""


def _under(machine: Machine, target: str) -> str:
    return target if machine.root == Path("/") else str(machine.root / target.lstrip("/"))


def _shown(machine: Machine, path: Path) -> str:
    return "/" + str(path.relative_to(machine.root))


def library_findings(paths: Iterable[Path]) -> Iterator[Finding]:
    """Vendors' libraries named in the settings: there, a library, and of our build."""
    for path in paths:
        name = f"library:{path.name}"
        try:
            with path.open("rb") as file:
                build = library_build(file.read(HEAD_BYTES))
        except OSError as error:
            yield Finding(
                name,
                False,
                error.strerror or "unreadable",
                "设置中的厂家驱动库不存在或无法读取，请向厂家索取并核对路径。",
                "The vendor's library named in the settings is missing or cannot be read; get it and check the path.",
            )
            continue
        good = build is not None and build.machine == our_machine()
        seen = "not a library" if build is None else f"{build.system} {build.bits}-bit {build.machine}"
        yield Finding(
            name,
            good,
            seen,
            f"该驱动库不能在本机（64 位 {our_machine()}）加载，请向厂家索取对应版本；32 位驱动库不能用于 64 位程序。",
            f"This library cannot be loaded here (64-bit {our_machine()}); ask the vendor for that build."
            " A 32-bit library does not work in a 64-bit program.",
        )


@dataclass(frozen=True)
class Need:
    """A system library a driver loads, and the package that brings it."""

    library: str
    package: str


_NEEDS = {
    "sdt": Need("usb-1.0", "libusb-1.0-0"),
    "escpos": Need("usb-1.0", "libusb-1.0-0"),
    "sane": Need("sane", "libsane1"),
}


def need_findings(drivers: Iterable[str], find: Callable[[str], str | None]) -> Iterator[Finding]:
    """What the configured drivers load; ``find`` is ``ctypes.util.find_library``."""
    for driver in sorted(set(drivers) & _NEEDS.keys()):
        need = _NEEDS[driver]
        found = find(need.library)
        yield Finding(
            f"driver:{driver}",
            found is not None,
            found or f"lib{need.library} is missing",
            f"缺少系统库：sudo apt-get install {need.package}。",
            f"A system library is missing: sudo apt-get install {need.package}.",
        )


def _udev(machine: Machine) -> Finding:
    rules = machine.root / "etc/udev/rules.d" / RULES
    packaged = machine.root / "lib/udev/rules.d" / RULES
    found = next((path for path in (rules, packaged) if path.exists()), None)
    return Finding(
        "udev-rules",
        found is not None or machine.is_root,
        _shown(machine, found) if found is not None else "not installed",
        f"请安装设备权限规则：sudo cp installer/udev/{RULES} /etc/udev/rules.d/ && sudo udevadm control --reload。",
        f"Install the device rules: sudo cp installer/udev/{RULES} /etc/udev/rules.d/ && sudo udevadm control --reload.",
    )


def examine_devices(machine: Machine, libraries: Iterable[Path] = (), own: Iterable[int] = ()) -> tuple[Finding, ...]:
    """Every check; ``own``: processes of this program, which may hold what they drive."""
    return (
        _udev(machine),
        _permissions(machine),
        _groups(machine),
        *_grabbers(machine),
        _holders(machine, own),
        *library_findings(libraries),
    )
