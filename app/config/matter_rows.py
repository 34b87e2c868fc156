"""One table of a catalogue file, read key by key: every key is understood or the entry is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.errors import BadInput
from app.domain.expressions import Expression, Kind, Type, compiled
from app.domain.matters.table import BackEnd, Source

BACK_END = BackEnd.FILLS.value
_LONGEST = 600


class Row:
    """``file`` and ``place`` are for messages, ``document`` is whose line numbers the file's sources are."""

    def __init__(self, data: Mapping[str, Any], file: str, place: str, document: str) -> None:
        self._data = data
        self._unread = set(data)
        self.file = file
        self.place = place
        self.document = document

    def wrong(self, zh: str, en: str) -> BadInput:
        """MAT-102 at this place."""
        return BadInput("MAT-102", file=self.file, place=self.place, zh=zh, en=en)

    def contradicts(self, zh: str, en: str) -> BadInput:
        """MAT-105 at this place."""
        return BadInput("MAT-105", file=self.file, place=self.place, zh=zh, en=en)

    def unknown(self, kind: str, name: str) -> BadInput:
        """MAT-103: nothing of that ``kind`` has this id."""
        return BadInput("MAT-103", file=self.file, place=self.place, kind=kind, id=name[:60])

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def value(self, key: str) -> Any:
        """Raises MAT-102 when it is missing."""
        if key not in self._data:
            raise self.wrong(f"缺少 {key}", f"{key} is missing")
        self._unread.discard(key)
        return self._data[key]

    def _of(self, key: str, kind: type, zh: str, en: str) -> Any:
        value = self.value(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(f"{key} 应为{zh}", f"{key} must be {en}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Not empty, printable."""
        if default is not None and key not in self._data:
            return default
        text = str(self._of(key, str, "文字", "a text"))
        if not text.strip() or len(text) > _LONGEST or not text.isprintable():
            raise self.wrong(f"{key} 为空、过长或含控制字符", f"{key} is empty, too long or has control characters")
        return text

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return (
            default if default is not None and key not in self._data else int(self._of(key, int, "整数", "a whole number"))
        )

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        if default is not None and key not in self._data:
            return default
        return bool(self._of(key, bool, " true 或 false", "true or false"))

    def day(self, key: str) -> date:
        """A TOML date."""
        found: date = self._of(key, date, "日期", "a date")
        return found

    def many(self, key: str, *, needed: bool = True) -> list[Any]:
        """A list; empty when it may be missing and is."""
        return list(self._of(key, list, "列表", "a list")) if needed or key in self._data else []

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        values = self.many(key, needed=needed)
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(f"{key} 应为文字列表", f"{key} must be a list of texts")
        return tuple(values)

    def table(self, key: str) -> dict[str, Any]:
        """A table of plain values; empty when it is missing."""
        return dict(self._of(key, dict, "表", "a table")) if key in self._data else {}

    def rows(self, key: str, *, needed: bool = True) -> tuple[Row, ...]:
        """A list of tables, each a row of its own."""
        values = self.many(key, needed=needed)
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong(f"{key} 应为表的列表", f"{key} must be a list of tables")
        return tuple(Row(v, self.file, f"{self.place} › {key} {n}", self.document) for n, v in enumerate(values, 1))

    def inner(self, data: Mapping[str, Any], place: str) -> Row:
        """A row inside this one."""
        return Row(data, self.file, f"{self.place} › {place}", self.document)

    def named(self, key: str = "id") -> str:
        """The id, and from now on part of the place."""
        found = self.text(key)
        self.place = f"{self.place} {found}"
        return found

    def source(self) -> Source:
        """A line of the file's document, or a document of its own as a text."""
        value = self.value("source")
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return Source(self.document, value)
        return Source(self.text("source"), 0)

    def back_end(self, key: str) -> bool:
        """Whether the key says that the back end fills it."""
        return self.has(key) and self.value(key) == BACK_END

    def condition(self, key: str, scope: Mapping[str, Type]) -> Expression:
        """A condition, checked. Raises BadInput MAT-121…128 with file and place."""
        return self.compiled(self.text(key), scope)

    def compiled(self, text: str, scope: Mapping[str, Type]) -> Expression:
        """The same for a text read before."""
        try:
            return compiled(text, scope, Kind.BOOLEAN)
        except BadInput as error:
            raise BadInput(error.code, **{**error.params, "file": self.file, "place": self.place}) from error

    def finish(self) -> None:
        """Raises MAT-102 for a key that nobody asked for: a mistyped key would else be silently ignored."""
        if self._unread:
            names = ", ".join(sorted(self._unread))[:120]
            raise self.wrong(f"不认识 {names}", f"unknown key {names}")
