"""The photo standards of this workstation: the shipped files, and local ones that take their place while they hold.

A local file takes the shipped one's place from its first day to its last. A local file nobody can read does not let
the shipped one return: photos would silently be judged by other numbers than an administrator had laid down.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.config.clock import Clock
from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.domain.photo_standard import Dating, PhotoStandard
from app.photo.flt import SERVICES, parse_flt, write_flt
from app.security.files import disk_fault, make_private_folder, write_private

SHIPPED = RESOURCES / "standards"
SIGNATURE_SUFFIX = ".sig"
_LARGEST_READ = 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """A standard's file or its signature. Raises BadInput STD-101 unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_READ)
    except OSError as error:
        raise BadInput("STD-101", file=path.name, reason=error.strerror or "") from error


def read_standard(path: Path) -> PhotoStandard:
    """One file. Raises BadInput STD-101 unreadable, STD-102 what is wrong in it."""
    return parse_flt(read_bytes(path), path.name)


@dataclass(frozen=True)
class KeptStandard:
    """A standard of this workstation. ``local``: by a file of its own, ``file``; ``shipped``: the one that came with
    the program under the same id, None when there is none."""

    standard: PhotoStandard
    file: Path
    local: bool
    shipped: PhotoStandard | None

    @property
    def id(self) -> str:
        """The standard's."""
        return self.standard.id


@dataclass(frozen=True)
class BrokenStandard:
    """A local file nobody can judge by. ``id``: what the file says or else its name; ``fault``: why."""

    id: str
    file: str
    fault: BadInput
    shipped: bool  # it keeps a shipped standard out of force


@dataclass(frozen=True)
class StandardsContent:
    """What a look at both folders gave; standards by service and id, broken files by name."""

    kept: tuple[KeptStandard, ...]
    broken: tuple[BrokenStandard, ...]

    def in_force(self, day: date) -> tuple[PhotoStandard, ...]:
        """What may be judged by on that day: the local one in its time, the shipped one outside it."""
        chosen = []
        for kept in self.kept:
            candidates = (kept.standard, *([kept.shipped] if kept.local and kept.shipped is not None else []))
            chosen += [s for s in candidates if s.dating(day) is Dating.IN_FORCE][:1]
        return tuple(chosen)

    @property
    def ids(self) -> frozenset[str]:
        """Every id there is, whatever its dates and even where its file is broken: who names it makes no mistake."""
        return frozenset({*(k.id for k in self.kept), *(b.id for b in self.broken)})


def _order(standard: PhotoStandard) -> tuple[int, int, str]:
    first = {"id-card": 0, "exit-entry": 1, "driving-licence": 2}
    return first.get(standard.id, 9), SERVICES.index(standard.service), standard.id


def load_standards(local: Path | None = None, today: date | None = None) -> tuple[PhotoStandard, ...]:
    """Shipped and local standards, by service and id; a local one with the same id takes the shipped one's place.

    ``today`` leaves only those in force on that day; None keeps all. Raises BadInput STD-101, STD-102 for a broken file.
    """
    content = StandardsFolder(local).look()
    if content.broken:
        raise content.broken[0].fault
    return tuple(k.standard for k in content.kept) if today is None else content.in_force(today)


def standard_by_id(standards: Sequence[PhotoStandard], standard_id: str) -> PhotoStandard:
    """Raises BadInput STD-103 for an unknown id, naming those there are."""
    for standard in standards:
        if standard.id == standard_id:
            return standard
    raise BadInput("STD-103", id=standard_id, known=", ".join(s.id for s in standards))


def found_by(standard: PhotoStandard, words: str) -> bool:
    """检测标准查询: whether every word occurs in a name, the client's name, the service or the id."""
    s = standard
    text = " ".join((s.id, s.name_zh, s.name_en, s.client, s.service)).casefold()
    return all(word in text for word in words.casefold().split())


def search(standards: tuple[PhotoStandard, ...], words: str) -> tuple[PhotoStandard, ...]:
    """Those that the words find; none finds all."""
    return tuple(s for s in standards if found_by(s, words))


@cache
def _shipped_standards(folder: Path) -> tuple[tuple[PhotoStandard, Path], ...]:
    """Read once: the program's own files do not change while it runs."""
    return tuple((read_standard(path), path) for path in sorted(folder.glob("*.flt")))


class StandardsFolder:
    """Both folders as one: ``<data folder>/standards/*.flt`` above the shipped ones. Callers serialise the writing."""

    def __init__(self, folder: Path | None, shipped: Path = SHIPPED) -> None:
        self._local = folder
        self._shipped = shipped

    def look(self) -> StandardsContent:
        """Everything there is. Raises BadInput STD-101, STD-102 for a shipped file only (the program is damaged)."""
        shipped = {standard.id: (standard, path) for standard, path in _shipped_standards(self._shipped)}
        local: dict[str, KeptStandard] = {}
        refused: list[tuple[str, Path, BadInput]] = []
        for path in self._files():
            try:
                standard = read_standard(path)
            except BadInput as fault:
                refused.append((_claimed_id(path), path, fault))
                continue
            if standard.id in local:
                refused.append((standard.id, path, BadInput("STD-102", file=path.name, reason="id used twice")))
                continue
            former = shipped.get(standard.id)
            local[standard.id] = KeptStandard(standard, path, True, former[0] if former else None)
        hidden = {claimed for claimed, _, _ in refused} - local.keys()
        broken = [BrokenStandard(i, p.name, fault, i in hidden & shipped.keys()) for i, p, fault in refused]
        own = [KeptStandard(s, path, False, s) for s, path in shipped.values() if s.id not in local and s.id not in hidden]
        return StandardsContent(tuple(sorted((*own, *local.values()), key=lambda k: _order(k.standard))), tuple(broken))

    def _files(self) -> list[Path]:
        return sorted(self._local.glob("*.flt")) if self._local is not None and self._local.is_dir() else []

    def kept(self, standard_id: str) -> KeptStandard:
        """Raises BadInput STD-103 for an unknown id."""
        content = self.look()
        standard_by_id([k.standard for k in content.kept], standard_id)
        return next(k for k in content.kept if k.id == standard_id)

    def signature(self, kept: KeptStandard) -> bytes | None:
        """What lies beside the file, None for no signature."""
        path = signature_path(kept.file)
        return read_bytes(path) if path.is_file() else None

    def put(self, data: bytes, name: str, signature: bytes | None = None) -> PhotoStandard:
        """Import or update: checked first, then in place at once or not at all. A broken file of that name is set aside.

        Raises BadInput STD-101, STD-102, StoreFault STO-1… (the former file stays).
        """
        standard = parse_flt(data, name)
        folder = self._own_folder()
        former = next((k.file for k in self.look().kept if k.local and k.id == standard.id), None)
        path = former or folder / f"{standard.id}.flt"
        if former is None and path.exists():
            self.set_aside(path.name)
        # A power cut between the two leaves a file without a signature, never one with another's.
        _remove(signature_path(path))
        write_private(path, data)
        if signature is not None:
            write_private(signature_path(path), signature)
        return standard

    def change(self, standard: PhotoStandard) -> PhotoStandard:
        """Store an edited standard; its signature, which no longer fits, goes."""
        return self.put(write_flt(standard), f"{standard.id}.flt")

    def put_signature(self, kept: KeptStandard, signature: bytes) -> None:
        """Beside the standard's file. Raises StoreFault STO-1…."""
        write_private(signature_path(kept.file), signature)

    def delete(self, standard_id: str) -> PhotoStandard | None:
        """Only a local one can go; the shipped one that is in force again, None when there is none.

        Raises BadInput STD-104, StoreFault STO-1….
        """
        kept = next((k for k in self.look().kept if k.id == standard_id), None)
        if kept is None or not kept.local:
            raise BadInput("STD-104", id=standard_id)
        _remove(kept.file)
        _remove(signature_path(kept.file))
        return kept.shipped

    def set_aside(self, file: str) -> None:
        """Rename a local file to ``….broken``, so that the shipped one of its id, if any, is in force again.

        Raises BadInput STD-104 when there is no such local file, StoreFault STO-1….
        """
        path = next((p for p in self._files() if p.name == file), None)
        if path is None:
            raise BadInput("STD-104", id=file[:60])
        try:
            path.replace(path.with_suffix(".broken"))
        except OSError as error:
            raise disk_fault(error) from error

    def _own_folder(self) -> Path:
        if self._local is None:
            raise BadInput("STD-104", id="")
        make_private_folder(self._local)
        return self._local


def _claimed_id(path: Path) -> str:
    """What a broken file calls itself, as far as it can be read; else its name."""
    with suppress(BadInput, ValueError, RecursionError):
        claimed = tomllib.loads(read_bytes(path).decode("utf-8")).get("id")
        if isinstance(claimed, str) and claimed:
            return claimed
    return path.stem


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_fault(error) from error


def signature_path(path: Path) -> Path:
    """Where the signature of a standard's file lies."""
    return path.with_name(path.name + SIGNATURE_SUFFIX)


class StandardsInForce:
    """What the photo station offers now, answered from memory: windows ask while they paint. Thread: any."""

    def __init__(self, folder: StandardsFolder, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._content = folder.look()

    def refresh(self) -> StandardsContent:
        """Look at the folders again; what is asked from now on is answered by them."""
        self._content = self._folder.look()
        return self._content

    def today(self) -> tuple[PhotoStandard, ...]:
        """By service and id; one whose first day has come is among them, one whose last day has gone is not."""
        return self._content.in_force(self._clock.now().date())

    def ids(self) -> frozenset[str]:
        """Every id there is."""
        return self._content.ids


@dataclass(frozen=True)
class Difference:
    """One place where two standards differ; "" = not there."""

    place: str
    before: str
    after: str


def compare(before: PhotoStandard, after: PhotoStandard) -> tuple[Difference, ...]:
    """Every number and word in which two versions differ, in a stable order."""
    a, b = _places(before), _places(after)
    return tuple(Difference(p, a.get(p, ""), b.get(p, "")) for p in sorted(a.keys() | b.keys()) if a.get(p) != b.get(p))


def _places(standard: PhotoStandard) -> dict[str, str]:

    flat: dict[str, str] = {}

    def walk(value: object, place: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{place}.{key}" if place else str(key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for inner in value:
                walk(
                    {k: v for k, v in inner.items() if k != "measure"},
                    f"{place}.{inner.get('measure') or inner.get('what')}",
                )
        elif isinstance(value, list):
            flat[place] = "; ".join(str(part) for part in value)
        else:
            flat[place] = str(value)

    walk(tomllib.loads(write_flt(standard).decode()), "")
    return flat
