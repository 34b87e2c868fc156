"""The device panel's roster: every kind from one data row, self-tests that judge, facts without people."""

from __future__ import annotations

import pytest

from app.config.settings import declarations
from app.desk.device_kinds import every_kind, kinds_in_use
from app.desk.roster import facts_of
from app.desk.self_tests import SELF_TESTS, self_test
from app.domain.errors import BadInput
from devices.host.printer import PrinterHost
from devices.ports.errors import CoverOpen, DeviceBusy, DeviceSilent, NotSupported, PaperOut
from devices.ports.printer import PrinterState, PrinterStatus
from devices.ports.standing import DeviceStanding, DeviceState
from devices.registry import DRIVERS
from helpers.rosters import Posed, every_state, failed, posed_roster, ready


def test_every_kind_with_a_setting_of_its_own_has_its_row() -> None:
    """Kinds without an address in the settings are parts of others (a photo decoder), not devices of a panel."""
    declared = {row.key for row in declarations()}
    configurable = {kind for kind in DRIVERS if f"{kind}.address" in declared}
    assert configurable <= {kind.id for kind in every_kind()}
    assert {"camera", "printer"} <= {kind.id for kind in kinds_in_use(frozenset(DRIVERS))}


def test_every_row_names_a_self_test_there_is_and_a_field_of_its_own() -> None:
    kinds = every_kind()
    assert {kind.self_test for kind in kinds} <= set(SELF_TESTS)
    assert len({kind.field for kind in kinds}) == len(kinds)
    assert all(kind.name("zh_CN") != kind.name("en") for kind in kinds)


def test_a_kind_nobody_can_drive_is_not_shown() -> None:
    assert not kinds_in_use(frozenset())


def test_every_device_has_its_line_and_an_unconfigured_one_says_so() -> None:
    rows = {row.kind.id: row for row in posed_roster(every_state()).rows()}
    assert rows["camera"].standing is not None
    assert rows["camera"].fact("serial") == "SIM6000001"
    assert rows["signature_pad"].standing is None
    assert {row.standing.state for row in rows.values() if row.standing is not None} == set(DeviceState)


def test_an_unknown_kind_and_one_without_an_address_are_refused_in_words() -> None:
    roster = posed_roster({})
    for kind, code in (("teapot", "DEV-120"), ("camera", "DEV-121")):
        with pytest.raises(BadInput) as refused:
            roster.self_test(kind)
        assert refused.value.code == code


def test_another_try_reaches_the_device() -> None:
    reader = failed(DeviceState.FAULT, DeviceSilent("open"), lasting=True)
    roster = posed_roster({"card_reader": reader})
    roster.reconnect("card_reader")
    assert reader.tried == 1


def test_an_open_device_passes_the_least_self_test_and_a_dead_one_says_why() -> None:
    roster = posed_roster({"card_reader": ready(), "fingerprint": failed(DeviceState.FAULT, DeviceSilent("open"))})
    good, bad = roster.self_test("card_reader").test, roster.self_test("fingerprint").test
    assert good is not None
    assert good.result.passed
    assert bad is not None
    assert bad.result.passed is False
    assert isinstance(bad.result.error, DeviceSilent)


class _Printer(Posed):
    def __init__(self, state: PrinterState, standing: DeviceState = DeviceState.READY) -> None:
        super().__init__(DeviceStanding(standing))
        self._state = state

    def status(self) -> object:
        from concurrent.futures import Future

        future: Future[PrinterStatus] = Future()
        future.set_result(PrinterStatus(self._state))
        return future


@pytest.mark.parametrize(
    ("state", "passed", "error"),
    [
        (PrinterState.READY, True, None),
        (PrinterState.NEAR_END, True, None),
        (PrinterState.UNKNOWN, None, None),
        (PrinterState.PAPER_END, False, PaperOut),
        (PrinterState.COVER_OPEN, False, CoverOpen),
    ],
)
def test_the_printer_s_word_is_the_result(state: PrinterState, passed: bool | None, error: type | None) -> None:
    result = self_test("paper", _Printer(state))
    assert result.passed is passed
    assert (result.error is None) if error is None else isinstance(result.error, error)


def test_a_printer_at_work_is_not_disturbed() -> None:
    """A question behind a job would miss its deadline, and the worker would be killed with the job in it."""
    result = self_test("paper", _Printer(PrinterState.READY, DeviceState.BUSY))
    assert isinstance(result.error, DeviceBusy)
    assert hasattr(PrinterHost, "standing")


def test_a_self_test_nobody_knows_is_no_success() -> None:
    result = self_test("tarot", ready())
    assert result.passed is None
    assert isinstance(result.error, NotSupported)


def test_only_named_facts_are_shown() -> None:
    told = {"model": "SDT", "serial": "X" * 200, "holder": "欧阳示例", "id_number": "999999199003071015", "firmware": ""}
    assert facts_of(told) == (("model", "SDT"), ("serial", "X" * 80))
    assert facts_of(None) == ()
