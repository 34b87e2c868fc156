"""A terminal registers, is approved, activates and reports to the embedded back end; with the line down it just goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.config.clock import SystemClock
from app.domain.errors import NetworkFault, NotAllowed
from app.domain.terminal import Registration
from app.sync.client import BackendClient
from app.sync.heartbeat import HeartbeatLoop
from app.sync.terminal import TerminalClient
from helpers.library import ACCOUNT, Library
from helpers.stores import TestClock

REGISTRATION = Registration("一号终端", "02:00:00:00:00:01", "测试派出所", "023-00000000", "106.551556", "29.563009")
REPORT = {"terminal": "T0001", "alarms": ["thermal_paper"], "devices": {}}


class NowClock(TestClock):
    """Begins now: the proofs of a terminal carry the real time."""

    def __init__(self) -> None:
        super().__init__()
        self.time = SystemClock().now()


class Wire(httpx.HTTPTransport):
    """Remembers what went over it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.seen.append(request)
        return super().handle_request(request)


@dataclass
class Platform:
    """The server, and the administrator's connection to it."""

    url: str
    wire: Wire
    backend: BackendClient
    clock: TestClock

    @contextmanager
    def terminal(self, app_id: str = "", key: str = "") -> Iterator[TerminalClient]:
        client = TerminalClient(self.url, app_id, key, transport=self.wire)
        try:
            yield client
        finally:
            client.close()

    def registered(self) -> tuple[str, str]:
        with self.terminal() as client:
            app_id = client.register(REGISTRATION)
        return app_id, self.backend.approve_terminal(app_id)

    def only(self) -> dict[str, Any]:
        (terminal,) = self.backend.terminals()
        return terminal

    def repeat(self, request: httpx.Request) -> int:
        with httpx.Client(trust_env=False) as client:
            return client.post(request.url, content=request.content, headers=dict(request.headers)).status_code


@contextmanager
def platform(root: Path) -> Iterator[Platform]:
    clock = NowClock()
    library = Library(root / "library", clock)
    url = library.start()
    backend = BackendClient(url, ACCOUNT.account, ACCOUNT.password, terminal="T0001")
    try:
        yield Platform(url, Wire(), backend, clock)
    finally:
        backend.close()
        library.stop()


def test_from_registration_to_a_heartbeat_that_the_platform_lists(tmp_path: Path) -> None:
    with platform(tmp_path) as there:
        app_id, key = there.registered()
        assert there.only()["approved"]
        assert not there.only()["activated"]
        with there.terminal(app_id, key) as client:
            client.activate()
            client.heartbeat(REPORT)
        terminal = there.only()
        assert terminal["name"] == "一号终端"
        assert terminal["online"]
        assert terminal["last_heartbeat"] == REPORT


def test_the_key_never_goes_over_the_line_again(tmp_path: Path) -> None:
    with platform(tmp_path) as there:
        app_id, key = there.registered()
        with there.terminal(app_id, key) as client:
            client.activate()
            client.heartbeat(REPORT)
        assert key not in str(there.backend.terminals())
        assert len(there.wire.seen) == 3
        for request in there.wire.seen:
            assert key.encode() not in request.content
            assert key not in str(request.headers.raw)
            assert key not in str(request.url)


def test_a_wrong_key_an_unapproved_terminal_and_an_unactivated_one_are_refused(tmp_path: Path) -> None:
    with platform(tmp_path) as there:
        with there.terminal() as client:
            unapproved = client.register(REGISTRATION)
        app_id, key = there.registered()
        for name, secret in ((unapproved, ""), (unapproved, key), (app_id, "wrong"), ("nobody", key), (app_id, key)):
            with there.terminal(name, secret) as stranger, pytest.raises(NotAllowed):
                stranger.heartbeat(REPORT)
        assert all(t["last_heartbeat"] is None for t in there.backend.terminals())


def test_a_report_heard_once_cannot_be_played_again(tmp_path: Path) -> None:
    with platform(tmp_path) as there:
        app_id, key = there.registered()
        with there.terminal(app_id, key) as client:
            client.activate()
            client.heartbeat(REPORT)
        assert there.repeat(there.wire.seen[-1]) == 403
        there.clock.forward(minutes=30)
        assert there.repeat(there.wire.seen[-1]) == 403
        assert not there.only()["online"], "half an hour without a report is offline"


@pytest.mark.parametrize("moment", ["", "abc", "9" * 5000, "-1", "1e3"])
def test_a_time_that_is_none_is_refused(moment: str, tmp_path: Path) -> None:
    with platform(tmp_path) as there:
        headers = {"x-app-id": "x", "x-time": moment, "x-proof": "00"}
        request = httpx.Request("POST", there.url + "/api/v1/terminals/heartbeat", headers=headers, content=b"{}")
        assert there.repeat(request) == 403


class _Down:
    def __init__(self) -> None:
        self.asked = threading.Semaphore(0)
        self.down = True

    def heartbeat(self, report: dict[str, Any]) -> None:
        self.asked.release()
        if self.down:
            raise NetworkFault("NET-101")


def test_with_the_line_down_reports_are_dropped_and_counted_never_queued() -> None:
    line, made = _Down(), [0]

    def collect() -> dict[str, Any]:
        made[0] += 1
        return {"number": made[0]}

    loop = HeartbeatLoop(line, collect, TestClock(), 0.01)
    loop.start()
    try:
        for _ in range(5):
            assert line.asked.acquire(timeout=5)
    finally:
        loop.stop(5)
    assert loop.state.dropped >= 4
    assert loop.state.error == "NET-101"
    assert loop.state.last_sent is None
    line.down = False
    loop.beat()
    assert loop.state.dropped == 0
    assert loop.state.error == ""
    assert made[0] < 60, "one report an attempt, none kept for later"


def test_stopping_does_not_wait_for_the_interval() -> None:
    line = _Down()
    loop = HeartbeatLoop(line, dict, TestClock(), 3600)
    loop.start()
    assert line.asked.acquire(timeout=5)
    loop.stop(5)
    assert not any(t.name == "terminal-heartbeat" for t in threading.enumerate())
