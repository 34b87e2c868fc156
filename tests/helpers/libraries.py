"""The embedded back end as a real HTTP server in a thread, with a clock that a test may turn."""

from __future__ import annotations

import threading
from pathlib import Path

import uvicorn

from app.config.clock import Clock, SystemClock
from app.training.library import PhotoLibrary
from app.training.server import LibraryAccount, LibraryService

ACCOUNT = LibraryAccount("terminal", "Password-1")


class Library:
    """The server on a port of its own, in a thread; ``service.faults`` makes it fail."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        self.books = PhotoLibrary(root / "library.db", root / "objects")
        examine = lambda image, standard: {"standard": standard, "bytes": len(image)}  # noqa: E731 - a stand-in
        self.service = LibraryService(
            self.books, ACCOUNT, clock or SystemClock(), examine=examine, standards=[{"id": "id-card"}]
        )
        config = uvicorn.Config(self.service.app, port=0, log_level="critical", lifespan="off", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)

    def start(self) -> str:
        self.thread.start()
        ready = threading.Event()
        while not self.server.started:
            ready.wait(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.books.close()
