"""The camera as the desk holds it: one supervised host, any number of watchers, replaced when settings change.

Threads: watchers are called on the host's reader thread; a window hands the values on to its own thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from devices.host.camera import CameraHost, CameraListener, CameraState, CameraStatus
from devices.host.process import WorkerLaunch
from devices.ports.camera import (
    CameraDescription,
    CameraEvent,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    LiveFrame,
)
from devices.ports.standing import DeviceStanding

_STOP_DEADLINE_S = 5.0


class CameraRelay:
    """Passes the host's reports on to every watcher; a new watcher is told the present state at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watchers: tuple[CameraListener, ...] = ()
        self._status: CameraStatus | None = None

    def watch(self, watcher: CameraListener) -> None:
        """Begin to report to ``watcher``."""
        with self._lock:
            self._watchers = (*self._watchers, watcher)
            status = self._status
        if status is not None:
            watcher.on_status(status)

    def unwatch(self, watcher: CameraListener) -> None:
        """Stop reporting to ``watcher``."""
        with self._lock:
            self._watchers = tuple(w for w in self._watchers if w is not watcher)

    def on_status(self, status: CameraStatus) -> None:
        """From the host."""
        with self._lock:
            self._status = status
            watchers = self._watchers
        for watcher in watchers:
            watcher.on_status(status)

    def on_frame(self, frame: LiveFrame) -> None:
        """From the host."""
        for watcher in self._watchers:
            watcher.on_frame(frame)

    def on_event(self, event: CameraEvent) -> None:
        """From the host."""
        for watcher in self._watchers:
            watcher.on_event(event)


class _ReadyWatcher:
    """Sets an event when the camera can be used."""

    def __init__(self, ready: threading.Event) -> None:
        self._ready = ready

    def on_status(self, status: CameraStatus) -> None:
        if status.state is CameraState.READY:
            self._ready.set()

    def on_frame(self, frame: LiveFrame) -> None:
        pass

    def on_event(self, event: CameraEvent) -> None:
        pass


class CameraSeat:
    """The place the camera is plugged into: starts, stops and replaces the host; offers what the windows use."""

    def __init__(self, launch: Callable[[], WorkerLaunch]) -> None:
        self._launch = launch
        self._relay = CameraRelay()
        self._lock = threading.Lock()
        self._host = CameraHost(launch(), self._relay)

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._host.start()

    def stop(self) -> None:
        """Let go of the camera and end its worker."""
        with self._lock:
            self._host.stop(_STOP_DEADLINE_S)

    def reconnect(self) -> None:
        """A fresh worker on the address now in the settings (重新连接)."""
        with self._lock:
            self._host.stop(_STOP_DEADLINE_S)
            self._host = CameraHost(self._launch(), self._relay)
            self._host.start()

    def watch(self, watcher: CameraListener) -> None:
        """Begin to report to ``watcher`` (on the host's reader thread)."""
        self._relay.watch(watcher)

    def unwatch(self, watcher: CameraListener) -> None:
        """Stop reporting to ``watcher``."""
        self._relay.unwatch(watcher)

    @property
    def standing(self) -> DeviceStanding:
        """In the words of every device."""
        return self._host.standing

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._host.try_now()

    @property
    def worker_pid(self) -> int | None:
        """The worker's process, for the diagnosis panel."""
        return self._host.worker_pid

    @property
    def status(self) -> CameraStatus:
        """State, last error, description."""
        return self._host.status

    def description(self) -> CameraDescription | None:
        """What is connected, None when nothing is."""
        return self._host.status.description

    def live(self, on: bool) -> None:
        """Begin or end live view."""
        self._host.live(on)

    def describe(self) -> Future[CameraDescription]:
        """What is connected and how it is set, read now."""
        return self._host.describe()

    def wait_until_ready(self, timeout_s: float) -> bool:
        """Whether the camera became ready in time."""
        ready = threading.Event()
        watcher = _ReadyWatcher(ready)
        self.watch(watcher)
        try:
            return ready.wait(timeout_s)
        finally:
            self.unwatch(watcher)

    def configure(self, values: dict[CameraSetting, str]) -> Future[CameraDescription]:
        """Set and read back."""
        return self._host.configure(values)

    def capture(self, request: CaptureRequest, keep: Callable[[CapturedFile], None]) -> Future[int]:
        """Shoot; ``keep`` runs before the future resolves."""
        return self._host.capture(request, keep)
