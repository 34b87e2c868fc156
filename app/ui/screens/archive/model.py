"""A batch on the screen: pages coming in, the file looked at, what is done to chosen pages; every step can be undone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.archive import edits
from app.archive.edits import Changes
from app.archive.review import FileReview, reviewed
from app.archive.sorting import Owner
from app.config.texts import Coded
from app.desk.archive import ArchiveDesk, BatchView, Comparison, unread_behind
from app.domain.archive_batch import (
    ArchiveFile,
    ArchivePage,
    Batch,
    BatchProfile,
    Declared,
    FileFacts,
    PageRole,
    same_file,
)
from app.imaging.decode import thumbnail
from app.ui.bench import Bench
from app.ui.screens.archive.looks import looked_at

_LOOK_MS = 400  # while pages come in
_SMALL_PX, _LARGE_PX = 220, 2000
_AT_ONCE = 2


@dataclass(frozen=True)
class Shelf:
    """What is listed on the left: a file, or (``file`` None) pages that belong to nobody yet."""

    file: ArchiveFile | None
    pages: tuple[ArchivePage, ...]
    review: FileReview | None


class ArchiveModel(QObject):
    """GUI thread. ``changed``: look at everything again; ``pictured``: page id and its small picture; ``shown``: the
    large one of the page looked at, with its id; ``printed`` carries the PrintJob of a separator; ``halted``:
    a pile stopped before its end, the last good page is to be seen; ``known``: what a file is found by is kept."""

    changed = Signal()
    pictured = Signal(str, object)
    shown = Signal(str, object)
    printed = Signal(object)
    halted = Signal()
    known = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.batches: tuple[Batch, ...] = ()
        self.returned: tuple[ArchiveFile, ...] = ()
        self.view: BatchView | None = None
        self.at: tuple[str, str] = ("", "")  # kind and serial of the file looked at
        self.facts: dict[tuple[str, str], frozenset[str]] = {}
        self.compared: dict[tuple[str, str], Comparison] = {}
        self.busy = False
        self.scanning = False
        self._afterwards: Callable[[], object] | None = None
        self._shelves: tuple[Shelf, ...] | None = None
        self._small: dict[str, QImage] = {}
        self._to_fetch: deque[str] = deque()
        self._fetching = 0
        self._asked: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        bench.desk_closed.connect(self.forget)

    def forget(self) -> None:
        """Nobody's pages stay in memory after signing out."""
        self._timer.stop()
        self.batches, self.view, self.at, self.facts = (), None, ("", ""), {}
        self.returned = ()
        self.compared = {}
        self.busy = self.scanning = False
        self._shelves = None
        self._small.clear()
        self._to_fetch.clear()
        self._asked.clear()

    # -- what stands -----------------------------------------------------------------------------------

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """Nobody's pages first: they must be decided; then the files in their order."""
        if self._shelves is None:
            self._shelves = self._sorted_out()
        return self._shelves

    def _sorted_out(self) -> tuple[Shelf, ...]:
        view = self.view
        if view is None:
            return ()
        lost = tuple(page for page in view.pages if not page.standing.serial)
        found = [Shelf(None, lost, None)] if lost else []
        for file in view.files:
            pages = tuple(edits.in_order(p for p in view.pages if same_file(p, file.kind, file.serial)))
            facts = dict.fromkeys(self.facts.get((file.kind, file.serial), ()), True)
            found.append(Shelf(file, pages, reviewed(file, pages, facts)))
        return tuple(found)

    @property
    def shelf(self) -> Shelf | None:
        """The one looked at."""
        shelves = self.shelves
        at = (s for s in shelves if ((s.file.kind, s.file.serial) if s.file else ("", "")) == self.at)
        return next(at, shelves[0] if shelves else None)

    def small(self, page: ArchivePage) -> QImage | None:
        """Its small picture, asked for when it is not here yet."""
        if page.id not in self._small and page.id not in self._asked:
            self._asked.add(page.id)
            self._to_fetch.append(page.id)
            self._fetch()
        return self._small.get(page.id)

    def _fetch(self) -> None:
        """A few at a time, so that what the officer does never waits behind a wall of pictures."""
        while self._to_fetch and self._fetching < _AT_ONCE and self._bench.opened is not None:
            self._fetching += 1
            self._fetch_one(self._to_fetch.popleft(), self._bench.desk.archive)

    def _fetch_one(self, page_id: str, desk: ArchiveDesk) -> None:
        self._bench.ask(
            lambda: QImage.fromData(thumbnail(desk.picture(page_id), _SMALL_PX)),
            lambda image: self._have(page_id, image),
            lambda error: self._have(page_id, QImage()),
        )

    def _have(self, page_id: str, image: QImage) -> None:
        self._fetching -= 1
        self._fetch()
        if page_id in self._asked:
            self._small[page_id] = image
            self.pictured.emit(page_id, image)

    def look_at(self, page: ArchivePage) -> None:
        """The large picture, upright; the look is recorded."""
        desk = self._bench.desk.archive
        self._bench.ask(
            lambda: looked_at(desk.seen(page), page.standing, _LARGE_PX),
            lambda image: self.shown.emit(page.id, image),
            lambda error: self.shown.emit(page.id, QImage()),
        )

    # -- batches ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The screen is shown."""
        desk = self._bench.desk.archive
        self._bench.ask(lambda: (desk.open_batches(), desk.returned()), self._batches_known)

    def _batches_known(self, found: tuple[tuple[Batch, ...], tuple[ArchiveFile, ...]]) -> None:
        self.batches, self.returned = found
        self.changed.emit()

    def open(self, batch_id: str) -> None:
        """Take a batch up."""
        desk = self._bench.desk.archive
        self.at = ("", "")
        self._ask(lambda: desk.opened(batch_id), self._know)

    def open_file(self, file: ArchiveFile) -> None:
        """Take the batch of a file up, and look at that file."""
        desk = self._bench.desk.archive
        self.at = (file.kind, file.serial)
        self._ask(lambda: desk.opened(file.batch), self._know)

    def redeclare(self, declared: Declared) -> None:
        """The pile was counted again."""
        view, desk = self.view, self._bench.desk.archive
        if view is not None:
            self._ask(lambda: desk.redeclare(view.batch.id, declared), lambda _: self._again())

    def throw_away(self) -> None:
        """This batch, which no page came to."""
        view, desk = self.view, self._bench.desk.archive
        if view is not None:
            self._ask(lambda: desk.throw_away(view.batch.id), lambda _: self._thrown())

    def _thrown(self) -> None:
        self.view, self.at, self._shelves = None, ("", ""), None
        self.enter()

    def begin(self, profile: BatchProfile, paths: Sequence[Path] = ()) -> None:
        """A new batch, and its first pile: of these files, or what lies in the scanner."""
        desk = self._bench.desk.archive
        self.at = ("", "")

        def begun(view: BatchView) -> None:
            self.batches = (view.batch, *self.batches)
            self._know(view)
            if paths:
                self.take(paths)
            else:
                self.scan()

        self._ask(lambda: desk.look(desk.begin(profile).id), begun)

    def scan(self) -> None:
        """What lies in the feeder joins the batch, after what is there: also after a jam. Files can be looked through
        meanwhile."""
        if self.view is None or self.scanning:
            return
        desk, batch_id = self._bench.desk.archive, self.view.batch.id
        self.scanning = True
        self._timer.start()
        self.changed.emit()
        self._bench.ask(lambda: desk.scan(batch_id), lambda _: self._scanned(), self._stopped)

    def print_separator(self, kind: str, serial: str, business: str) -> None:
        """On A4, to lie before the file's first page."""
        desk, language = self._bench.desk.archive, self._bench.language
        self._ask(lambda: desk.print_separator(kind, serial, business, language), self._separated)

    def _separated(self, job: object) -> None:
        self.changed.emit()
        self.printed.emit(job)

    def take(self, paths: Sequence[Path]) -> None:
        """Picture files and PDFs join the batch."""
        if self.view is None or self.scanning:
            return
        desk, batch_id = self._bench.desk.archive, self.view.batch.id
        self.scanning = True
        self._timer.start()
        self.changed.emit()
        self._bench.ask(lambda: desk.take_in(batch_id, paths), lambda _: self._scanned(), self._stopped)

    def stop(self) -> None:
        """After the sheet in hand."""
        self._bench.desk.archive.stop_scanning()

    def stop_then(self, step: Callable[[], object]) -> None:
        """After the sheet in hand, when everything kept is measured."""
        self._afterwards = step
        self.stop()

    def _over(self) -> None:
        """A pile is over, one way or the other."""
        self.scanning = False
        self._timer.stop()
        step, self._afterwards = self._afterwards, None
        if step is not None:
            step()

    def _stopped(self, error: Coded) -> None:
        self._bench.refused.emit(error)
        self._over()
        if self.view is not None and self._bench.opened is not None:
            desk, batch_id = self._bench.desk.archive, self.view.batch.id
            self._ask(lambda: desk.look(batch_id), self._show_last)

    def _show_last(self, view: BatchView) -> None:
        """After a jam: where the pile stopped."""
        if view.pages:
            last = view.pages[-1].standing
            self.at = (last.kind, last.serial) if last.serial else ("", "")
        self._know(view)
        self.halted.emit()

    def _scanned(self) -> None:
        self._over()
        self._again()

    def _look(self) -> None:
        """While pages come in."""
        if self.view is not None and self._bench.opened is not None:
            desk, batch_id = self._bench.desk.archive, self.view.batch.id
            self._bench.ask(lambda: desk.look(batch_id), self._know)

    def _again(self) -> None:
        if self.view is not None and self._bench.opened is not None:
            desk, batch_id = self._bench.desk.archive, self.view.batch.id
            self._ask(lambda: desk.look(batch_id), self._know)

    def _know(self, view: BatchView) -> None:
        if self._bench.opened is not None:
            self.view, self._shelves = view, None
            self.changed.emit()

    # -- what is done to pages -------------------------------------------------------------------------

    def go_to(self, shelf: Shelf) -> None:
        """Another file."""
        self.at = (shelf.file.kind, shelf.file.serial) if shelf.file is not None else ("", "")
        self.changed.emit()

    def retype(self, pages: Iterable[ArchivePage], type_id: str) -> None:
        """人工纠偏."""
        self._change("type", edits.retyped(pages, type_id))

    def turn(self, pages: Iterable[ArchivePage], degrees: int) -> None:
        """Clockwise."""
        self._change("turn", edits.turned(pages, degrees))

    def trim(self, pages: Iterable[ArchivePage]) -> None:
        """To what is written, or whole again."""
        self._change("trim", edits.trimmed(pages))

    def hide(self, pages: Iterable[ArchivePage]) -> None:
        """A page that is blank, or a hidden one that is a page after all."""
        pages = list(pages)
        counted = any(page.counts for page in pages)
        self._change("hide" if counted else "show", edits.given_role(pages, PageRole.BLANK if counted else PageRole.PAGE))

    def reject(self, pages: Iterable[ArchivePage], reason: str) -> None:
        """Must be scanned again; "" takes it back."""
        self._change("reject" if reason else "keep", edits.rejected(pages, reason))

    def move(self, page: ArchivePage, steps: int) -> None:
        """Within its file."""
        shelf = self.shelf
        if shelf is None:
            return
        order = [p for p in shelf.pages if p.counts]
        if page not in order:
            return
        at = order.index(page) + steps
        if not 0 <= at < len(order):
            return
        behind = order[at + 1] if steps > 0 and at + 1 < len(order) else None
        self._change("move", edits.put_before(shelf.pages, [page], behind if steps > 0 else order[at]))

    def to_file(self, pages: Iterable[ArchivePage], owner: Owner) -> None:
        """Into another file; of an unread separator, everything behind it."""
        pages, view = list(pages), self.view
        if view is None:
            return
        unread = [page for page in pages if page.standing.role is PageRole.UNREAD]
        if len(pages) == 1 and unread:
            self._change("number", edits.numbered(unread_behind(view.pages, unread[0]), owner))
        else:
            self._change("move to file", edits.moved_to(pages, owner))

    def split(self, page: ArchivePage, owner: Owner) -> None:
        """That page and all behind it are another file."""
        shelf = self.shelf
        if shelf is not None and page in shelf.pages:
            self._change("split", edits.split_from(shelf.pages, page, owner))

    def replace(self, old: ArchivePage, new: ArchivePage) -> None:
        """The one scanned anew takes the place of the rejected one."""
        self._change("replace", edits.replaced(old, new))

    def undo(self) -> None:
        """The last step taken back."""
        self._step(self._bench.desk.archive.undo)

    def redo(self) -> None:
        """And done again."""
        self._step(self._bench.desk.archive.redo)

    def _step(self, step: Callable[[str], str]) -> None:
        if self.view is not None:
            batch_id = self.view.batch.id
            self._ask(lambda: step(batch_id), lambda _: self._again())

    def _change(self, word: str, changes: Changes) -> None:
        view, desk = self.view, self._bench.desk.archive
        if view is not None and changes:
            self._ask(lambda: desk.change(view.batch.id, word, changes), lambda _: self._again())

    def sign(self, account: str, password: str) -> None:
        """A second officer takes the red pages of this file as they are."""
        view, shelf, desk = self.view, self.shelf, self._bench.desk.archive
        if view is not None and shelf is not None and shelf.review is not None and shelf.review.red:
            red = shelf.review.red
            self._ask(lambda: desk.sign(view.batch.id, red, account, password), lambda _: self._again())

    def choose_fact(self, fact: str, holds: bool) -> None:
        """A fact of the business that asks for a material."""
        known = self.facts.get(self.at, frozenset())
        self.facts[self.at] = known | {fact} if holds else known - {fact}
        self._shelves = None
        self.changed.emit()

    def compare(self) -> None:
        """Read the pages of this file and say where they differ."""
        shelf, desk = self.shelf, self._bench.desk.archive
        if shelf is not None and shelf.file is not None:
            file = shelf.file
            self._ask(lambda: desk.compare(file), lambda said: self._compared((file.kind, file.serial), said))

    def _compared(self, key: tuple[str, str], said: Comparison) -> None:
        self.compared[key] = said
        self._again()

    def accept(self) -> None:
        """This file leaves."""
        shelf, desk = self.shelf, self._bench.desk.archive
        if shelf is not None and shelf.file is not None:
            file, facts = shelf.file, dict.fromkeys(self.facts.get(self.at, ()), True)
            self._ask(lambda: desk.accept(file, facts), lambda _: self._again())

    def give_back(self, reason: str) -> None:
        """驳回."""
        shelf, desk = self.shelf, self._bench.desk.archive
        if shelf is not None and shelf.file is not None:
            file = shelf.file
            self._ask(lambda: desk.give_back(file, reason), lambda _: self._given_back())

    def _given_back(self) -> None:
        self.enter()
        self._again()

    def know(self, file: ArchiveFile, facts: FileFacts, business: str) -> None:
        """What it is found by; ``known`` when it is kept."""
        desk = self._bench.desk.archive
        self._ask(lambda: desk.know(file, facts, business), lambda _: self._known())

    def _known(self) -> None:
        self.known.emit()
        self._again()

    def _ask(
        self, question: Callable[[], object], answer: Callable[..., object], refuse: Callable[[Coded], object] | None = None
    ) -> None:
        """One thing at a time."""
        if self.busy:
            return
        self.busy = True
        self.changed.emit()

        def answered(given: object) -> None:
            self.busy = False
            answer(given)

        def refused(error: Coded) -> None:
            self.busy = False
            self.changed.emit()
            (refuse or self._bench.refused.emit)(error)

        self._bench.ask(question, answered, refused)
