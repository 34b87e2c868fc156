"""Passing fault or lasting fault: tried again quickly at first, then seldom, and never forgotten before a success."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from devices.host.lasting import FaultHistory, FaultPolicy, after_fault, pause_s
from devices.host.standing import StandingBook
from devices.ports.errors import (
    BadAddress,
    DeviceAbsent,
    DeviceBlocked,
    DeviceError,
    DeviceLost,
    DeviceSilent,
    DriverMissing,
    WorkerCrashed,
    WrongWorker,
)
from devices.ports.standing import DeviceState

POLICY = FaultPolicy(count=3, within_s=60.0, quick_s=(0.5, 1.0), slow_s=30.0, absent_s=0.8, steady_s=20.0)


def after(*faults: tuple[float, DeviceError]) -> FaultHistory:
    history = FaultHistory()
    for moment, error in faults:
        history = after_fault(history, POLICY, moment, error)
    return history


def test_three_crashes_in_a_minute_are_lasting_two_are_not() -> None:
    assert not after((0, WorkerCrashed()), (10, WorkerCrashed())).lasting
    assert after((0, WorkerCrashed()), (10, WorkerCrashed()), (20, WorkerCrashed())).lasting


def test_faults_of_different_kinds_do_not_add_up() -> None:
    assert not after((0, WorkerCrashed()), (1, DeviceSilent()), (2, DeviceLost())).lasting


def test_crashes_far_apart_stay_passing() -> None:
    assert not after((0, WorkerCrashed()), (50, WorkerCrashed()), (100, WorkerCrashed())).lasting


def test_a_lasting_fault_stays_lasting_at_its_slow_pace() -> None:
    """Slow tries would otherwise thin the faults out until they looked passing again."""
    history = after(*((float(10 * n), WorkerCrashed()) for n in range(3)))
    for moment in (60.0, 200.0, 500.0):
        history = after_fault(history, POLICY, moment, WorkerCrashed())
        assert history.lasting
        assert pause_s(history, POLICY, WorkerCrashed()) == POLICY.slow_s


def test_what_only_a_person_can_mend_is_lasting_at_once() -> None:
    for error in (BadAddress(), DeviceBlocked(), DriverMissing(), WrongWorker()):
        history = after((0, error))
        assert history.lasting
        assert pause_s(history, POLICY, error) == POLICY.slow_s


def test_an_unplugged_device_is_looked_for_all_day_and_never_called_a_lasting_fault() -> None:
    history = after(*((float(n), DeviceAbsent()) for n in range(500)))
    assert not history.lasting
    assert not history.faults
    assert pause_s(history, POLICY, DeviceAbsent()) == POLICY.absent_s


def test_the_pauses_grow() -> None:
    first = after((0, WorkerCrashed()))
    assert pause_s(first, POLICY, WorkerCrashed()) == 0.5
    assert pause_s(after((0, WorkerCrashed()), (1, DeviceSilent())), POLICY, DeviceSilent()) == 1.0


@given(st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from([WorkerCrashed, DeviceSilent, DeviceAbsent, BadAddress]))))
def test_any_history_is_bounded_and_every_pause_is_one_of_the_policy(faults: list[tuple[float, type[DeviceError]]]) -> None:
    history = FaultHistory()
    for moment, kind in sorted(faults, key=lambda f: f[0]):
        history = after_fault(history, POLICY, moment, kind())
        assert len(history.faults) <= 4 * POLICY.count + 1
        assert pause_s(history, POLICY, kind()) in (*POLICY.quick_s, POLICY.slow_s, POLICY.absent_s)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def wall(self) -> datetime:
        return datetime.fromtimestamp(1_800_000_000 + self.seconds, UTC)


def book() -> tuple[StandingBook, Clock]:
    clock = Clock()
    return StandingBook(POLICY, clock.monotonic, clock.wall), clock


def test_a_device_goes_from_opening_to_ready_and_says_when_it_last_worked() -> None:
    record, clock = book()
    assert record.standing(busy=False).state is DeviceState.OPENING
    record.opened()
    assert record.standing(busy=False).state is DeviceState.READY
    assert record.standing(busy=True).state is DeviceState.BUSY
    clock.seconds = 5
    record.succeeded()
    assert record.standing(busy=False).last_success == clock.wall()


def test_each_reason_has_its_state() -> None:
    for error, state in (
        (DeviceAbsent(), DeviceState.ABSENT),
        (DeviceBlocked("EACCES"), DeviceState.BLOCKED),
        (WorkerCrashed(), DeviceState.FAULT),
    ):
        record, _ = book()
        record.down(error)
        standing = record.standing(busy=True)
        assert (standing.state, standing.error) == (state, error)
        assert not standing.usable


def test_a_device_that_works_again_keeps_its_last_error_for_the_panel() -> None:
    record, clock = book()
    clock.seconds = 9
    error = WorkerCrashed("exit -11")
    record.down(error)
    record.opened()
    standing = record.standing(busy=False)
    assert standing.error is None
    assert standing.last_error is error
    assert standing.last_error_at == clock.wall()


def test_a_try_by_hand_shows_as_opening_until_it_fails() -> None:
    record, _ = book()
    record.down(WorkerCrashed())
    record.tried_by_hand()
    assert record.standing(busy=False).state is DeviceState.OPENING
    record.down(WorkerCrashed())
    assert record.standing(busy=False).state is DeviceState.FAULT


def test_to_open_is_no_success_but_to_stay_open_is() -> None:
    """A driver that opens and dies at once must not look healthy for ever; one that ran all morning starts afresh."""
    dies, clock = book()
    for _ in range(3):
        dies.opened()
        clock.seconds += 1
        dies.down(WorkerCrashed())
    assert dies.standing(busy=False).lasting
    runs, clock = book()
    for _ in range(3):
        runs.opened()
        clock.seconds += 25
        assert runs.down(WorkerCrashed()) == 0.5
    assert not runs.standing(busy=False).lasting
