"""A machine made of files: /sys, /dev, /proc and /etc as the kernel lays them out, with the user's rights made up."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap.doctor_devices import Machine


def put(path: Path, text: str = "") -> Path:
    """A small file with everything above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class FakeMachine:
    """``machine`` is what doctor is handed; the user may use ``open_nodes`` and is in ``groups``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.open_nodes: set[Path] = set()
        self.groups: frozenset[str] = frozenset({"users"})

    @property
    def machine(self) -> Machine:
        return Machine(self.root, lambda path: path in self.open_nodes, lambda: self.groups)

    def node(self, name: str, *, usable: bool = False) -> Path:
        path = put(self.root / "dev" / name)
        if usable:
            self.open_nodes.add(path)
        return path

    def usb(self, place: str, ids: str, *, interface: str = "ff", name: str = "", usable: bool = False) -> Path:
        """A USB device with one interface and its bus node."""
        vendor, product = ids.split(":")
        device = self.root / "sys/bus/usb/devices" / place
        number = len(list(device.parent.glob("*"))) + 1
        for file, text in (
            ("idVendor", vendor), ("idProduct", product), ("busnum", "1"), ("devnum", str(number)), ("product", name),
        ):  # fmt: skip
            put(device / file, text + "\n")
        put(device / f"{place}:1.0" / "bInterfaceClass", interface + "\n")
        return self.node(f"bus/usb/001/{number:03}", usable=usable)

    def hid(self, number: int, ids: str) -> Path:
        vendor, product = (part.upper().zfill(8) for part in ids.split(":"))
        put(self.root / f"sys/class/hidraw/hidraw{number}/device/uevent", f"DRIVER=hid\nHID_ID=0003:{vendor}:{product}\n")
        return self.node(f"hidraw{number}")

    def tablet(self, number: int, keys: str = "1c03 0 0 0 0 0") -> Path:
        """A pen tablet's event node; ``keys`` as the kernel writes down what it can report (a Wacom Intuos S)."""
        put(self.root / f"sys/class/input/event{number}/device/capabilities/key", keys + "\n")
        return self.node(f"input/event{number}")

    def program(self, number: int, name: str, parent: int = 1, holds: tuple[str, ...] = ()) -> None:
        folder = self.root / "proc" / str(number)
        put(folder / "comm", name[:15] + "\n")
        put(folder / "stat", f"{number} ({name[:15]}) S {parent} 1 1 0\n")
        (folder / "fd").mkdir(exist_ok=True)
        for descriptor, target in enumerate(holds, start=3):
            (folder / "fd" / str(descriptor)).symlink_to(target)


def library(machine: int, bits: int = 64) -> bytes:
    """The head of an ELF library for a machine by its number (System V gABI)."""
    head = bytearray(64)
    head[:6] = b"\x7fELF" + bytes((bits // 32, 1))
    head[18:20] = machine.to_bytes(2, "little")
    return bytes(head)
