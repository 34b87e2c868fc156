"""A batch under way: pages kept as they come, measured in their order, typed beside that; taken up again after anything.

Three threads: the scanner's keeper seals and fsyncs (``keep``), one measures in the order of the feeder, one types. What is
handed on are ids and, to the typing, a page at 150 dpi; nothing grows with the length of the pile.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from app.archive.classify import KIND_NAMES, Classifier, PageView, Typed, view_of
from app.archive.sorting import Owner, Sorter, first_of
from app.domain.archive_batch import ArchivePage, Batch, PageRole, Standing, TypedBy
from app.domain.errors import BadInput, NetworkFault
from app.store.archive import ArchiveRows, ProgramType, Sheet
from app.store.archive_files import ArchiveFileRows

_TYPED = {PageRole.PAGE, PageRole.BLANK, PageRole.COPY}
# vehicle|driver, digest, small picture, envelope → type and confidence; None: it could not read the picture.
RemoteTyping = Callable[[str, str, bytes, dict[str, Any]], tuple[str, float] | None]
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
        self._to_type: queue.Queue[tuple[ArchivePage, str, PageView] | None] = queue.Queue(_HANDED_ON)
        for page in parts.rows.unmeasured(batch.id):
            self._waiting.put(page)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="archive-batch")
        self._typing = self._pool.submit(self._type)
        self._measuring = self._pool.submit(self._measure)

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
        self._waiting.put(page)
        self._parts.changed(page.id)
        return page

    def close(self) -> None:
        """Wait until all is measured and typed. Raises StoreFault where a page could not be read or written."""
        self._waiting.put(None)
        try:
            self._measuring.result()
            self._typing.result()
        finally:
            self._pool.shutdown()

    @property
    def waiting(self) -> int:
        """Pages kept that are not measured yet."""
        return self._waiting.qsize()

    # -- in the order of the feeder ------------------------------------------------------------------------

    def _measure(self) -> None:
        try:
            while (page := self._waiting.get()) is not None:
                self._measure_one(page)
        finally:
            self._to_type.put(None)

    def _measure_one(self, page: ArchivePage) -> None:
        rows, profile = self._parts.rows, self._batch.profile
        said = self._sorter.sort(page.id, page.digest, rows.data(page.id), page.dpi)
        owner = said.owner
        if said.role is PageRole.SEPARATOR:
            self._parts.files.open(self._batch, owner.kind, owner.serial, owner.business)
        standing = Standing(said.role, owner.kind, owner.serial, owner.business, float(page.number), turn=said.found.turn)
        measured = rows.measure(page.id, said.found, standing)
        self._parts.changed(page.id)
        if said.pixels is None or said.facts is None or said.role not in _TYPED or self._parts.classifier is None:
            return
        if not self._typing.done():
            view = view_of(said.pixels, said.facts, said.found.turn, said.role)
            self._to_type.put((measured, owner.kind or profile.kind, view))

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
