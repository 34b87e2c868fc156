"""A scanner for one command, without a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from devices.host.scanner import ScannerHost
from devices.ports.errors import DeviceAbsent
from devices.registry import worker_launch

_READY_S = 20.0
_STOP_S = 5.0


@contextmanager
def scanner_session(address: str) -> Iterator[ScannerHost]:
    """The scanner at an address, open. Raises BadAddress, DeviceAbsent or what the scanner said."""
    host = ScannerHost(worker_launch("scanner", address))
    host.start()
    try:
        if not host.wait_until_open(_READY_S):
            raise host.error or DeviceAbsent(address)
        yield host
    finally:
        host.stop(_STOP_S)
