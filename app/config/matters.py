"""The catalogue of window matters (窗口事项目录): the shipped files of ``resources/matters``, a station's own above them.

An entry that is wrong does not load and says why, with file and place; the others do. A station's own entry takes the
place of the shipped one with its code. A broken one keeps the shipped one out too: cases would else silently be accepted
under other rules than the station had laid down.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.config.matter_answers import answered, kept_answers
from app.config.matter_entries import Entries
from app.config.matter_parts import READERS, Parts
from app.config.matter_rows import Row
from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.domain.matters.coverage import Coverage
from app.domain.matters.matter import Matter
from app.domain.matters.search import found
from app.domain.matters.table import CodeTable, Named

SHIPPED = RESOURCES / "matters"
FORMAT = 1
_LARGEST_FILE = 1024 * 1024
_HEAD = frozenset({"format", "document"})


@dataclass(frozen=True)
class Catalogue:
    """What loaded, by police line and number, and why the rest did not. ``hidden``: codes that a broken entry keeps out."""

    matters: tuple[Matter, ...]
    police_lines: tuple[Named, ...]
    tables: tuple[CodeTable, ...]
    coverage: tuple[Coverage, ...]
    faults: tuple[BadInput, ...]
    hidden: frozenset[str]

    def matter(self, code: str) -> Matter:
        """Raises BadInput MAT-108 for a code that is not there."""
        wanted = code.strip().upper()
        for matter in self.matters:
            if matter.code == wanted:
                return matter
        raise BadInput("MAT-108", matter=code[:40])

    def search(self, typed: str, uses: Mapping[str, int] | None = None) -> tuple[Matter, ...]:
        """By code, initials, name; ``uses``: code → how often it was taken here."""
        return found(self.matters, typed, uses or {})


@dataclass(frozen=True)
class _Document:
    """A file as read. ``local``: a station's own."""

    path: Path
    content: dict[str, Any]
    local: bool

    def rows(self, key: str) -> Iterator[Row]:
        """The tables of one kind. Raises BadInput MAT-102 when they are none."""
        tables = self.content.get(key, [])
        head = Row({}, self.path.name, key, "")
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise head.wrong(f"应写成 [[{key}]]", f"write [[{key}]]")
        for number, table in enumerate(tables, 1):
            yield Row(table, self.path.name, f"{key} {number}", str(self.content["document"]))


def _read(path: Path, local: bool) -> _Document:
    """Raises BadInput MAT-101 unreadable, MAT-102 no catalogue of this format."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput("MAT-101", file=path.name, reason=error.strerror or "") from error
    if len(data) > _LARGEST_FILE:
        raise BadInput("MAT-101", file=path.name, reason=f"> {_LARGEST_FILE} B")
    try:
        content = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput("MAT-101", file=path.name, reason=str(error)[:200]) from error
    head = Row({key: content[key] for key in content if key in _HEAD}, path.name, "format", "")
    if head.whole("format") != FORMAT:
        raise head.wrong(f"format 应为 {FORMAT}", f"format must be {FORMAT}")
    head.text("document")
    if unknown := content.keys() - _HEAD - READERS.keys() - {"matter"}:
        name = ", ".join(sorted(unknown))[:120]
        raise head.wrong(f"不认识 {name}", f"unknown {name}")
    return _Document(path, content, local)


class _Loading:
    """One pass over the files: shared parts first, then the matters."""

    def __init__(self) -> None:
        self.faults: list[BadInput] = []
        self.hidden: set[str] = set()
        self.matters: dict[str, tuple[Matter, bool]] = {}
        self.parts = Parts()

    def documents(self, paths: list[tuple[Path, bool]]) -> list[_Document]:
        found_documents = []
        for path, local in paths:
            try:
                found_documents.append(_read(path, local))
            except BadInput as fault:
                self.faults.append(fault)
        return found_documents

    def read_parts(self, documents: list[_Document]) -> None:
        for key, reader in READERS.items():
            for document in documents:
                try:
                    for row in document.rows(key):
                        self._part(row, reader)
                except BadInput as fault:
                    self.faults.append(fault)

    def _part(self, row: Row, reader: Any) -> None:
        try:
            reader(row, self.parts)
            row.finish()
        except BadInput as fault:
            self.faults.append(fault)

    def read_matters(self, documents: list[_Document]) -> None:
        entries = Entries(self.parts)
        for document in documents:
            try:
                for row in document.rows("matter"):
                    self._matter(entries, row, document.local)
            except BadInput as fault:
                self.faults.append(fault)

    def _matter(self, entries: Entries, row: Row, local: bool) -> None:
        claimed = row.value("code") if row.has("code") else ""
        try:
            matter = entries.read(row)
            self._require_place(matter, row, local)
        except BadInput as fault:
            self.faults.append(fault)
            if isinstance(claimed, str) and local:
                self.hidden.add(claimed)
            return
        self.matters[matter.code] = (matter, local)

    def _require_place(self, matter: Matter, row: Row, local: bool) -> None:
        """A code once; a station's own takes the shipped one's place with a higher version."""
        former, former_local = self.matters.get(matter.code, (None, False))
        if former is not None and (former_local or not local):
            raise BadInput("MAT-104", file=row.file, place=row.place, kind="code", id=matter.code)
        if former is not None and matter.version <= former.version:
            raise row.contradicts(
                f"version 须大于随程序的 {former.version}", f"version must be above the shipped {former.version}"
            )
        for other, _ in self.matters.values():
            same = (other.police_line.id, other.number) == (matter.police_line.id, matter.number)
            if same and other.code != matter.code:
                raise row.contradicts(f"序号与 {other.code} 相同", f"{other.code} has the same number")

    def catalogue(self) -> Catalogue:
        lines = self.parts.police_lines.values()
        order = {line.id: place for place, line in enumerate(lines)}
        kept = [matter for matter, _ in self.matters.values() if matter.code not in self.hidden]
        kept.sort(key=lambda matter: (order[matter.police_line.id], matter.number))
        return Catalogue(
            tuple(kept),
            lines,
            self.parts.tables.values(),
            self.parts.coverage.values(),
            tuple(self.faults),
            frozenset(self.hidden),
        )


def load_catalogue(local: tuple[Path, ...] = (), shipped: Path = SHIPPED) -> Catalogue:
    """The shipped files and these of a station. Never raises for what stands in them: see ``Catalogue.faults``."""
    loading = _Loading()
    paths = [(path, False) for path in sorted(shipped.glob("*.toml"))] + [(path, True) for path in local]
    documents = loading.documents(paths)
    loading.read_parts(documents)
    loading.read_matters(documents)
    return loading.catalogue()


@cache
def shipped_catalogue() -> Catalogue:
    """The program's own, read once."""
    return load_catalogue()


def catalogue_of(folder: Path) -> Catalogue:
    """The shipped catalogue, a station's own files in ``folder`` (``<data folder>/matters``), the back end's answers.

    Never raises for what stands in them: see ``Catalogue.faults``.
    """
    own = tuple(sorted(folder.glob("*.toml"))) if folder.is_dir() else ()
    catalogue = load_catalogue(own) if own else shipped_catalogue()
    try:
        return answered(catalogue, kept_answers(folder)[1])
    except BadInput as fault:
        return replace(catalogue, faults=(*catalogue.faults, fault))
