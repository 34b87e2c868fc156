"""The module behind 64-byte HID reports: one end of a pair of sockets that keeps packets apart, as hidraw does."""

from __future__ import annotations

import socket
import threading

from devices.simulators.sdt.machine import SamModule

_REPORT = 64


class HidReader:
    """``start`` gives the descriptor that the driver owns from then on; ``stop`` ends the thread."""

    def __init__(self, module: SamModule) -> None:
        self.module = module
        self.misshapen: list[bytes] = []  # reports that were not number and 64 bytes
        self._ours: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> int:
        """Plug in."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ours = ours
        self._thread = threading.Thread(target=self._serve, args=(ours,), name="hid-reader-simulator")
        self._thread.start()
        return theirs.detach()

    def stop(self) -> None:
        """Pull the cable out."""
        if self._ours is not None and self._thread is not None:
            self._ours.shutdown(socket.SHUT_RDWR)
            self._thread.join()
            self._ours.close()
            self._ours = None

    def _serve(self, ours: socket.socket) -> None:
        try:
            while report := ours.recv(4096):
                if len(report) != _REPORT + 1 or report[0] != 0:
                    self.misshapen.append(report)
                for utterance in self.module.feed(report[1:]):
                    for at in range(0, len(utterance.data), _REPORT):
                        ours.send(utterance.data[at : at + _REPORT].ljust(_REPORT, b"\0"))
                    if utterance.unplugged:
                        ours.shutdown(socket.SHUT_RDWR)
                        return
        except OSError:
            return  # the driver has closed its end
