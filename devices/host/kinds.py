"""Kind of device → the host that speaks to it, for whoever holds devices of any kind (the camera has a host of its own)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from devices.host.asking import AskedDevice
from devices.host.card_photo import CardPhotoHost
from devices.host.card_reader import CardReaderHost
from devices.host.document_reader import DocumentReaderHost
from devices.host.fingerprint import FingerprintHost
from devices.host.page_printer import PagePrinterHost
from devices.host.printer import PrinterHost
from devices.host.process import WorkerLaunch
from devices.host.scanner import ScannerHost
from devices.host.signature_pad import SignaturePadHost

HOSTS: Mapping[str, Callable[[WorkerLaunch], AskedDevice]] = {
    "printer": PrinterHost,
    "card_reader": CardReaderHost,
    "card_photo": CardPhotoHost,
    "fingerprint": FingerprintHost,
    "document_reader": DocumentReaderHost,
    "signature_pad": SignaturePadHost,
    "page_printer": PagePrinterHost,
    "scanner": ScannerHost,
}
