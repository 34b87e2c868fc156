"""What a worker says of its device when it opens is read once, there and then: what cannot be read is never shown open."""

from __future__ import annotations

import time

import pytest

from devices.host.asking import AskedDevice
from devices.host.kinds import HOSTS
from devices.host.messages import FrameBroken, Message
from devices.ports.errors import WorkerCrashed
from devices.registry import SERVICES
from helpers.mad_worker import mad_launch

# A decoder says nothing of itself: there is nothing to misread.
TOLD = sorted(HOSTS.keys() - {"card_photo"})


def test_every_kind_has_its_host() -> None:
    assert HOSTS.keys() | {"camera"} == SERVICES.keys()


@pytest.mark.parametrize("kind", TOLD)
@pytest.mark.parametrize("greeting", [{}, {"model": None}, {"model": "M", "driver": "d", "sources": 5, "width_dots": "w"}])
def test_a_greeting_nobody_can_read_opens_nothing(kind: str, greeting: dict[str, object]) -> None:
    host = HOSTS[kind](mad_launch())
    with pytest.raises(FrameBroken):
        host.opened(Message("opened", greeting))
    assert not host.is_open
    assert host.greeting is None
    assert host.description is None  # type: ignore[attr-defined]  # each of these hosts has one


@pytest.mark.parametrize("kind", TOLD)
def test_a_worker_that_greets_as_another_device_is_a_crashed_worker_not_a_surprise_for_who_asks(kind: str) -> None:
    """The mad worker greets with a model and nothing else."""
    host = HOSTS[kind](mad_launch())
    host.start()
    try:
        patience = time.monotonic() + 20
        while host.error is None and time.monotonic() < patience:
            assert not host.wait_until_open(0.02)
        assert isinstance(host.error, WorkerCrashed)
        assert isinstance(host.standing.last_error, WorkerCrashed)
    finally:
        host.stop(2)


def test_a_device_of_any_kind_is_opened_by_any_greeting() -> None:
    device = AskedDevice(mad_launch())
    device.opened(Message("opened", {"model": "M"}))
    assert device.is_open
