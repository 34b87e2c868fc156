"""A document reader for one command, and a picture of a document read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.imaging.decode import decode
from app.inspection.mrz.read import ZonePicture, read_zone
from devices.host.document_reader import DocumentReaderHost
from devices.ports.errors import DeviceAbsent
from devices.registry import worker_launch

_READY_S = 6.0
_STOP_S = 5.0


@contextmanager
def document_reader(address: str) -> Iterator[DocumentReaderHost]:
    """The reader at an address, open. Raises BadAddress, DeviceAbsent or what the reader said."""
    host = DocumentReaderHost(worker_launch("document_reader", address))
    host.start()
    try:
        if not host.wait_until_open(_READY_S):
            raise host.error or DeviceAbsent(address)
        yield host
    finally:
        host.stop(_STOP_S)


def zone_of_picture(data: bytes) -> ZonePicture:
    """Raises BadInput IMG-… for bytes that are no picture, TRV-104 without a zone; SetupFault FNT-103."""
    return read_zone(decode(data).pixels)
