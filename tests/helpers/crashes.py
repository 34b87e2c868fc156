"""Kills the operator's program, its camera worker or the back end at chosen moments, and keeps the books."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any

from app.bootstrap.companion import Companion
from app.bootstrap.training_account import training_account
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.domain.records import OutboxKind
from app.security import keyring
from app.store.store import Store
from app.training.library import PhotoLibrary
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.server import Responder
from helpers.pictures import small_portrait

PROGRAM = Path(__file__).with_name("operator_program.py")


class Crash(Enum):
    PROGRAM = "program"
    CAMERA = "camera"
    BACKEND = "backend"


class WorkingDay:
    """The camera stands on its tripod all day; program and back end come and go."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = DataFolder(root / "data")
        pictures = [small_portrait(seed) for seed in range(3)]
        self._camera = Responder("nikon", Pictures(pictures))
        self._camera.start()
        self._port = 0
        self._backend = self._start_backend()
        self._program: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._said = threading.Condition()
        self.shots: dict[str, str] = {}
        self.photos: dict[str, str] = {}
        self.worker = 0
        self.errors: list[str] = []
        self.lines = 0

    def __enter__(self) -> WorkingDay:
        return self

    def __exit__(self, k: type[BaseException] | None, e: BaseException | None, t: TracebackType | None) -> None:
        self._kill_program()
        self._backend.stop()
        self._camera.stop()

    def _start_backend(self) -> Companion:
        command = [sys.executable, "-m", "app", "backend", "--training", "--until-stdin-closes", "--port", str(self._port)]
        backend = Companion("backend", [*command, "--data", str(self._root / "library")])
        self._port = int(json.loads(backend.start())["port"])
        return backend

    def _start_program(self) -> None:
        camera = f"gphoto:ptpip:127.0.0.1:{self._camera.port}:{self._camera.port}?model=Nikon+DSLR+(WLAN)"
        command = [sys.executable, str(PROGRAM), str(self._folder.root), camera, f"http://127.0.0.1:{self._port}"]
        self._program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._hear, args=(self._program,))
        self._reader.start()

    def _hear(self, program: subprocess.Popen[str]) -> None:
        for line in program.stdout or ():
            with contextlib.suppress(json.JSONDecodeError):  # a line cut by the kill was never confirmed
                self._note(json.loads(line))

    def _note(self, message: dict[str, Any]) -> None:
        with self._said:
            self.lines += 1
            if message["kind"] == "shot":
                self.shots[message["id"]] = message["digest"]
            elif message["kind"] == "photo":
                self.photos[message["number"]] = message["digest"]
            elif message["kind"] == "error":
                self.errors.append(message["text"])
            self.worker = message.get("worker") or self.worker
            self._said.notify_all()

    def _kill_program(self) -> None:
        if self._program is None:
            return
        self._program.kill()
        self._end_program()

    def _end_program(self) -> None:
        if self._program is None or self._reader is None:
            return
        self._program.wait(90)
        self._reader.join()
        for stream in (self._program.stdin, self._program.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._program = None

    def work_until(self, crash: Crash, after_s: float) -> None:
        """Work for a while after the program first spoke, then strike."""
        if self._program is None:
            self._start_program()
        before = self.lines
        with self._said:
            assert self._said.wait_for(lambda: self.lines > before, 60), "the program does not work"
            self._said.wait_for(lambda: False, after_s)
        if crash is Crash.PROGRAM:
            self._kill_program()
        elif crash is Crash.CAMERA and self.worker:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.worker, signal.SIGKILL)
        elif crash is Crash.BACKEND:
            self._backend.kill()
            self._backend.stop()
            self._backend = self._start_backend()
        assert not self.errors, self.errors

    def _store(self) -> Store:
        account = training_account()
        key = keyring.unlock(self._folder.keyring, account.account, account.password)
        return Store.open(self._folder, key, SystemClock())

    def expect_every_finished_shot(self) -> None:
        """Looked at from outside, with the program gone."""
        from app.security.digest import sm3_hex

        self._kill_program()
        if not self._folder.keyring.exists():
            return
        store = self._store()
        try:
            assert not store.reconciled.missing
            assert not store.reconciled.unreadable
            for shot, digest in self.shots.items():
                assert sm3_hex(store.read_original(shot)) == digest
            for number, digest in self.photos.items():
                assert sm3_hex(store.read_photo(number)) == digest
        finally:
            store.close()

    def finish_everything(self) -> None:
        """Start once more; finish what is open and send it all."""
        self._start_program()
        assert self._program is not None
        assert self._program.stdin is not None
        before = self.lines
        with self._said:
            assert self._said.wait_for(lambda: self.lines > before + 3, 60)
        self._program.stdin.close()
        self._end_program()
        assert not self.errors, self.errors

    def expect_each_photo_exactly_once(self) -> None:
        """The library's books against the store's."""
        self._backend.stop()
        store = self._store()
        folder = self._root / "library" / "backend"
        library = PhotoLibrary(folder / "library.db", folder / "objects")
        try:
            assert store.outbox.waiting() == 0
            items = store.outbox.items()
            photos = [i for i in items if i.kind is OutboxKind.PHOTO]
            originals = [i for i in items if i.kind is OutboxKind.ORIGINAL]
            assert {i.photo_number for i in photos} >= set(self.photos)
            assert library.count() == {"photo": len(photos), "original": len(originals)}
            for item in photos:
                assert library.by_number(item.photo_number).receipt == item.receipt
                assert library.image(library.by_number(item.photo_number)) == store.read_photo(item.photo_number)
        finally:
            library.close()
            store.close()
