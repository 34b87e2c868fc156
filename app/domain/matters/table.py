"""Code tables (代码表) and what the source leaves to the back end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class BackEnd(Enum):
    """The source is silent: the catalogue synchronisation fills it in, nobody invents it. The value is how files say so."""

    FILLS = "from the back end"


@dataclass(frozen=True)
class Source:
    """Where a fact stands: ``document`` by its short name, ``line`` in it (0 = the document as a whole)."""

    document: str
    line: int

    def __str__(self) -> str:
        return f"{self.document} L{self.line}" if self.line else self.document


@dataclass(frozen=True)
class Named:
    """Something with an id and a name in both languages: a police line, a document, a workflow, a code."""

    id: str
    zh: str
    en: str

    def name(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class CodeTable:
    """``standard``: whose codes they are. ``entries``: in the standard's order, or filled by the back end."""

    id: str
    zh: str
    en: str
    standard: str
    entries: tuple[Named, ...] | BackEnd

    @cached_property
    def codes(self) -> frozenset[str] | None:
        """Every code; None while only the back end knows them."""
        return None if isinstance(self.entries, BackEnd) else frozenset(entry.id for entry in self.entries)

    def meaning(self, code: str, language: str) -> str | None:
        """The name of a code, None for one that is not there."""
        entries = () if isinstance(self.entries, BackEnd) else self.entries
        return next((entry.name(language) for entry in entries if entry.id == code), None)
