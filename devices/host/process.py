"""One worker process under supervision: started, spoken to with deadlines, killed when it misses one, started again.

Threads: requests may come from any thread and never block; everything the worker says is handled on one reader thread,
which also resolves the futures. A request in flight ends when its answer comes, its deadline passes, or the worker dies.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from devices.host.excess import FloodGauge, resident_bytes
from devices.host.frames import FrameArea
from devices.host.lasting import FaultPolicy
from devices.host.messages import FrameBroken, Message, StreamEnded, encode, receive, version_said
from devices.host.standing import StandingBook
from devices.host.translation import error_of
from devices.host.writing import PipeWriter
from devices.ports.errors import (
    Cancelled,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceSilent,
    WorkerCrashed,
    WrongWorker,
)
from devices.ports.standing import DeviceStanding

_TICK_S = 0.1


@dataclass(frozen=True)
class WorkerLaunch:
    """How to start a worker: its command and what is added to the environment.

    ``frame_bytes``: the largest live frame that travels by shared memory, 0 = all of them through the pipe.
    ``memory_bytes``: a worker that holds more is killed, 0 = not watched (nor is it on Windows).
    """

    command: tuple[str, ...]
    environment: Mapping[str, str]
    address: str
    frame_bytes: int = 0
    memory_bytes: int = 0


class WorkerEvents(Protocol):
    """What the owner of a worker is told, on the reader thread."""

    def opened(self, message: Message) -> None:
        """The driver is open; ``message`` describes the device."""

    def said(self, message: Message) -> None:
        """Anything that answers no request: frames, events, delivered files. Raises FrameBroken for nonsense."""

    def down(self, error: DeviceError) -> None:
        """The device cannot be used now; the worker is started again by itself."""


@dataclass
class _Request:
    future: Future[Message]
    deadline: float
    timeout_error: DeviceError


class _Life:
    """One worker process, in a session of its own, so that what it started dies with it."""

    def __init__(self, launch: WorkerLaunch) -> None:
        self.area = FrameArea(launch.frame_bytes) if launch.frame_bytes else None
        self.is_open = False
        self.silent_since = time.monotonic()
        self.killed_for: DeviceError | None = None
        area = self.area
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                launch.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**launch.environment, **(area.environment if area else {})},
                pass_fds=area.descriptors if area else (),
                start_new_session=True,
            )
        except OSError:
            if area:
                area.close()
            raise
        if area:
            area.handed_over()

    def kill(self) -> None:
        """At once, and everything it started; harmless when it is gone."""
        if sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def left_a_heir(self) -> bool:
        """Whether the worker is dead but not yet buried: something it started may hold its pipe open."""
        if sys.platform == "win32":
            return False
        with suppress(ChildProcessError):
            return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None
        return False

    def bury(self) -> None:
        """Nothing of it is left."""
        self.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        if self.area:
            self.area.close()

    def heard(self, message: Message) -> Message:
        """The message, its frame fetched. Raises FrameBroken."""
        if "slot" not in message.fields:
            return message
        if self.area is None:
            raise FrameBroken("frame without a memory")
        return self.area.filled(message)


class Supervisor:
    """Keeps one worker alive and every request bounded. ``stop`` ends it; it cannot be started again."""

    def __init__(
        self,
        launch: WorkerLaunch,
        events: WorkerEvents,
        *,
        open_deadline_s: float = 20.0,
        policy: FaultPolicy | None = None,
    ) -> None:
        self._launch = launch
        self._events = events
        self._open_deadline_s = open_deadline_s
        self._book = StandingBook(policy or FaultPolicy())
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._hurry = threading.Event()
        self._requests: dict[int, _Request] = {}
        self._last_number = 0
        self._life: _Life | None = None
        self._allowed_silence_s = open_deadline_s
        self._writer = PipeWriter()
        self._reader = threading.Thread(target=self._run, name="device-reader")
        self._watch = threading.Thread(target=self._watch_deadlines, name="device-watch")

    # -- life ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Returns at once; ``opened`` or ``down`` follows."""
        self._writer.start()
        self._reader.start()
        self._watch.start()

    def stop(self, deadline_s: float) -> None:
        """Ask the worker to close, wait, kill it; every thread is gone when this returns. Twice is harmless."""
        self._stopping.set()
        self._hurry.set()
        with self._lock:
            life = self._life
        if life is not None:
            if life.process.stdin is not None:
                self._writer.put(life.process.stdin, encode(Message("close")), last=True)
            try:
                life.process.wait(deadline_s)
            except subprocess.TimeoutExpired:
                life.kill()
        for thread in (self._reader, self._watch):
            if thread.ident is not None:
                thread.join()
        self._writer.stop()
        self._fail_requests(Cancelled())

    def try_now(self) -> None:
        """The officer does not want to wait for the next try."""
        self._book.tried_by_hand()
        self._hurry.set()

    @property
    def pid(self) -> int | None:
        """The worker's process id while it runs."""
        life = self._life
        return life.process.pid if life is not None else None

    @property
    def standing(self) -> DeviceStanding:
        """State, last success, last error."""
        with self._lock:
            busy = bool(self._requests)
        return self._book.standing(busy=busy)

    # -- requests --------------------------------------------------------------------------------------

    def request(self, message: Message, deadline_s: float) -> Future[Message]:
        """Send; the future ends in the answer or in a DeviceError before the deadline.

        Raises FrameBroken for a message too large to be one.
        """
        future: Future[Message] = Future()
        future.set_running_or_notify_cancel()
        refusal: DeviceError | None = None
        with self._lock:
            life = self._life
            if life is None or not life.is_open or life.process.stdin is None:
                refusal = DeviceAbsent()
            else:
                self._last_number += 1
                number = self._last_number
                data = encode(Message(message.kind, {**message.fields, "request": number}, message.payload))
                self._requests[number] = _Request(future, time.monotonic() + deadline_s, DeviceSilent(message.kind))
                if not self._writer.put(life.process.stdin, data):
                    self._requests.pop(number)
                    refusal = DeviceBusy(message.kind)
        if refusal is not None:
            future.set_exception(refusal)
        return future

    def tell(self, message: Message) -> None:
        """Send something that needs no answer; lost when the worker is down."""
        with self._lock:
            life = self._life
            if life is not None and life.is_open and life.process.stdin is not None:
                self._writer.put(life.process.stdin, encode(message))

    def allow_silence(self, seconds: float) -> None:
        """How long the worker may say nothing at all before it counts as hung."""
        with self._lock:
            self._allowed_silence_s = seconds

    # -- the reader thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._hurry.clear()
            cause = self._one_life()
            if self._stopping.is_set():
                break
            pause = self._book.down(cause)
            self._fail_requests(cause)
            self._events.down(cause)
            self._hurry.wait(pause)

    def _one_life(self) -> DeviceError:
        """Start a worker and hear it out; why it ended."""
        try:
            life = self._spawn()
        except OSError as error:
            return WorkerCrashed(str(error))
        cause: DeviceError | None = None
        try:
            self._hear_out(life)
        except StreamEnded:
            pass
        except FrameBroken as error:
            cause = WorkerCrashed(str(error))
        except DeviceError as error:
            cause = error
        finally:
            with self._lock:
                self._life = None
            life.bury()
        return cause or life.killed_for or WorkerCrashed(f"exit {life.process.returncode}")

    def _spawn(self) -> _Life:
        life = _Life(self._launch)
        self._book.begun()
        with self._lock:
            self._life = life
            self._allowed_silence_s = self._open_deadline_s
            if self._stopping.is_set():
                life.kill()  # ``stop`` came before it could see this life
        return life

    def _hear_out(self, life: _Life) -> None:
        """Until the worker ends. Raises StreamEnded, FrameBroken, or the DeviceError that the worker reports."""
        gauge = FloodGauge()
        stream = life.process.stdout
        if stream is None:
            raise StreamEnded
        if version := version_said(receive(stream)):
            raise WrongWorker(version)
        reported: DeviceError | None = None
        while True:
            try:
                message = life.heard(receive(stream))
            except StreamEnded:
                if reported is not None:
                    raise reported from None
                raise
            now = time.monotonic()
            gauge.count(message, now)
            with self._lock:
                life.silent_since = now
            if message.kind in ("failed-to-open", "lost"):
                reported = error_of(message.fields)
            elif message.kind == "opened":
                with self._lock:
                    life.is_open = True
                self._book.opened()
                self._events.opened(message)
            else:
                self._handle(message)

    def _handle(self, message: Message) -> None:
        number = message.fields.get("answers")
        if number is None:
            self._events.said(message)
            if message.kind == "frame":
                self._book.succeeded()
            return
        if type(number) is not int:
            raise FrameBroken("answer to nothing")
        with self._lock:
            request = self._requests.pop(number, None)
        if request is None:
            return
        if "error" in message.fields:
            error = error_of(message.fields)
            self._book.refused(error)
            request.future.set_exception(error)
        else:
            self._book.succeeded()
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
            with self._lock:
                life = self._life
                error = self._missed_deadline(life, time.monotonic()) if life is not None else None
            if life is None:
                continue
            error = error or self._overweight(life)
            if error is not None and life.killed_for is None:
                life.killed_for = error
            if error is not None or life.left_a_heir():
                life.kill()

    def _missed_deadline(self, life: _Life, now: float) -> DeviceError | None:
        late = [r for r in self._requests.values() if now > r.deadline]
        if late:
            return late[0].timeout_error
        return DeviceSilent("heartbeat") if now - life.silent_since > self._allowed_silence_s else None

    def _overweight(self, life: _Life) -> DeviceError | None:
        limit = self._launch.memory_bytes
        held = resident_bytes(life.process.pid) if limit else None
        return WorkerCrashed(f"{held // 2**20} MiB", "DEV-113") if held is not None and held > limit else None
