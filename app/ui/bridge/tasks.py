"""Runs service calls off the GUI thread and hands their answers back on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.config.texts import Coded
from app.domain.errors import WorkstationError
from devices.ports.errors import DeviceError

_T = TypeVar("_T")
_WORKERS = 3


@dataclass(frozen=True)
class _Done:
    future: Future[Any]
    answer: Callable[[Any], None]
    refuse: Callable[[Coded], None]


class TaskRunner(QObject):
    """``run`` from the GUI thread; both callbacks come on the GUI thread, unless the runner was stopped meanwhile."""

    _finished = Signal(object)  # _Done, from a worker thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="window-task")
        self._stopped = False
        self._open = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still out."""
        return self._open > 0

    def run(self, question: Callable[[], _T], answer: Callable[[_T], None], refuse: Callable[[Coded], None]) -> None:
        """Ask; a coded error goes to ``refuse``, anything else is a bug and is raised on the GUI thread."""
        self._open += 1
        future = self._pool.submit(question)
        done = _Done(future, answer, refuse)
        future.add_done_callback(lambda _: self._finished.emit(done))

    @Slot(object)
    def _deliver(self, done: _Done) -> None:
        self._open -= 1
        if self._stopped or done.future.cancelled():
            return
        error = done.future.exception()
        if error is None:
            done.answer(done.future.result())
        elif isinstance(error, WorkstationError | DeviceError):
            done.refuse(error)
        else:
            raise error

    def stop(self) -> None:
        """Nothing is delivered any more; work under way is waited for, work not begun is dropped."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)
