"""A dam in the wire between a worker and its device: the questions pass, the answers are held back from a word on.

Whoever kills a worker in the middle of its work must know that it is in the middle: ``holding`` is true when the device
has heard the question, has answered, and the worker waits for what lies behind the dam.
"""

from __future__ import annotations

import os
import select
import socket
import termios
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

_PIECE = 65536


@dataclass(eq=False)
class _Wire:
    """One connection: the worker's end, the device's end, what of the answers lies behind the dam."""

    near: int
    far: int
    let_go: Callable[[], None]
    held: bytearray = field(default_factory=bytearray)


class _Dam:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wires: list[_Wire] = []
        self._wake = os.pipe()
        self._thread = threading.Thread(target=self._serve, name="dam")
        self._word: bytes | None = None
        self._times = 0
        self._after = 0
        self._shut = False
        self._tail = b""
        self.heard = 0

    def hold(self, word: bytes = b"", *, times: int = 1, after: int = 0) -> None:
        """From the ``times``-th ``word`` of the worker on (b"" = its next one) ``after`` more bytes of answers pass."""
        with self._lock:
            self._word, self._times, self._after, self._shut, self._tail = word, times, after, False, b""
            self.heard = 0

    def release(self) -> None:
        """Answers flow again; what was held back came too late and is lost."""
        with self._lock:
            self._word, self._shut = None, False
            for wire in self._wires:
                wire.held.clear()

    @property
    def holding(self) -> bool:
        """Whether the device has answered and its answer waits."""
        with self._lock:
            return self._shut and any(wire.held for wire in self._wires)

    def stop(self) -> None:
        """The thread and every connection are gone when this returns."""
        os.write(self._wake[1], b"!")
        self._thread.join()
        for wire in self._wires:
            wire.let_go()
        for end in self._wake:
            os.close(end)

    def _listening(self) -> int | None:
        """Where new connections come from."""
        return None

    def _accept(self) -> None:
        """One new connection."""

    def _serve(self) -> None:
        listening = self._listening()
        while True:
            ends = {end: wire for wire in self._wires for end in (wire.near, wire.far)}
            doors = [self._wake[0]] if listening is None else [self._wake[0], listening]
            ready, _, _ = select.select([*doors, *ends], [], [])
            if self._wake[0] in ready:
                return
            if listening in ready:
                self._accept()
            for end in ready:
                if end in ends and ends[end] in self._wires and not self._pass_on(ends[end], end):
                    self._drop(ends[end])

    def _pass_on(self, wire: _Wire, end: int) -> bool:
        """Whether the connection still stands."""
        try:
            data = os.read(end, _PIECE)
            if not data:
                return False
            if end == wire.near:
                self._listen(data)
                os.write(wire.far, data)
            else:
                os.write(wire.near, self._let_through(wire, data))
        except OSError:
            return False
        return True

    def _listen(self, said: bytes) -> None:
        with self._lock:
            self.heard += len(said)
            if self._word is None or self._shut:
                return
            text = self._tail + said
            if self._word:
                self._times -= text.count(self._word)
                # One byte less than the word: what came in two pieces is found, and nothing is counted twice.
                self._tail = text[len(text) - len(self._word) + 1 :]
            self._shut = not self._word or self._times <= 0

    def _let_through(self, wire: _Wire, answer: bytes) -> bytes:
        with self._lock:
            if not self._shut:
                return answer
            passing = answer[: self._after]
            self._after -= len(passing)
            wire.held += answer[len(passing) :]
            return passing

    def _drop(self, wire: _Wire) -> None:
        with self._lock:
            self._wires.remove(wire)
        wire.let_go()


class TcpDam(_Dam):
    """Listens on a port of its own before the device's ``port``."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._device = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._thread.start()

    def stop(self) -> None:
        super().stop()
        self._door.close()

    def _listening(self) -> int | None:
        return self._door.fileno()

    def _accept(self) -> None:
        near, _ = self._door.accept()
        try:
            far = socket.create_connection(("127.0.0.1", self._device))
        except OSError:
            near.close()
            return
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def let_go() -> None:
            near.close()
            far.close()

        with self._lock:
            self._wires.append(_Wire(near.fileno(), far.fileno(), let_go))


class SerialDam(_Dam):
    """A pseudo-terminal of its own before the device's terminal ``path``, at 115200 baud."""

    def __init__(self, path: str) -> None:
        super().__init__()
        near, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        far = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(far)
        modes = termios.tcgetattr(far)
        modes[4] = modes[5] = termios.B115200
        termios.tcsetattr(far, termios.TCSANOW, modes)

        def let_go() -> None:
            # Our own hold on the worker's end keeps the line up between two workers.
            for end in (near, slave, far):
                with suppress(OSError):
                    os.close(end)

        self._wires.append(_Wire(near, far, let_go))
        self._thread.start()
