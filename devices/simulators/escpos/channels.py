"""The simulated printer's ends of the line: a TCP client, or a pseudo-terminal that stands for a serial port."""

from __future__ import annotations

import os
import pty
import select
import socket
import tty
from pathlib import Path
from typing import Protocol

_WAIT_S = 0.05
_PIECE = 4096


class Channel(Protocol):
    """Bytes from and to whoever prints."""

    def receive(self) -> bytes | None:
        """What came, b"" when nothing came for a moment, None when the other side is gone."""

    def send(self, data: bytes) -> None:
        """Raises OSError when the other side is gone."""

    def close(self) -> None:
        """Break off."""


class SocketChannel:
    """One TCP client."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client
        client.settimeout(_WAIT_S)

    def receive(self) -> bytes | None:
        """Up to a few kilobytes."""
        try:
            return self._client.recv(_PIECE) or None
        except TimeoutError:
            return b""

    def send(self, data: bytes) -> None:
        """All of it."""
        self._client.sendall(data)

    def close(self) -> None:
        """Close the socket."""
        self._client.close()


class PtyChannel:
    """A fresh pseudo-terminal; the device file ``link`` points to it. The other side may open and close it at will."""

    def __init__(self, link: Path) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        fresh = link.with_name(link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._slave))
        fresh.replace(link)

    def receive(self) -> bytes | None:
        """Up to a few kilobytes; our own hold on the device keeps the line up between users."""
        ready, _, _ = select.select([self._master], [], [], _WAIT_S)
        return os.read(self._master, _PIECE) if ready else b""

    def send(self, data: bytes) -> None:
        """All of it."""
        os.write(self._master, data)

    def close(self) -> None:
        """Hang up."""
        os.close(self._master)
        os.close(self._slave)
