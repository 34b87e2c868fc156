"""Reads, edits and changes photo standards off the GUI thread; what is typed stays here until saved or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.desk.standards import IncomingStandard, StandardDetails
from app.domain.errors import BadInput
from app.domain.judgement import Limit
from app.domain.photo_standard import Alternative, PhotoStandard
from app.domain.standard_edits import changed_limit, unsourced, wrong_facts
from app.photo.signed_standards import Provenance
from app.photo.standard_rows import with_row, without_row
from app.photo.standards import BrokenStandard, KeptStandard, StandardsContent, found_by
from app.ui.bench import Bench
from app.ui.screens.standards.words import unsourced_word

Entry = KeptStandard | BrokenStandard
Cell = tuple[str, str, str]  # exception or "", attribute id, field


class StandardsModel(QObject):
    """``opened`` when another standard stands on the right, ``drafted`` after an edit of it, ``told`` when more is
    known of it. Every call returns at once."""

    read = Signal()
    opened = Signal()
    drafted = Signal()
    told = Signal()
    kept = Signal(object)  # KeptStandard
    gone = Signal(object)  # the shipped PhotoStandard in force again, or None
    incoming = Signal(object)  # IncomingStandard
    exported = Signal(object)  # tuple[Path, ...]
    judged = Signal(object)  # Provenance, after signing or verifying
    wrong = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.content = StandardsContent((), ())
        self.entry: Entry | None = None
        self.draft: PhotoStandard | None = None
        self.details: StandardDetails | None = None
        self.fresh = False  # the draft is a new standard, made from ``entry``
        self.mistyped: dict[Cell, tuple[str, BadInput]] = {}
        self.wrong_facts: dict[str, Coded] = {}
        self._unreadable: dict[str, BadInput] = {}  # fields of the basics whose text says nothing
        self.busy = False

    # -- looking ---------------------------------------------------------------------------------------

    @property
    def may_change(self) -> bool:
        """Whether the signed-in officer may."""
        return self._bench.opened is not None and self._bench.desk.standard_files.may_change

    def refresh(self) -> None:
        """Look at the files again; what is typed stays."""
        self._bench.ask(self._bench.desk.standard_files.look, self._seen)

    def _seen(self, content: StandardsContent) -> None:
        self.content = content
        self.read.emit()

    def shown(self, words: str) -> tuple[Entry, ...]:
        """What a search leaves; a broken file is found by its names, so that no search hides it by accident."""
        found = tuple(k for k in self.content.kept if found_by(k.standard, words))
        keys = words.casefold().split()
        broken = tuple(b for b in self.content.broken if all(key in f"{b.id} {b.file}".casefold() for key in keys))
        return (*broken, *found)

    @property
    def standing(self) -> KeptStandard | None:
        """The standard on the right, None for a broken file or for nothing."""
        return self.entry if isinstance(self.entry, KeptStandard) else None

    def open(self, entry: Entry | None) -> None:
        """Put it on the right; what was typed about another is gone."""
        self.entry = entry
        self.draft = entry.standard if isinstance(entry, KeptStandard) else None
        self.details, self.fresh = None, False
        self._forget_wrong()
        self.opened.emit()
        if isinstance(entry, KeptStandard):
            desk, standard_id = self._bench.desk.standard_files, entry.id
            self._bench.ask(lambda: desk.details(standard_id), self._told)

    def _told(self, details: StandardDetails) -> None:
        if self.standing is not None and details.kept.id == self.standing.id:
            self.details = details
            self.told.emit()

    # -- editing ---------------------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        kept = self.standing
        return kept is not None and (self.fresh or bool(self.mistyped or self._unreadable) or self.draft != kept.standard)

    @property
    def unsourced(self) -> tuple[str, ...]:
        """Places that were changed and still stand under their former source."""
        if self.standing is None or self.draft is None:
            return ()
        return unsourced(self.standing.standard, self.draft)

    def first_wrong_cell(self) -> Cell | None:
        """The first cell that was typed wrongly, else the first source that is still to be written."""
        if self.mistyped:
            return next(iter(self.mistyped))
        for place in self.unsourced:
            head, _, rest = place.partition(".")
            if head == "exceptions":
                name, _, check = rest.partition(".")
                return name, check, "source"
            if rest:
                return "", place if head == "geometry" else rest, "source"
        return None

    def begin_new(self) -> None:
        """A copy of the standard on the right, under names still to be given."""
        kept = self.standing
        if kept is None or not self.may_change:
            return
        self.fresh, self.details = True, None
        since = today().isoformat()
        self.draft = replace(kept.standard, id=self._free_id(kept.id), name_zh="", name_en="", effective=since)
        self._forget_wrong()
        self.opened.emit()

    def _free_id(self, former: str) -> str:
        taken, number = self.content.ids, 2
        while f"{former}-{number}" in taken:
            number += 1
        return f"{former}-{number}"

    def edit_facts(self, draft: PhotoStandard, wrong: dict[str, BadInput]) -> None:
        """The basic information as typed; ``wrong``: fields that cannot be read at all."""
        self.draft, self._unreadable = draft, wrong
        self.wrong_facts = {**wrong_facts(draft), **wrong}
        self.drafted.emit()

    def edit_alternatives(self, alternatives: tuple[Alternative, ...]) -> None:
        """What other sources say, as typed; half a row is told when saving."""
        if self.draft is not None:
            self.draft = replace(self.draft, alternatives=alternatives)
            self.drafted.emit()

    def _forget_wrong(self) -> None:
        self.mistyped, self.wrong_facts, self._unreadable = {}, {}, {}

    def edit_row(self, limit: Limit, field: str, value: str | bool, exception: str = "") -> None:
        """One cell as typed; a wrong one stays marked with its sentence, and nothing is saved until it is mended."""
        if self.draft is None:
            return
        cell = (exception, limit.check, field)
        try:
            self.draft = with_row(self.draft, changed_limit(limit, field, value), exception)
            self.mistyped.pop(cell, None)
        except BadInput as fault:
            self.mistyped[cell] = (str(value), fault)
        self.drafted.emit()

    def reset_row(self, check: str, exception: str = "") -> None:
        """The standard says nothing here itself any more."""
        if self.draft is None:
            return
        self.draft = without_row(self.draft, check, exception)
        self.mistyped = {c: v for c, v in self.mistyped.items() if c[:2] != (exception, check)}
        self.drafted.emit()

    def save(self) -> None:
        """Everything that is wrong is told at once; else the next version is kept."""
        kept, draft = self.standing, self.draft
        if kept is None or draft is None or self.busy:
            return
        self.wrong_facts = {**wrong_facts(draft), **self._unreadable}
        if self.mistyped or self.wrong_facts:
            self.wrong.emit()
            return
        if places := self.unsourced:
            names = [unsourced_word(place, self._bench.language) for place in places]
            if "sources" in places:
                self.wrong_facts["sources"] = BadInput("STD-109", place=names[0])
            self._bench.refused.emit(BadInput("STD-109", place=", ".join(names)))
            self.wrong.emit()
            return
        desk, before = self._bench.desk.standard_files, kept.standard
        fresh = self.fresh
        self._do(lambda: desk.new(draft, before) if fresh else desk.change(before, draft), self._kept)

    # -- files -----------------------------------------------------------------------------------------

    def read_file(self, path: Path) -> None:
        """``incoming`` follows, unless the file cannot be read."""
        desk = self._bench.desk.standard_files
        self._do(lambda: desk.read(path), self._came)

    def _came(self, incoming: IncomingStandard) -> None:
        self.busy = False
        self.incoming.emit(incoming)

    @property
    def accepts_unsigned(self) -> bool:
        """Whether the setting lets an administrator answer for an unsigned file."""
        return self._bench.desk.standard_files.accepts_unsigned

    def take(self, incoming: IncomingStandard, *, answered: bool = False, trust: bool = False) -> None:
        """Into force, after the administrator's yes; ``trust``: the signer's key from now on as well."""
        desk = self._bench.desk.standard_files

        def question() -> KeptStandard:
            if trust:
                desk.trust(incoming.provenance.public)
            return desk.take(incoming, answered=answered)

        self._do(question, self._kept)

    def export(self, path: Path) -> None:
        """The file and its signature."""
        kept = self.standing
        if kept is not None:
            desk, standard_id = self._bench.desk.standard_files, kept.id
            self._bench.ask(lambda: desk.export(standard_id, path), self.exported.emit)

    def sign(self) -> None:
        """With this workstation's key."""
        kept = self.standing
        if kept is not None:
            desk, standard_id = self._bench.desk.standard_files, kept.id
            self._do(lambda: desk.sign(standard_id), self._judged)

    def verify(self) -> None:
        """Who signed the file on the right."""
        kept = self.standing
        if kept is not None:
            desk, standard_id = self._bench.desk.standard_files, kept.id
            self._do(lambda: desk.verify(standard_id), self._judged)

    def _judged(self, found: Provenance) -> None:
        self.busy = False
        if self.details is not None:
            self.details = replace(self.details, provenance=found)
            self.told.emit()
        self.judged.emit(found)

    def delete(self) -> None:
        """The local standard, or a broken file aside; after the administrator's yes."""
        desk, entry = self._bench.desk.standard_files, self.entry
        if isinstance(entry, BrokenStandard):
            file = entry.file
            self._do(lambda: desk.set_aside(file), self._gone)
        elif entry is not None:
            standard_id = entry.id
            self._do(lambda: desk.delete(standard_id), self._gone)

    # --------------------------------------------------------------------------------------------------

    def _do(self, step: Callable[[], object], answer: Callable[..., None]) -> None:
        if self.busy:
            return
        self.busy = True
        self._bench.ask(step, answer, self._refused)

    def _kept(self, kept: KeptStandard) -> None:
        self.busy = False
        self.kept.emit(kept)
        self.refresh()

    def _gone(self, shipped: PhotoStandard | None) -> None:
        self.busy = False
        self.gone.emit(shipped)
        self.refresh()

    def _refused(self, error: Coded) -> None:
        """What was typed stays."""
        self.busy = False
        self._bench.refused.emit(error)
        self.refresh()


def today() -> date:
    """The day on the wall of the window."""
    return date.today()  # noqa: DTZ011 - a calendar day, as the officer reads it
