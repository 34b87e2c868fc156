"""The archive's desk with its classifier, its line to the back end and the scanner."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import Any

from app.archive.classify import Classifier
from app.archive.line_reading import line_reader
from app.archive.page_model import page_model
from app.archive.run import RemoteTyping
from app.archive.small_picture import SmallCodec
from app.config.clock import Clock
from app.config.settings import Settings
from app.desk.archive import ArchiveDesk
from app.desk.archive_search import ArchiveSearch
from app.desk.page_queue import PageQueue
from app.desk.place import DeskPlace
from app.desk.witness import Witness
from app.store.store import Store
from app.sync.archives import ArchiveClient, ArchiveLane
from app.sync.client import BackendClient
from app.sync.loop import SyncLoop
from devices.host.scanner import ScannerHost

_STOP_DEADLINE_S = 5.0


@cache
def classifier(codec: SmallCodec) -> Classifier:
    """Its networks are loaded at the first batch. Raises SetupFault MOD-101, MOD-102."""
    return Classifier(line_reader(), page_model(), codec)


def _remote(client: BackendClient | None) -> RemoteTyping | None:
    """待分类批次资料提交, page by page: what it knows already is not sent again."""
    if client is None:
        return None
    archives = ArchiveClient(client)

    def asked(kind: str, digest: str, small: bytes, envelope: dict[str, Any]) -> tuple[str, float] | None:
        known = archives.classified(kind, [digest]) or archives.classify(kind, {digest: (small, envelope)})
        return known.get(digest)

    return asked


def archive_desks(
    store: Store,
    scanner: ScannerHost | None,
    place: DeskPlace,
    clock: Clock,
    client: Callable[[], BackendClient | None],
    witness: Witness | None,
    queue: PageQueue | None,
    endings: ExitStack,
) -> tuple[ArchiveDesk, ArchiveSearch]:
    """Batches, and looking for what is filed. ``client``: a connection of its own at each call, None without a back end."""
    settings: Settings = place.settings
    loop, sending, asking, typing = None, client(), client(), client()
    for each in (sending, asking, typing):
        if each is not None:
            endings.callback(each.close)
    codec = SmallCodec(settings.text("archive.small_picture"))
    remote = None if asking is None else ArchiveClient(asking)
    search = ArchiveSearch(store, remote, queue, place, clock)
    if sending is not None:
        lane = ArchiveLane(store.archive, store.archive_files, ArchiveClient(sending), clock, search.clean_up)
        loop = SyncLoop(lane, float(settings.number("backend.interval")), "archive-lane")
        loop.start()
        endings.callback(loop.stop, _STOP_DEADLINE_S)
    desk = ArchiveDesk(store, scanner, lambda: classifier(codec), loop, place, clock, witness, _remote(typing), queue)
    return desk, search
