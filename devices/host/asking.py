"""A device that answers questions, behind its supervised worker: every question ends in an answer or in a typed error.

Threads: questions may come from any thread; futures resolve on the host's reader thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from devices.host.lasting import FaultPolicy
from devices.host.messages import UNREADABLE, FrameBroken, Message
from devices.host.process import Supervisor, WorkerLaunch
from devices.ports.errors import DeviceAbsent, DeviceError, DeviceLost, DeviceSilent, WorkerCrashed
from devices.ports.standing import DeviceStanding

# After these the worker is started afresh: the device is not there until it says so again.
ENDS_THE_WORKER = (DeviceLost, DeviceAbsent, DeviceSilent, WorkerCrashed)

# What reading a worker's nonsense may raise; none of it may end a thread of the host.
NONSENSE = (FrameBroken, *UNREADABLE)

_IDLE_SILENCE_S = 20.0

_T = TypeVar("_T")


def _nobody(message: Message) -> None:
    """Most devices say nothing unasked."""


class AskedDevice:
    """One device behind one supervised worker. ``start`` once, ``stop`` once.

    ``told`` hears what the worker says between a question and its answer (pages, progress), on the reader thread, in
    order and before the answer; it must return at once.
    """

    def __init__(
        self, launch: WorkerLaunch, told: Callable[[Message], None] = _nobody, policy: FaultPolicy | None = None
    ) -> None:
        self.address = launch.address
        self._supervisor = Supervisor(launch, self, policy=policy)
        self._told = told
        self._is_open = threading.Event()
        self.error: DeviceError | None = None
        self.greeting: Message | None = None  # what the worker said of the device when it opened

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._supervisor.start()

    def stop(self, deadline_s: float) -> None:
        """Let go of the device and end its worker; questions in flight end as cancelled."""
        self._supervisor.stop(deadline_s)

    def wait_until_open(self, timeout_s: float) -> bool:
        """Whether the device was there in time."""
        return self._is_open.wait(timeout_s)

    @property
    def is_open(self) -> bool:
        """Whether the device is there now."""
        return self._is_open.is_set()

    @property
    def standing(self) -> DeviceStanding:
        """State, last success, last error."""
        return self._supervisor.standing

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._supervisor.try_now()

    @property
    def worker_pid(self) -> int | None:
        """For the diagnosis panel."""
        return self._supervisor.pid

    def tell(self, message: Message) -> None:
        """Say something that needs no answer (cancel); lost when the device is not there."""
        self._supervisor.tell(message)

    def ask(
        self,
        message: Message,
        deadline_s: float,
        read: Callable[[Message], _T],
        *,
        silence_s: float | None = None,
    ) -> Future[_T]:
        """The answer, read by ``read``; ends in a DeviceError at the latest when ``deadline_s`` is over.

        An answer that ``read`` cannot make sense of counts as a crashed worker. ``silence_s`` is for long
        work that tells of itself on the way: a worker that says nothing at all for so long counts as hung.
        """
        self._supervisor.allow_silence(deadline_s + _IDLE_SILENCE_S if silence_s is None else silence_s)
        result: Future[_T] = Future()
        result.set_running_or_notify_cancel()

        def finish(done: Future[Message]) -> None:
            error = done.exception()
            if error is None:
                try:
                    answer = read(done.result())
                except NONSENSE as broken:
                    result.set_exception(WorkerCrashed(str(broken)))
                else:
                    result.set_result(answer)
                return
            if isinstance(error, ENDS_THE_WORKER):
                self._is_open.clear()
            result.set_exception(error)

        self._supervisor.request(message, deadline_s).add_done_callback(finish)
        return result

    # -- what the worker says (reader thread) ----------------------------------------------------------

    def opened(self, message: Message) -> None:
        """The device is there; ``message`` describes it. Raises FrameBroken when its host cannot read that."""
        try:
            self._introduced(message)
        except NONSENSE as broken:
            raise FrameBroken(str(broken)) from broken
        self._supervisor.allow_silence(_IDLE_SILENCE_S)
        self.error = None
        self.greeting = message
        self._is_open.set()

    def said(self, message: Message) -> None:
        """A heartbeat, or news between a question and its answer."""
        if message.kind == "alive":
            return
        try:
            self._told(message)
        except NONSENSE as broken:
            raise FrameBroken(str(broken)) from broken

    def down(self, error: DeviceError) -> None:
        """The device is gone; it is tried again by itself."""
        self._is_open.clear()
        self.error = error
        self.greeting = None
        self._introduced(None)

    def _introduced(self, greeting: Message | None) -> None:
        """A host that knows its kind reads here what the device is, once it opens; None: it is gone.

        May raise anything of ``NONSENSE``: the worker then counts as crashed, and nobody ever sees such a device open.
        """
