"""Asks the photo library's inspection while the applicant still stands here, and never for longer than agreed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout

from app.domain.errors import NetworkFault
from app.domain.inspecting import InspectionAnswer, InspectionQuestion
from app.sync.client import BackendClient


class LibraryInspector:
    """Owns a connection of its own, so that a question does not wait behind the outbox. ``stop`` once."""

    def __init__(self, client: BackendClient, limit_s: float) -> None:
        self._client = client
        self._limit_s = limit_s
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="library-inspector")

    def ask(self, question: InspectionQuestion) -> InspectionAnswer:
        """Thread: any; blocks at most ``limit_s``. Raises NetworkFault NET-102 then, else as ``BackendClient.send``."""
        try:
            return self._pool.submit(self._client.inspect, question).result(self._limit_s)
        except FutureTimeout as error:
            raise NetworkFault("NET-102") from error

    def stop(self) -> None:
        """Nothing new is asked; what is under way ends by the client's own deadlines."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._client.close()
