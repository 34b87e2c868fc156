"""Card readers for tests: on every connection, in this process or behind a worker; and the table of status words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.config.texts import whole_table
from devices.drivers.sdt.hid_reports import HidLink
from devices.drivers.sdt.link import Link
from devices.drivers.sdt.reader import SdtReader
from devices.drivers.sdt.serial_port import SerialLink
from devices.drivers.sdt.status import STATUS_WORDS
from devices.drivers.sdt.usb_pipes import PRODUCT, VENDOR, UsbLink
from devices.host.card_reader import CardReaderHost
from devices.ports.card_reader import CardBlocks, ReadRequest
from devices.registry import worker_launch
from devices.simulators.sdt.cards import InventedCard
from devices.simulators.sdt.faults import Step
from devices.simulators.sdt.hid_pair import HidReader
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader
from devices.simulators.sdt.usb_bus import UsbBus

CONNECTIONS = ("terminal", "usb", "hid")
NOW = ReadRequest()
# The simulated module answers at once: waiting for it as long as for a real one would only make the tests slow.
PATIENCE = 0.2
# Where in the work a module would say the word; everywhere else: while reading.
_SAID_AT = {0x80: Step.FIND, 0x40: Step.SELECT, 0x81: Step.SELECT, 0x60: Step.STATUS, 0x66: Step.STATUS}
FAULTY_WORDS = {word: _SAID_AT.get(word, Step.READ) for word, meaning in STATUS_WORDS.items() if meaning.error}
TABLE_BEGINS = "<!-- status words: made by `make docs` -->"
TABLE_ENDS = "<!-- end of status words -->"
_CONTRACT = "tests/contract/test_card_reader.py"
_TESTS_OF_GOOD_WORDS = {
    0x90: "test_every_kind_of_card_is_read_byte_for_byte",
    0x9F: "test_every_kind_of_card_is_read_byte_for_byte",
    0x91: "test_a_card_without_a_new_address_has_none",
}


@contextmanager
def reader_on(connection: str, module: SamModule) -> Iterator[SdtReader]:
    """The driver in this process, on a real pseudo-terminal, the real pyusb over a bus in memory, or HID packets."""
    with ExitStack() as endings:
        if connection == "terminal":
            terminal = TerminalReader(module)
            terminal.start()
            endings.callback(terminal.stop)
            link: Link = SerialLink(terminal.path, 115200)
        elif connection == "hid":
            hid = HidReader(module)
            descriptor = hid.start()
            endings.callback(hid.stop)
            link = HidLink(descriptor)
        else:
            link = UsbLink(VENDOR, PRODUCT, UsbBus(module))
        endings.callback(link.close)
        yield SdtReader(link, PATIENCE)


def read(reader: SdtReader, request: ReadRequest = NOW) -> CardBlocks:
    """Nobody cancels."""
    return reader.read(request, lambda: False)


@contextmanager
def hosted(
    folder: Path, module: SamModule, *, options: str = f"?baud=115200&patience={PATIENCE}"
) -> Iterator[tuple[TerminalReader, CardReaderHost]]:
    """The reader behind its worker, on a pseudo-terminal whose path stays the same."""
    terminal = TerminalReader(module, folder / "reader")
    terminal.start()
    host = CardReaderHost(worker_launch("card_reader", f"sdt:{folder / 'reader'}{options}"))
    host.start()
    try:
        assert host.wait_until_open(15), host.error
        yield terminal, host
    finally:
        host.stop(5)
        terminal.stop()


def blocks(card: InventedCard, *, fingerprints: bool = False) -> CardBlocks:
    """What reading this card must give."""
    address = card.new_address.encode("utf-16-le").ljust(70, b"\0") if card.new_address else b""
    return CardBlocks(card.text, card.photo, card.fingerprints if fingerprints else b"", address, card.serial)


def status_table() -> list[str]:
    """The lines of the table in docs/devices/card-reader.md: status word, message, next step, test."""
    texts = whole_table("errors")
    lines = ["| SW3 | meaning | class | code | 提示 | 下一步 | test |", "|---|---|---|---|---|---|---|"]
    for word, meaning in sorted(STATUS_WORDS.items()):
        if meaning.error is None:
            test = _TESTS_OF_GOOD_WORDS[word]
            lines.append(f"| {word:02X} | {meaning.english} | – | – | – | – | `{_CONTRACT}::{test}` |")
            continue
        zh = texts[meaning.code]["zh"]
        test = f"test_every_status_word_has_its_own_sentence[{word:02X}]"
        lines.append(
            f"| {word:02X} | {meaning.english} | `{meaning.error.__name__}` | {meaning.code} | {zh['what']} | {zh['next']}"
            f" | `{_CONTRACT}::{test}` |"
        )
    zh = texts["CRD-199"]["zh"]
    what = zh["what"].format(detail="…")
    lines.append(
        f"| other | a word that no source names | `ReaderFault` | CRD-199 | {what} | {zh['next']}"
        f" | `{_CONTRACT}::test_a_word_that_no_source_names_is_shown_as_it_is` |"
    )
    return lines
