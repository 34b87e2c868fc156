"""The photo standards in force on this workstation: the shipped ones, and local ones that take their place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.domain.photo_standard import PhotoStandard
from app.photo.flt import SERVICES, parse_flt, write_flt
from app.security.files import write_private

SHIPPED = RESOURCES / "standards"
_LARGEST_READ = 1024 * 1024


def read_standard(path: Path) -> PhotoStandard:
    """One file. Raises BadInput STD-101 unreadable, STD-102 what is wrong in it."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_READ)
    except OSError as error:
        raise BadInput("STD-101", file=path.name, reason=error.strerror or "") from error
    return parse_flt(data, path.name)


def _folder(folder: Path) -> dict[str, PhotoStandard]:
    found: dict[str, PhotoStandard] = {}
    for path in sorted(folder.glob("*.flt")):
        standard = read_standard(path)
        if standard.id in found:
            raise BadInput("STD-102", file=path.name, reason="id used twice")
        found[standard.id] = standard
    return found


def load_standards(local: Path | None = None, today: date | None = None) -> tuple[PhotoStandard, ...]:
    """Shipped and local standards in force, by service and id; a local one with the same id takes the shipped one's place.

    ``today`` leaves out those not yet or no longer effective; None keeps all.
    """
    found = _folder(SHIPPED)
    if local is not None:
        found |= _folder(local)
    day = None if today is None else today.isoformat()
    kept = [s for s in found.values() if day is None or (s.effective <= day and (not s.expires or day <= s.expires))]
    first = {"id-card": 0, "exit-entry": 1, "driving-licence": 2}
    return tuple(sorted(kept, key=lambda s: (first.get(s.id, 9), SERVICES.index(s.service), s.id)))


def standard_by_id(standards: tuple[PhotoStandard, ...], standard_id: str) -> PhotoStandard:
    """Raises BadInput STD-103 for an unknown id, naming those there are."""
    for standard in standards:
        if standard.id == standard_id:
            return standard
    raise BadInput("STD-103", id=standard_id, known=", ".join(s.id for s in standards))


def search(standards: tuple[PhotoStandard, ...], words: str) -> tuple[PhotoStandard, ...]:
    """检测标准查询: every word must occur in a name, the client's name or the id."""
    wanted = words.casefold().split()

    def text(s: PhotoStandard) -> str:
        return " ".join((s.id, s.name_zh, s.name_en, s.client, s.service)).casefold()

    return tuple(s for s in standards if all(word in text(s) for word in wanted))


class StandardsFolder:
    """The local standards of a workstation: ``<data folder>/standards/<id>.flt``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, name: str) -> PhotoStandard:
        """Import or update: checked first, then in place at once or not at all. Raises BadInput STD-101, STD-102."""
        standard = parse_flt(data, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_private(self.folder / f"{standard.id}.flt", data)
        return standard

    def change(self, standard: PhotoStandard) -> PhotoStandard:
        """Store an edited standard."""
        return self.put(write_flt(standard), f"{standard.id}.flt")

    def delete(self, standard_id: str) -> None:
        """Only a local one can go; a shipped one of the same id is in force again. Raises BadInput STD-104."""
        path = self.folder / f"{standard_id}.flt"
        if not path.is_file():
            raise BadInput("STD-104", id=standard_id)
        path.unlink()


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
        else:
            flat[place] = str(value)

    walk(tomllib.loads(write_flt(standard).decode()), "")
    return flat
