"""What every card reader owes the window: whole cards or none, each failure in its own words, never a wait without end."""

from __future__ import annotations

import errno
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.texts import error_text
from devices.drivers.sdt.commands import FIND
from devices.drivers.sdt.hid_reports import HidLink
from devices.drivers.sdt.reader import SdtReader, open_card_reader
from devices.drivers.sdt.serial_port import BAUD_RATES, SerialLink
from devices.drivers.sdt.status import STATUS_WORDS
from devices.drivers.sdt.usb_pipes import PRODUCT, VENDOR, UsbLink
from devices.ports.card_reader import ReadRequest
from devices.ports.errors import (
    BadAddress,
    Cancelled,
    CardUnreadable,
    DeviceAbsent,
    DeviceBusy,
    DeviceClaimed,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    LineGarbled,
    NoCard,
    ReaderFault,
    WorkerCrashed,
)
from devices.simulators.sdt.cards import KINDS, invented_card
from devices.simulators.sdt.faults import Fault, Planned, Step
from devices.simulators.sdt.hid_pair import HidReader
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader
from devices.simulators.sdt.usb_bus import UsbBus
from helpers.cards import CONNECTIONS, FAULTY_WORDS, NOW, PATIENCE, blocks, hosted, read, reader_on

HERE = invented_card("resident", 3)


@pytest.fixture(params=CONNECTIONS)
def connected(request: pytest.FixtureRequest) -> Iterator[tuple[SamModule, SdtReader]]:
    module = SamModule()
    module.lay(HERE)
    with reader_on(request.param, module) as reader:
        yield module, reader


# -- cards that are read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("connection", CONNECTIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_card_is_read_byte_for_byte(connection: str, kind: str) -> None:
    card = invented_card(kind, 7, new_address=True)
    module = SamModule()
    with reader_on(connection, module) as reader:
        module.lay(card)
        assert read(reader) == blocks(card)


@pytest.mark.parametrize("templates", [0, 1, 2])
def test_fingerprints_of_any_number_are_read_when_they_are_asked_for(
    connected: tuple[SamModule, SdtReader], templates: int
) -> None:
    module, reader = connected
    card = invented_card("resident", 5, fingerprints=templates)
    module.lay(card)
    got = read(reader, ReadRequest(fingerprints=True))
    assert len(got.fingerprints) == 512 * templates
    assert got == blocks(card, fingerprints=True)


def test_a_card_without_a_new_address_has_none(connected: tuple[SamModule, SdtReader]) -> None:
    _, reader = connected
    assert read(reader).new_address == b""


def test_a_module_that_knows_no_new_address_still_reads_cards(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.STATUS_WORD, Step.ADDRESS, 0, 0x21))
    assert read(reader) == blocks(HERE)


def test_the_reader_tells_its_module_s_number(connected: tuple[SamModule, SdtReader]) -> None:
    _, reader = connected
    assert reader.describe().sam_id == "05.03-20240327-0000000123-456"


@pytest.mark.parametrize("baud", BAUD_RATES)
def test_the_baud_rate_is_found(baud: int) -> None:
    module = SamModule()
    module.lay(HERE)
    terminal = TerminalReader(module, baud=baud)
    terminal.start()
    reader = open_card_reader(terminal.path, {})
    try:
        assert f"{baud} baud" in reader.describe().model
        assert read(reader) == blocks(HERE)
    finally:
        reader.close()
        terminal.stop()


def test_at_the_wrong_baud_rate_the_reader_does_not_answer() -> None:
    terminal = TerminalReader(SamModule(), baud=9600)
    terminal.start()
    try:
        with pytest.raises(DeviceAbsent) as failed:
            open_card_reader(terminal.path, {"baud": "115200", "patience": str(PATIENCE)})
        assert failed.value.code == "CRD-107"
    finally:
        terminal.stop()


# -- every status word and every fault ---------------------------------------------------------------------


@pytest.mark.parametrize("word", FAULTY_WORDS, ids=lambda word: f"{word:02X}")
def test_every_status_word_has_its_own_sentence(connected: tuple[SamModule, SdtReader], word: int) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.STATUS_WORD, FAULTY_WORDS[word], 0, word))
    ask = reader.check if FAULTY_WORDS[word] is Step.STATUS else lambda: read(reader)
    with pytest.raises(DeviceError) as failed:
        ask()
    assert type(failed.value) is STATUS_WORDS[word].error
    assert failed.value.code == STATUS_WORDS[word].code
    assert error_text(failed.value, "zh_CN").next
    module.faults.clear()
    assert read(reader) == blocks(HERE), "and the next card is read"


def test_no_two_status_words_share_a_code() -> None:
    codes = [STATUS_WORDS[word].code for word in FAULTY_WORDS]
    assert len(set(codes)) == len(codes)


def test_a_word_that_no_source_names_is_shown_as_it_is(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.STATUS_WORD, Step.READ, 0, 0x77))
    with pytest.raises(ReaderFault) as failed:
        read(reader)
    assert "00 00 77" in error_text(failed.value, "zh_CN").what


PASSING = [f for f in Fault if f not in (Fault.STATUS_WORD, Fault.UNPLUG, Fault.PULLED)]


@pytest.mark.parametrize("step", [Step.FIND, Step.SELECT, Step.READ, Step.ADDRESS], ids=lambda s: s.value)
@pytest.mark.parametrize("fault", PASSING, ids=lambda f: f.value)
def test_what_goes_wrong_once_is_made_good_without_the_officer(fault: Fault, step: Step) -> None:
    module = SamModule()
    module.lay(HERE)
    with reader_on("terminal", module) as reader:
        module.faults.plan(Planned(fault, step))
        assert read(reader) == blocks(HERE)


@pytest.mark.parametrize("fault", [Fault.NOISE, Fault.LOST_PREAMBLE, Fault.SLOW, Fault.TWICE, Fault.FALSE_START])
def test_a_poor_line_is_read_through_for_ever(fault: Fault) -> None:
    module = SamModule()
    module.lay(HERE)
    with reader_on("terminal", module) as reader:
        for step in (Step.FIND, Step.SELECT, Step.READ, Step.ADDRESS):
            module.faults.plan(Planned(fault, step, 0))
        assert read(reader) == blocks(HERE)


@pytest.mark.parametrize("fault", [Fault.CHECKSUM, Fault.FLIPPED, Fault.CUT, Fault.LENGTH], ids=lambda f: f.value)
def test_damage_that_stays_is_told_and_nothing_is_believed(connected: tuple[SamModule, SdtReader], fault: Fault) -> None:
    module, reader = connected
    module.faults.plan(Planned(fault, Step.READ, 0))
    with pytest.raises(LineGarbled) as failed:
        read(reader)
    assert failed.value.code == "CRD-106"
    module.faults.clear()
    assert read(reader) == blocks(HERE)


@pytest.mark.parametrize("step", [Step.FIND, Step.READ], ids=lambda s: s.value)
def test_a_reader_that_falls_silent_is_noticed(connected: tuple[SamModule, SdtReader], step: Step) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.SILENCE, step, 0))
    with pytest.raises(DeviceSilent) as failed:
        read(reader)
    assert failed.value.code == "CRD-107"


def test_a_card_pulled_away_before_it_was_read_gives_nothing(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.PULLED, Step.READ))
    with pytest.raises(CardUnreadable) as failed:
        read(reader)
    assert failed.value.code == "CRD-141"
    module.lay(HERE)
    assert read(reader) == blocks(HERE)


def test_a_card_pulled_away_before_its_new_address_gives_nothing(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.PULLED, Step.ADDRESS))
    with pytest.raises(CardUnreadable):
        read(reader)


def test_a_card_that_lies_badly_is_tried_again(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.STATUS_WORD, Step.READ, 2, 0x41))
    assert read(reader) == blocks(HERE)
    assert module.asked.count(Step.FIND) == 3, "every try begins with finding the card"


def test_the_cable_pulled_out_in_mid_answer_is_told(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    module.faults.plan(Planned(Fault.UNPLUG, Step.READ))
    with pytest.raises(DeviceLost) as failed:
        read(reader)
    assert failed.value.code == "CRD-108"


# -- the same card again -----------------------------------------------------------------------------------


def test_a_card_left_lying_is_not_read_twice(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    read(reader)
    with pytest.raises(NoCard) as failed:
        read(reader)
    assert failed.value.code == "CRD-182"
    assert module.asked.count(Step.READ) == 1
    module.lift()
    with pytest.raises(NoCard) as failed:
        read(reader)
    assert failed.value.code == "CRD-101"
    module.lay(HERE)
    assert read(reader) == blocks(HERE), "lifted and laid down again is a new reading"


def test_the_next_applicant_s_card_is_read_though_the_first_was_never_seen_to_go(
    connected: tuple[SamModule, SdtReader],
) -> None:
    module, reader = connected
    read(reader)
    second = invented_card("hmt-resident", 9)
    module.lay(second)
    assert read(reader) == blocks(second)


def test_a_reader_that_forgets_its_card_does_not_read_it_twice(connected: tuple[SamModule, SdtReader]) -> None:
    module, reader = connected
    read(reader)
    module.faults.plan(Planned(Fault.STATUS_WORD, Step.ADDRESS, 1, 0x41))
    with pytest.raises(NoCard) as failed:
        read(reader)
    assert failed.value.code == "CRD-182"


def test_the_officer_may_ask_for_the_same_card_again(connected: tuple[SamModule, SdtReader]) -> None:
    _, reader = connected
    assert read(reader) == read(reader, ReadRequest(same_again=True))


def test_a_reader_that_wants_the_card_lifted_says_so() -> None:
    module = SamModule(must_lift=True)
    module.lay(HERE)
    with reader_on("terminal", module) as reader:
        read(reader)
        with pytest.raises(NoCard) as failed:
            read(reader, ReadRequest(same_again=True))
        assert failed.value.code == "CRD-182"


# -- opening -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["nonsense", "usb:04zz:1", "hid:nonsense"])
def test_an_address_that_cannot_be_read_is_refused(where: str) -> None:
    with pytest.raises(BadAddress):
        open_card_reader(where, {})


@pytest.mark.parametrize("options", [{"baud": "1200"}, {"baud": "x"}, {"patience": "x"}, {"patience": "99"}], ids=str)
def test_an_option_out_of_its_limits_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(BadAddress):
        open_card_reader("/dev/null", options)


@pytest.mark.parametrize("where", ["/no/such/port", "hid:/no/such/node", "hid:ffff:ffff"])
def test_a_reader_that_is_not_there_is_absent(where: str) -> None:
    with pytest.raises(DeviceAbsent) as failed:
        open_card_reader(where, {})
    assert failed.value.code == "CRD-107"


def test_a_port_that_another_program_holds_is_named() -> None:
    terminal = TerminalReader(SamModule())
    terminal.start()
    other = SerialLink(terminal.path, 115200)
    try:
        with pytest.raises(DeviceClaimed):
            SerialLink(terminal.path, 115200)
    finally:
        other.close()
        terminal.stop()


@pytest.mark.parametrize(
    ("number", "error", "code"),
    [
        (errno.EACCES, DeviceAbsent, "CRD-109"),
        (errno.EBUSY, DeviceClaimed, "CRD-112"),
        (errno.EIO, DeviceAbsent, "CRD-107"),
    ],
)
def test_why_a_usb_reader_cannot_be_opened_is_told_apart(number: int, error: type[DeviceError], code: str) -> None:
    bus = UsbBus(SamModule())
    bus.opening_error = number
    with pytest.raises(error) as failed:
        UsbLink(VENDOR, PRODUCT, bus)
    assert failed.value.code == code


def test_a_usb_reader_is_free_for_others_once_it_is_closed() -> None:
    bus = UsbBus(SamModule())
    link = UsbLink(VENDOR, PRODUCT, bus)
    assert bus.claimed
    link.close()
    assert not bus.claimed


def test_hid_requests_are_padded_to_a_whole_report() -> None:
    hid = HidReader(SamModule())
    link = HidLink(hid.start())
    try:
        link.send(FIND.frame)
        assert link.receive(2.0).startswith(b"\xaa\xaa\xaa\x96\x69\0\x04\0\0\x80")
        assert not hid.misshapen
    finally:
        link.close()
        hid.stop()


def test_a_usb_reader_that_is_not_plugged_in_is_absent() -> None:
    bus = UsbBus(SamModule())
    bus.plugged = False
    with pytest.raises(DeviceAbsent):
        UsbLink(VENDOR, PRODUCT, bus)


@pytest.mark.parametrize("word", [0x60, 0x66])
def test_a_module_that_is_broken_is_not_opened(word: int) -> None:
    module = SamModule()
    module.faults.plan(Planned(Fault.STATUS_WORD, Step.STATUS, 0, word))
    with pytest.raises(ReaderFault), reader_on("usb", module):
        pass


# -- behind its worker -------------------------------------------------------------------------------------


def test_a_card_is_waited_for(tmp_path: Path) -> None:
    module = SamModule()
    with hosted(tmp_path, module) as (_, host):
        waiting = host.read(ReadRequest(10.0))
        threading.Event().wait(0.5)
        assert not waiting.done()
        module.lay(HERE)
        assert waiting.result(5) == blocks(HERE)


def test_the_wait_ends_by_itself_and_on_the_officer_s_wish(tmp_path: Path) -> None:
    module = SamModule()
    with hosted(tmp_path, module) as (_, host):
        with pytest.raises(NoCard):
            host.read(ReadRequest(0.4)).result(5)
        waiting = host.read(ReadRequest(60.0))
        with pytest.raises(DeviceBusy):
            host.check().result(5)
        host.cancel()
        with pytest.raises(Cancelled):
            waiting.result(2)
        module.lay(HERE)
        assert host.read(NOW).result(5) == blocks(HERE)


def test_stopping_ends_a_wait(tmp_path: Path) -> None:
    with hosted(tmp_path, SamModule()) as (_, host):
        waiting = host.read(ReadRequest(60.0))
        host.stop(2.0)
        with pytest.raises(DeviceError):
            waiting.result(1)


def test_a_worker_killed_in_mid_wait_ends_it_and_reads_the_next_card(tmp_path: Path) -> None:
    module = SamModule()
    with hosted(tmp_path, module) as (_, host):
        waiting = host.read(ReadRequest(60.0))
        assert host.worker_pid is not None
        os.kill(host.worker_pid, signal.SIGKILL)
        with pytest.raises(WorkerCrashed):
            waiting.result(5)
        module.lay(HERE)
        assert host.wait_until_open(10)
        assert host.read(NOW).result(5) == blocks(HERE)


def test_plugged_out_and_in_again_it_goes_on_by_itself(tmp_path: Path) -> None:
    module = SamModule()
    module.lay(HERE)
    with hosted(tmp_path, module) as (terminal, host):
        terminal.unplug()
        with pytest.raises(DeviceError) as failed:
            host.read(NOW).result(10)
        assert failed.value.code in {"CRD-108", "DEV-101"}
        terminal.plug()
        assert host.wait_until_open(10)
        assert host.read(NOW).result(5) == blocks(HERE)


def test_the_reader_describes_itself_through_the_worker(tmp_path: Path) -> None:
    with hosted(tmp_path, SamModule()) as (_, host):
        assert host.description is not None
        assert host.description.driver == "sdt"
        assert host.description.sam_id.startswith("05.03-")
        host.check().result(5)


@pytest.mark.hardware
def test_a_real_reader_reads_the_card_that_lies_on_it() -> None:
    reader = open_card_reader(os.environ.get("JINGCHUANG_CARD_READER", "usb"), {})
    try:
        begun = time.monotonic()
        got = read(reader, ReadRequest(10.0))
        assert (len(got.text), len(got.photo)) == (256, 1024)
        assert time.monotonic() - begun < 15
    finally:
        reader.close()
