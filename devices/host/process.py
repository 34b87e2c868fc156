"""One worker process under supervision: started, spoken to with deadlines, killed when it misses one, started again.

Threads: requests may come from any thread; everything the worker says is handled on one reader thread, which also
resolves the futures. A request in flight ends when its answer comes, its deadline passes, or the worker dies.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from devices.host.messages import FrameBroken, Message, StreamEnded, receive, send
from devices.host.translation import error_of
from devices.ports.errors import Cancelled, DeviceAbsent, DeviceError, DeviceSilent, WorkerCrashed

_BACK_OFF_S = (0.3, 0.6, 1.2, 2.0, 3.0, 5.0)
_ABSENT_RETRY_S = 0.8
_TICK_S = 0.1


@dataclass(frozen=True)
class WorkerLaunch:
    """How to start a worker: its command and what is added to the environment."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    address: str


class WorkerEvents(Protocol):
    """What the owner of a worker is told, on the reader thread."""

    def opened(self, message: Message) -> None:
        """The driver is open; ``message`` describes the device."""

    def said(self, message: Message) -> None:
        """Anything that answers no request: frames, events, delivered files."""

    def down(self, error: DeviceError) -> None:
        """The device cannot be used now; the worker is started again by itself."""


@dataclass
class _Request:
    future: Future[Message]
    deadline: float
    timeout_error: DeviceError


@dataclass(frozen=True)
class _End:
    """Why a worker's life ended, and whether the device had been open."""

    cause: DeviceError
    opened: bool


class Supervisor:
    """Keeps one worker alive and every request bounded. ``stop`` ends it; it cannot be started again."""

    def __init__(self, launch: WorkerLaunch, events: WorkerEvents, *, open_deadline_s: float = 20.0) -> None:
        self._launch = launch
        self._events = events
        self._open_deadline_s = open_deadline_s
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._requests: dict[int, _Request] = {}
        self._last_number = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._is_open = False
        self._silent_since = 0.0
        self._allowed_silence_s = open_deadline_s
        self._killed_for: DeviceError | None = None
        self._reader = threading.Thread(target=self._run, name="device-reader")
        self._watch = threading.Thread(target=self._watch_deadlines, name="device-watch")

    # -- life ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Returns at once; ``opened`` or ``down`` follows."""
        self._reader.start()
        self._watch.start()

    def stop(self, deadline_s: float) -> None:
        """Ask the worker to close, wait, kill it; both threads are gone when this returns."""
        self._stopping.set()
        with self._lock:
            process = self._process
        if process is not None:
            self._ask_to_leave(process)
            try:
                process.wait(deadline_s)
            except subprocess.TimeoutExpired:
                process.kill()
        for thread in (self._reader, self._watch):
            if thread.ident is not None:
                thread.join()
        self._fail_requests(Cancelled())

    def _ask_to_leave(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock, suppress(StreamEnded, OSError):
            if process.stdin is not None:
                send(process.stdin, Message("close"))
                process.stdin.close()

    @property
    def pid(self) -> int | None:
        """The worker's process id while it runs."""
        process = self._process
        return process.pid if process is not None else None

    # -- requests --------------------------------------------------------------------------------------

    def request(self, message: Message, deadline_s: float) -> Future[Message]:
        """Send; the future ends in the answer or in a DeviceError before the deadline."""
        future: Future[Message] = Future()
        future.set_running_or_notify_cancel()
        with self._lock:
            process = self._process
            if not self._is_open or process is None or process.stdin is None:
                future.set_exception(DeviceAbsent())
                return future
            self._last_number += 1
            number = self._last_number
            deadline = time.monotonic() + deadline_s
            self._requests[number] = _Request(future, deadline, DeviceSilent(message.kind))
            try:
                send(process.stdin, Message(message.kind, {**message.fields, "request": number}, message.payload))
            except StreamEnded:
                self._requests.pop(number)
                future.set_exception(WorkerCrashed(message.kind))
        return future

    def tell(self, message: Message) -> None:
        """Send something that needs no answer; lost when the worker is down."""
        with self._lock, suppress(StreamEnded):
            if self._is_open and self._process is not None and self._process.stdin is not None:
                send(self._process.stdin, message)

    def allow_silence(self, seconds: float) -> None:
        """How long the worker may say nothing at all before it counts as hung."""
        with self._lock:
            self._allowed_silence_s = seconds

    # -- the reader thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        attempt = 0
        while not self._stopping.is_set():
            error = self._one_life()
            if self._stopping.is_set():
                break
            attempt = 0 if error.opened else attempt
            self._fail_requests(error.cause)
            self._events.down(error.cause)
            pause = _ABSENT_RETRY_S if isinstance(error.cause, DeviceAbsent) else _BACK_OFF_S[attempt]
            attempt = min(attempt + 1, len(_BACK_OFF_S) - 1)
            self._stopping.wait(pause)

    def _one_life(self) -> _End:
        """Start a worker and hear it out; why it ended."""
        process = self._spawn()
        cause: DeviceError | None = None
        opened = False
        try:
            while True:
                message = receive(process.stdout)  # type: ignore[arg-type]  # opened as a pipe, so not None
                with self._lock:
                    self._silent_since = time.monotonic()
                if message.kind == "failed-to-open":
                    cause = error_of(message.fields)
                elif message.kind == "opened":
                    opened = True
                    self._now_open()
                    self._events.opened(message)
                elif message.kind == "lost":
                    cause = error_of(message.fields)
                else:
                    self._handle(message)
        except StreamEnded:
            pass
        except FrameBroken as error:
            cause = WorkerCrashed(str(error))
        finally:
            self._bury(process)
        return _End(cause or self._killed_for or WorkerCrashed(f"exit {process.returncode}"), opened)

    def _spawn(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            self._launch.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(self._launch.environment),
        )
        with self._lock:
            self._process = process
            self._is_open = False
            self._killed_for = None
            self._silent_since = time.monotonic()
            self._allowed_silence_s = self._open_deadline_s
        return process

    def _now_open(self) -> None:
        with self._lock:
            self._is_open = True

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._is_open = False
            self._process = None
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def _handle(self, message: Message) -> None:
        number = message.fields.get("answers")
        if number is None:
            self._events.said(message)
            return
        with self._lock:
            request = self._requests.pop(number, None)
        if request is None:
            return
        if "error" in message.fields:
            request.future.set_exception(error_of(message.fields))
        else:
            request.future.set_result(message)

    def _fail_requests(self, error: DeviceError) -> None:
        with self._lock:
            waiting = list(self._requests.values())
            self._requests.clear()
        for request in waiting:
            request.future.set_exception(error)

    # -- the watch thread ------------------------------------------------------------------------------

    def _watch_deadlines(self) -> None:
        while not self._stopping.wait(_TICK_S):
            now = time.monotonic()
            with self._lock:
                late = [r for r in self._requests.values() if now > r.deadline]
                hung = self._process is not None and now - self._silent_since > self._allowed_silence_s
                error = late[0].timeout_error if late else DeviceSilent("heartbeat") if hung else None
                process = self._process
                if error is None or process is None:
                    continue
                self._killed_for = error
            process.kill()
