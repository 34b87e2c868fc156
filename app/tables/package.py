"""The zip package both office formats are (ECMA-376 part 2): named XML parts, content types, relationships."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from types import TracebackType
from typing import Self

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# Fixed, so that the same rows make the same file.
_STAMP = (1980, 1, 1, 0, 0, 0)


class Package:
    """Parts are added inside ``with``, then ``finished`` gives the file. ``main``: the part the package is about."""

    def __init__(self, main: str) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED)
        self._types: dict[str, str] = {}
        self._add("_rels/.rels", [_relations([("r1", "officeDocument", main)])])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, k: type[BaseException] | None, e: BaseException | None, t: TracebackType | None) -> None:
        self._zip.close()

    def part(self, name: str, content_type: str, pieces: Iterable[str]) -> None:
        """One XML part; ``pieces`` are written as they come."""
        self._types[name] = content_type
        self._add(name, pieces)

    def relations(self, of: str, targets: Iterable[tuple[str, str, str]]) -> None:
        """Who a part refers to: (id, kind, target)."""
        folder, _, name = of.rpartition("/")
        self._add(f"{folder}/_rels/{name}.rels", [_relations(targets)])

    def finished(self) -> bytes:
        """The whole file; the package takes no more parts."""
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self._types.items())
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        self._add("[Content_Types].xml", [f'<Types xmlns="{_TYPES}">{rels}{overrides}</Types>'])
        self._zip.close()
        return self._buffer.getvalue()

    def _add(self, name: str, pieces: Iterable[str]) -> None:
        info = zipfile.ZipInfo(name, _STAMP)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w") as part:
            part.write(_HEAD.encode())
            for piece in pieces:
                part.write(piece.encode("utf-8"))


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in targets)
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'
