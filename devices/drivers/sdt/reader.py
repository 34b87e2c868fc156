"""The port ``card_reader`` over the SDT protocol: find, select, read, every time anew, as the module demands.

A card that was read and not lifted since is recognised by asking it for its new address (30 03), which the module answers
as long as the card stays selected; where a reader forgets that, the same text coming again without a gap says the same.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from devices.drivers.sdt.commands import (
    FIND,
    MODULE_NUMBER,
    MODULE_STATUS,
    PROBE,
    READ,
    READ_NEW_ADDRESS,
    READ_WITH_FINGERPRINTS,
    SELECT,
    Command,
    blocks_of,
    sam_number,
)
from devices.drivers.sdt.exchange import ask
from devices.drivers.sdt.frames import Reply
from devices.drivers.sdt.hid_reports import PRODUCT as HID_PRODUCT
from devices.drivers.sdt.hid_reports import VENDOR as HID_VENDOR
from devices.drivers.sdt.hid_reports import HidLink, find_node, open_node
from devices.drivers.sdt.link import Link, absent
from devices.drivers.sdt.serial_port import BAUD_RATES, SerialLink
from devices.drivers.sdt.status import FOUND, NO_SUCH_CONTENT, NOT_FOUND, SUCCESS, require
from devices.drivers.sdt.usb_pipes import PRODUCT as USB_PRODUCT
from devices.drivers.sdt.usb_pipes import VENDOR as USB_VENDOR
from devices.drivers.sdt.usb_pipes import UsbLink
from devices.ports.card_reader import CardBlocks, ReaderDescription, ReadRequest
from devices.ports.errors import (
    BadAddress,
    Cancelled,
    CardUnreadable,
    DeviceError,
    DeviceSilent,
    LineGarbled,
    NoCard,
    ReaderFault,
)

_LOOK_EVERY_S = 0.3  # the sources: not more often
_CANCEL_SLICE_S = 0.05
_CARD_TRIES = 3
_LEAST_PATIENCE, _MOST_PATIENCE = 0.1, 10.0
_NOT_OFFERED = frozenset({0x21, 0x24})  # modules that know no new address


class SdtReader:
    """One open reader; one thread."""

    def __init__(self, link: Link, patience: float = 1.0) -> None:
        """Asks the module how it is. Raises DeviceSilent, LineGarbled, ReaderFault, DeviceLost; the link stays open.

        ``patience`` stretches every deadline, for readers that think longer than the sources say.
        """
        self._link = link
        self._patience = patience
        self._lying = False
        self._gone = True
        self._mark = 0
        self.check()
        self._number = self._module_number()

    def _ask(self, command: Command) -> Reply:
        return ask(self._link, command, self._patience)

    def _module_number(self) -> str:
        try:
            return sam_number(require(self._ask(MODULE_NUMBER), SUCCESS).data)
        except ReaderFault:
            return ""  # the number is for the inventory; cards are read without it

    def describe(self) -> ReaderDescription:
        """As found at opening."""
        return ReaderDescription(f"SAM_V ({self._link.name})", "sdt", self._number)

    def check(self) -> None:
        """Module status."""
        require(self._ask(MODULE_STATUS), SUCCESS)

    def close(self) -> None:
        """Let go of the connection."""
        self._link.close()

    def read(self, request: ReadRequest, cancelled: Callable[[], bool]) -> CardBlocks:
        """Look for a card until one is read, the wait is over, or somebody cancels."""
        deadline = time.monotonic() + request.wait_s
        while True:
            next_look = time.monotonic() + _LOOK_EVERY_S
            if blocks := self._look(request):
                return blocks
            if time.monotonic() >= deadline:
                raise NoCard("", "CRD-182") if self._lying else NoCard("no card in time")
            _pause(min(next_look, deadline), cancelled)

    def _look(self, request: ReadRequest) -> CardBlocks | None:
        """The card that lies there, None when none does or it is the one read before."""
        if self._lying:
            self._lying = self._still_selected()
            if self._lying and not request.same_again:
                return None
        blocks = self._read_card(request)
        if blocks is None:
            return None
        mark = zlib.crc32(blocks.text + blocks.serial)
        same = mark == self._mark and not self._gone
        self._lying, self._gone, self._mark = True, False, mark
        return None if same and not request.same_again else blocks

    def _still_selected(self) -> bool:
        return self._ask(READ_NEW_ADDRESS).word in (SUCCESS, NO_SUCH_CONTENT)

    def _read_card(self, request: ReadRequest) -> CardBlocks | None:
        """Find and read; a card that lies badly is tried again as long as it is found."""
        failure: CardUnreadable | None = None
        for _ in range(_CARD_TRIES):
            found = self._ask(FIND)
            if found.word == NOT_FOUND:
                self._gone = self._gone or not self._lying
                if failure is not None:
                    raise failure
                return None
            require(found, FOUND)
            try:
                return self._read_selected(request)
            except CardUnreadable as error:
                failure = error
        raise failure or CardUnreadable()

    def _read_selected(self, request: ReadRequest) -> CardBlocks:
        selected = require(self._ask(SELECT), SUCCESS)
        command, lengths = (READ_WITH_FINGERPRINTS, 3) if request.fingerprints else (READ, 2)
        blocks = blocks_of(require(self._ask(command), SUCCESS).data, lengths)
        if blocks is None:
            raise LineGarbled("lengths")  # the exchange has looked already
        more = self._ask(READ_NEW_ADDRESS)
        if more.word not in _NOT_OFFERED:
            require(more, SUCCESS, NO_SUCH_CONTENT)
        address = more.data if more.word == SUCCESS else b""
        return replace(blocks, new_address=address, serial=selected.data)


def _pause(until: float, cancelled: Callable[[], bool]) -> None:
    """Raises Cancelled within a twentieth of a second of the wish."""
    quiet = threading.Event()
    while True:
        if cancelled():
            raise Cancelled
        left = until - time.monotonic()
        if left <= 0:
            return
        quiet.wait(min(left, _CANCEL_SLICE_S))


def open_card_reader(where: str, options: Mapping[str, str]) -> SdtReader:
    """``usb[:VVVV:PPPP]``, ``hid[:VVVV:PPPP]``, ``hid:/dev/hidrawN``, or a serial port.

    Options: ``baud`` of a serial port, without it every rate is tried, the factory's first; ``patience`` 0.1 to 10, how
    much longer than usual the module may think.

    Raises BadAddress, DeviceAbsent (nothing there, no permission, no answer), DeviceClaimed, DriverMissing, ReaderFault.
    """
    kind, _, rest = where.partition(":")
    patience = _patience(options)
    if kind == "usb":
        vendor, product = _identity(rest, USB_VENDOR, USB_PRODUCT)
        return _asked(UsbLink(vendor, product), patience)
    if kind == "hid":
        node = rest if rest.startswith("/") else find_node(*_identity(rest, HID_VENDOR, HID_PRODUCT))
        return _asked(HidLink(open_node(node)), patience)
    if not where.startswith(("/", "COM")):
        raise BadAddress(where)
    return _on_serial(where, _rates(options), patience)


def _identity(text: str, vendor: int, product: int) -> tuple[int, int]:
    if not text:
        return vendor, product
    one, _, two = text.partition(":")
    try:
        return int(one, 16), int(two, 16)
    except ValueError as error:
        raise BadAddress(text) from error


def _patience(options: Mapping[str, str]) -> float:
    text = options.get("patience", "1")
    try:
        value = float(text)
    except ValueError as error:
        raise BadAddress(f"patience={text}") from error
    if not _LEAST_PATIENCE <= value <= _MOST_PATIENCE:
        raise BadAddress(f"patience={text} ({_LEAST_PATIENCE}-{_MOST_PATIENCE})")
    return value


def _rates(options: Mapping[str, str]) -> tuple[int, ...]:
    if "baud" not in options:
        return BAUD_RATES
    if options["baud"] not in {str(rate) for rate in BAUD_RATES}:
        raise BadAddress(f"baud={options['baud']} ({', '.join(map(str, BAUD_RATES))})")
    return (int(options["baud"]),)


def _on_serial(path: str, rates: tuple[int, ...], patience: float) -> SdtReader:
    """At the first rate at which the module answers."""
    for rate in rates[:-1]:
        link = SerialLink(path, rate)
        if _answers(link, patience):
            return _asked(link, patience)
        link.close()
    return _asked(SerialLink(path, rates[-1]), patience)


def _answers(link: Link, patience: float) -> bool:
    try:
        ask(link, PROBE, patience)
    except (DeviceSilent, LineGarbled):
        return False
    except DeviceError:
        link.close()
        raise
    return True


def _asked(link: Link, patience: float) -> SdtReader:
    """The open reader; a module that does not answer counts as not there."""
    try:
        return SdtReader(link, patience)
    except DeviceSilent as error:
        link.close()
        raise absent(error.detail) from error
    except DeviceError:
        link.close()
        raise
