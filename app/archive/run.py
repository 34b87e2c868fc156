"""A batch under way: pages kept as they come, measured in their order, typed beside that; taken up again after anything.

Threads: the scanner's keeper seals and fsyncs (``keep``), two look at sheets, one places them in the order of the feeder,
one types. What is handed on are ids and, to the typing, a page at 150 dpi; nothing grows with the length of the pile.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.archive.classify import KIND_NAMES, Classifier, PageView, Typed, view_of
from app.archive.sorting import Looked, Owner, Sorter, first_of, looked_at
from app.domain.archive_batch import ArchivePage, Batch, PageRole, Standing, TypedBy
from app.domain.errors import BadInput, NetworkFault
from app.store.archive import ArchiveRows, ProgramType, Sheet
from app.store.archive_files import ArchiveFileRows

_TYPED = {PageRole.PAGE, PageRole.BLANK, PageRole.COPY}
# vehicle|driver, digest, small picture, envelope → type and confidence; None: it could not read the picture.
RemoteTyping = Callable[[str, str, bytes, dict[str, Any]], tuple[str, float] | None]
_LOOKERS, _AHEAD = 2, 2
_HANDED_ON = 16  # pages at 150 dpi, 6 MB each, between measuring and typing


@dataclass(frozen=True)
class RunParts:
    """``changed``: a page was kept, measured or typed; called on the run's threads, returns at once."""

    rows: ArchiveRows
    files: ArchiveFileRows
    classifier: Classifier | None  # None: nothing is typed by the program
    changed: Callable[[str], None] = lambda page_id: None
    remote: RemoteTyping | None = None  # asked about pages that nothing here is sure of


class BatchRun:
    """``keep`` from one thread; ``close`` once, then everything that was kept is measured and typed."""

    def __init__(self, batch: Batch, parts: RunParts) -> None:
        self._batch = batch
        self._parts = parts
        self._sorter = self._taken_up()
        self._next = parts.rows.next_number(batch.id)
        self._waiting: queue.Queue[ArchivePage | None] = queue.Queue()
        self._fresh: dict[str, bytes] = {}
        self._to_type: queue.Queue[tuple[ArchivePage, str, PageView] | None] = queue.Queue(_HANDED_ON)
        for page in parts.rows.unmeasured(batch.id):
            self._waiting.put(page)
        self._looked: queue.Queue[tuple[ArchivePage, Future[tuple[Looked, PageView | None]]] | None] = queue.Queue(_AHEAD)
        self._lookers = ThreadPoolExecutor(_LOOKERS, thread_name_prefix="archive-look")
        self._pool = ThreadPoolExecutor(3, thread_name_prefix="archive-batch")
        self._typing = self._pool.submit(self._type)
        self._placing = self._pool.submit(self._place)
        self._looking = self._pool.submit(self._look)

    def _taken_up(self) -> Sorter:
        profile = self._batch.profile
        sorter = Sorter.starting(first_of(profile.kind, profile.serial, profile.business))
        if sorter.owner.serial:
            self._parts.files.open(self._batch, profile.kind, profile.serial, profile.business)
        for page in self._parts.rows.pages(self._batch.id):
            if page.found is not None:
                s = page.standing
                sorter.remember(page.id, page.digest, s.role, Owner(s.kind, s.serial, s.business, page.found.gap))
        return sorter

    def keep(self, data: bytes, *, number: int, side: str, dpi: int, media_type: str, device: str = "") -> ArchivePage:
        """A page as it came; ``number``: of its sheet within this run, from 1. Sealed and durable when this returns.

        Raises StoreFault: then the feeder must stop, the page is still in the tray.
        """
        page = self._parts.rows.keep(self._batch.id, Sheet(self._next - 1 + number, side, dpi, media_type, data, device))
        if self._waiting.qsize() < _AHEAD:  # it is looked at next: no need to open its seal again
            self._fresh[page.id] = data
        self._waiting.put(page)
        self._parts.changed(page.id)
        return page

    def close(self) -> None:
        """Wait until all is measured and typed. Raises StoreFault where a page could not be read or written."""
        self._waiting.put(None)
        try:
            for work in (self._looking, self._placing, self._typing):
                work.result()
        finally:
            self._pool.shutdown()
            self._lookers.shutdown()

    @property
    def waiting(self) -> int:
        """Pages kept that are not measured yet."""
        return self._waiting.qsize()

    # -- in the order of the feeder ------------------------------------------------------------------------

    def _look(self) -> None:
        """Two sheets are looked at side by side; their futures stand in the order of the feeder."""
        try:
            while (page := self._waiting.get()) is not None:
                self._looked.put((page, self._lookers.submit(self._look_at, page)))
        finally:
            self._looked.put(None)

    def _look_at(self, page: ArchivePage) -> tuple[Looked, PageView | None]:
        looked = looked_at(self._fresh.pop(page.id, b"") or self._parts.rows.data(page.id), page.dpi)
        if looked.pixels is None or looked.facts is None or looked.role not in _TYPED or self._parts.classifier is None:
            return replace(looked, pixels=None), None
        view = view_of(looked.pixels, looked.facts, looked.found.turn, looked.role)
        return replace(looked, pixels=None), view

    def _place(self) -> None:
        try:
            while (next_one := self._looked.get()) is not None:
                page, look = next_one
                self._place_one(page, *look.result())
        except BaseException:
            while self._looked.get() is not None:  # looking must not wait for a placing that is over
                pass
            raise
        finally:
            self._to_type.put(None)

    def _place_one(self, page: ArchivePage, looked: Looked, view: PageView | None) -> None:
        said = self._sorter.place(page.id, page.digest, looked)
        owner = said.owner
        if said.role is PageRole.SEPARATOR:
            self._parts.files.open(self._batch, owner.kind, owner.serial, owner.business)
        standing = Standing(said.role, owner.kind, owner.serial, owner.business, float(page.number), turn=said.found.turn)
        measured = self._parts.rows.measure(page.id, said.found, standing)
        self._parts.changed(page.id)
        if view is not None and not self._typing.done():
            self._to_type.put((measured, owner.kind or self._batch.profile.kind, view))

    # -- beside it -----------------------------------------------------------------------------------------

    def _type(self) -> None:
        try:
            while (handed := self._to_type.get()) is not None:
                page, kind, view = handed
                self._put_type(page, kind, view)
        except BaseException:
            while self._to_type.get() is not None:  # measuring must not wait for a typing that is over
                pass
            raise

    def _put_type(self, page: ArchivePage, kind: str, view: PageView) -> None:
        classifier, rows = self._parts.classifier, self._parts.rows
        if classifier is None:
            return
        known = rows.known_type(page.digest, kind, classifier.version)
        if known is None:
            try:
                typed = classifier.type_of(view, kind)
            except BadInput as error:
                typed = Typed("", TypedBy.PICTURE, 0.0, error.code)
            typed_fields = ProgramType(
                typed.type, typed.by.value, typed.confidence, typed.because, 180 if typed.upside_down else 0
            )
            rows.note_type(page.digest, kind, classifier.version, typed_fields)
            known = typed_fields
        rows.type_by_program(page.id, known)
        if not known.type and self._parts.remote is not None:
            self._ask_remote(page, kind, view, self._parts.remote)
        self._parts.changed(page.id)

    def _ask_remote(self, page: ArchivePage, kind: str, view: PageView, remote: RemoteTyping) -> None:
        """One kilobyte goes out while the pile runs; a service that is not there leaves the page to a person."""
        if self._parts.classifier is None:
            return
        try:
            small = self._parts.classifier.small(view).data
            said = remote(KIND_NAMES[kind], page.digest, small, asdict(view.envelope))
        except (BadInput, NetworkFault):
            return
        if said is not None and said[0]:
            self._parts.rows.type_by_program(page.id, ProgramType(said[0], TypedBy.REMOTE.value, said[1]))
