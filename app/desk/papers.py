"""Papers of a matter on their way in: from a file or the scanner, looked at before they are sealed, small for a list."""

from __future__ import annotations

from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

from app.desk.paper_reading import PDF
from app.domain.cases.case import CaseMaterial
from app.domain.errors import BadInput
from app.imaging.decode import decode
from app.imaging.facts import read_facts
from app.intake.drafts import Drafts
from app.store.drafts import Paper
from devices.host.scanner import ScannerHost
from devices.ports.errors import DeviceAbsent, DeviceSilent
from devices.ports.scanner import ScannedPage, ScannerDescription, ScanRequest, ScanSource

LARGEST = 128 * 2**20
_MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png"}
_ORIGINS = {ScanSource.CAMERA: "document camera"}
_READY_S = 20.0
_PILE_S = 900.0
_TAIL = 2048


def media_type_of(data: bytes, name: str) -> str:
    """What a file is, whatever it is called.

    Raises BadInput CSE-107 empty, INT-113 too large, INT-112 neither JPEG, PNG nor PDF, INT-114 a torn PDF, IMG-103…106.
    """
    if not data:
        raise BadInput("CSE-107")
    if len(data) > LARGEST:
        raise BadInput("INT-113", name=name, most=LARGEST // 2**20)
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-_TAIL:]:
            raise BadInput("INT-114", name=name)
        return PDF
    try:
        media_type = _MEDIA.get(read_facts(data).format, "")
    except BadInput as error:
        if error.code != "IMG-102":
            raise
        media_type = ""
    if not media_type:
        raise BadInput("INT-112", name=name)
    decode(data)
    return media_type


class PaperDesk:
    """``scanner`` None where the site has none. Thread: any; everything blocks."""

    def __init__(self, drafts: Drafts, scanner: ScannerHost | None) -> None:
        self._drafts = drafts
        self._scanner = scanner

    @property
    def scans(self) -> bool:
        """Whether a scanner or document camera is configured."""
        return self._scanner is not None

    def add_file(self, draft_id: str, item: str, path: Path) -> CaseMaterial:
        """A file as a paper of ``item`` (the catalogue's id, "" = further papers), sealed byte for byte.

        Raises BadInput INT-111 for one that cannot be read, what ``media_type_of`` raises, StoreFault.
        """
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            raise BadInput("INT-111", name=path.name, reason=error.strerror or "") from error
        return self._drafts.attach(draft_id, Paper(item, path.name, "file", media_type_of(data, path.name), data))

    def add_licence(self, draft_id: str, item: str, name: str, data: bytes) -> CaseMaterial:
        """An electronic licence as it came. Raises what ``media_type_of`` raises, StoreFault."""
        return self._drafts.attach(draft_id, Paper(item, name, "e-licence", media_type_of(data, name), data))

    def scan(self, draft_id: str, item: str, name: str) -> int:
        """What lies on the glass, in the feeder or under the camera; each page is sealed before the next is drawn in.

        How many came. Raises DeviceError, with the pages before it kept; StoreFault.
        """
        scanner = self._scanner
        if scanner is None:
            raise DeviceAbsent("scanner.address")
        if not scanner.wait_until_open(_READY_S) or scanner.description is None:
            raise scanner.error or DeviceAbsent("scanner.address")
        request = _request(scanner.description)
        origin = _ORIGINS.get(request.source, "scanner")

        def keep(page: ScannedPage) -> None:
            media_type = "image/png" if page.suffix == ".png" else "image/jpeg"
            self._drafts.attach(draft_id, Paper(item, f"{name} {page.number}", origin, media_type, page.data))

        try:
            return scanner.scan(request, keep).result(_PILE_S)
        except FutureTimeout as error:
            scanner.cancel()
            raise DeviceSilent("scan") from error

    def stop_scanning(self) -> None:
        """The pages that are sealed stay."""
        if self._scanner is not None:
            self._scanner.cancel()


def _request(description: ScannerDescription) -> ScanRequest:
    first = description.sources[0].source if description.sources else ScanSource.FLATBED
    return ScanRequest(first, most_pages=1 if first in {ScanSource.FLATBED, ScanSource.CAMERA} else 0)
