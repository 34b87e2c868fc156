"""The camera as the workstation sees it: always answering, whatever the library in the worker process does.

Threads: the listener is called on the host's reader thread. Delivered pictures are kept, in order, on one keeper
thread; a capture's future resolves only after every picture of it has been kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from devices.host.asking import ENDS_THE_WORKER
from devices.host.camera_words import description_of, event_of, file_of, frame_of
from devices.host.messages import FrameBroken, Message
from devices.host.process import Supervisor, WorkerLaunch
from devices.ports.camera import (
    CameraDescription,
    CameraEvent,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    LiveFrame,
)
from devices.ports.errors import DeviceAbsent, DeviceBusy, DeviceError, WorkerCrashed
from devices.ports.standing import DeviceStanding

_ASK_DEADLINE_S = 10.0
_IDLE_SILENCE_S = 5.0
_CAPTURE_GRACE_S = 3.0


class CameraState(Enum):
    """未连接, 连接中, 就绪, 拍摄中, 故障."""

    ABSENT = "absent"
    CONNECTING = "connecting"
    READY = "ready"
    CAPTURING = "capturing"
    FAULT = "fault"


@dataclass(frozen=True)
class CameraStatus:
    """Where the camera stands; ``error`` says why when it cannot be used."""

    state: CameraState
    error: DeviceError | None = None
    description: CameraDescription | None = None


class CameraListener(Protocol):
    """Called on the host's reader thread; must return at once."""

    def on_status(self, status: CameraStatus) -> None:
        """The state changed."""

    def on_frame(self, frame: LiveFrame) -> None:
        """A live-view picture."""

    def on_event(self, event: CameraEvent) -> None:
        """The camera reported something on its own."""


@dataclass
class _Flight:
    """One capture under way."""

    keep: Callable[[CapturedFile], None]
    kept: int = 0
    error: BaseException | None = None


class CameraHost:
    """One camera behind one supervised worker. ``start`` once, ``stop`` once."""

    def __init__(self, launch: WorkerLaunch, listener: CameraListener) -> None:
        self._listener = listener
        self._supervisor = Supervisor(launch, self)
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="shot-keeper")
        self._lock = threading.Lock()
        self._status = CameraStatus(CameraState.CONNECTING)
        self._live = False
        self._flight: _Flight | None = None

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._listener.on_status(self._status)
        self._supervisor.start()

    def stop(self, deadline_s: float) -> None:
        """Release the camera and end worker and threads; captures in flight end as cancelled."""
        self._supervisor.stop(deadline_s)
        self._keeper.shutdown(wait=True)

    @property
    def status(self) -> CameraStatus:
        """State, error and description now."""
        return self._status

    @property
    def standing(self) -> DeviceStanding:
        """State, last success, last error, in the words of every device."""
        return self._supervisor.standing

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._supervisor.try_now()

    @property
    def worker_pid(self) -> int | None:
        """For the diagnosis panel."""
        return self._supervisor.pid

    # -- asking ----------------------------------------------------------------------------------------

    def describe(self) -> Future[CameraDescription]:
        """What is connected and how it is set, read now."""
        return self._asked(Message("describe"))

    def configure(self, values: dict[CameraSetting, str]) -> Future[CameraDescription]:
        """Set, read back, describe. The future ends in SettingRefused when the camera will not."""
        return self._asked(Message("configure", {"values": {k.value: v for k, v in values.items()}}))

    def _asked(self, message: Message) -> Future[CameraDescription]:
        answer = self._supervisor.request(message, _ASK_DEADLINE_S)
        described: Future[CameraDescription] = Future()
        described.set_running_or_notify_cancel()

        def finish(done: Future[Message]) -> None:
            error = done.exception()
            if error is not None:
                described.set_exception(error)
                return
            try:
                description = description_of(done.result().fields)
            except FrameBroken as broken:
                described.set_exception(WorkerCrashed(str(broken)))
                return
            self._set_status(replace(self._status, description=description))
            described.set_result(description)

        answer.add_done_callback(finish)
        return described

    def live(self, on: bool) -> None:
        """Begin or end live view; kept across reconnects."""
        self._live = on
        self._supervisor.tell(Message("live", {"on": on}))

    def capture(self, request: CaptureRequest, keep: Callable[[CapturedFile], None]) -> Future[int]:
        """Shoot. Resolves to the number of pictures kept, or to a DeviceError, or to what ``keep`` raised."""
        outcome: Future[int] = Future()
        outcome.set_running_or_notify_cancel()
        with self._lock:
            if self._flight is not None:
                outcome.set_exception(DeviceBusy("capture"))
                return outcome
            if self._status.state is not CameraState.READY:
                outcome.set_exception(self._status.error or DeviceAbsent())
                return outcome
            flight = self._flight = _Flight(keep)
        self._set_status(replace(self._status, state=CameraState.CAPTURING))
        limit_s = request.timeout_s + _CAPTURE_GRACE_S
        self._supervisor.allow_silence(limit_s + 1.0)
        message = Message("capture", {"count": request.count, "timeout_s": request.timeout_s})
        self._supervisor.request(message, limit_s).add_done_callback(
            lambda done: self._keeper.submit(self._landed, flight, done, outcome)
        )
        return outcome

    def _landed(self, flight: _Flight, done: Future[Message], outcome: Future[int]) -> None:
        """On the keeper thread, after every picture of the flight."""
        error = flight.error or done.exception()
        self._supervisor.allow_silence(_IDLE_SILENCE_S)
        with self._lock:
            self._flight = None
        if self._status.state is CameraState.CAPTURING:
            if isinstance(error, ENDS_THE_WORKER):
                self._set_status(CameraStatus(CameraState.FAULT, error, None))
            else:
                self._set_status(replace(self._status, state=CameraState.READY))
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(flight.kept)

    # -- what the worker says (reader thread) ----------------------------------------------------------

    def opened(self, message: Message) -> None:
        """The camera is there."""
        self._supervisor.allow_silence(_IDLE_SILENCE_S)
        self._set_status(CameraStatus(CameraState.READY, None, description_of(message.fields)))
        if self._live:
            self._supervisor.tell(Message("live", {"on": True}))

    def said(self, message: Message) -> None:
        """Frames, files and events."""
        if message.kind == "frame":
            self._supervisor.tell(Message("frame-taken"))
            self._listener.on_frame(frame_of(message))
        elif message.kind == "described":
            self._set_status(replace(self._status, description=description_of(message.fields)))
        elif message.kind == "file":
            self._keep(file_of(message))
        elif message.kind == "event":
            self._listener.on_event(event_of(message))

    def _keep(self, file: CapturedFile) -> None:
        flight = self._flight
        if flight is None:
            return
        kept = self._keeper.submit(flight.keep, file)

        def note(done: Future[None]) -> None:
            error = done.exception()
            if error is None:
                flight.kept += 1
            else:
                flight.error = flight.error or error

        kept.add_done_callback(note)

    def down(self, error: DeviceError) -> None:
        """The camera cannot be used now."""
        state = CameraState.ABSENT if isinstance(error, DeviceAbsent) else CameraState.FAULT
        self._set_status(CameraStatus(state, error, None))

    def _set_status(self, status: CameraStatus) -> None:
        with self._lock:
            changed = status != self._status
            self._status = status
        if changed:
            self._listener.on_status(status)
