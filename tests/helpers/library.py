"""The embedded back end as a real HTTP server on a port of its own, with a stand-in for the networks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from app.config.clock import Clock, SystemClock
from app.domain.fees import FiscalAccount
from app.domain.judgement import QualityReport
from app.domain.photo_standard import PhotoStandard
from app.photo.standards import load_standards
from app.store.store import Store
from app.sync.client import BackendClient
from app.sync.drain import Drain
from app.training.archives import TypeOf
from app.training.library import PhotoLibrary
from app.training.server import LibraryAccount, LibraryService
from helpers.stores import TestClock, new_store

ACCOUNT = LibraryAccount("terminal", "Password-1", FiscalAccount("9999000000000001", "window-1", "Fiscal-Key-1"))


class Library:
    """The server on a port of its own, in a thread; ``service.faults`` makes it fail."""

    def __init__(self, root: Path, clock: Clock | None = None, type_of: TypeOf | None = None) -> None:
        self.url = ""
        self.books = PhotoLibrary(root / "library.db", root / "objects")
        self.looked: list[int] = []
        self.service = LibraryService(
            self.books,
            ACCOUNT,
            clock or SystemClock(),
            examine=self._examine,
            standards=load_standards(),
            type_of=type_of or (lambda small, envelope, kind: ("", 0.0)),
        )
        config = uvicorn.Config(self.service.app, port=0, log_level="critical", lifespan="off", access_log=False)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)

    def _examine(self, image: bytes, standard: PhotoStandard) -> QualityReport:
        """A stand-in for the networks: the picture is good; the file is looked at by the server itself."""
        self.looked.append(len(image))
        return QualityReport(standard.id, standard.version, ())

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


@contextmanager
def window(tmp_path: Path) -> Iterator[tuple[Library, Store, Drain, BackendClient, TestClock]]:
    library = Library(tmp_path / "library")
    url = library.start()
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    client = BackendClient(url, ACCOUNT.account, ACCOUNT.password, terminal="T1")
    try:
        yield library, store, Drain(store, client, clock), client, clock
    finally:
        client.close()
        store.close()
        library.stop()
