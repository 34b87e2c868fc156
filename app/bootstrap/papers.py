"""What documents ask of the catalogue of matters: names, papers to print, what a code means; read at the first question."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from app.config.matters import Catalogue
from app.domain.errors import BadInput


class CataloguePapers:
    """Thread: any. ``read`` gives the catalogue in force; it is asked once."""

    def __init__(self, read: Callable[[], Catalogue]) -> None:
        self._read = read

    @cached_property
    def _catalogue(self) -> Catalogue:
        return self._read()

    @cached_property
    def _fields(self) -> dict[str, tuple[str, str]]:
        fields = (field for matter in self._catalogue.matters for field in matter.form.fields)
        return {field.id: (field.zh, field.table.id if field.table else "") for field in fields}

    def matter_name(self, code: str) -> str:
        """Its name, the code itself where nobody knows."""
        try:
            return self._catalogue.matter(code).zh
        except BadInput:
            return code

    def documents(self, code: str) -> frozenset[str]:
        """Ids of the papers to print, none for an unknown matter."""
        try:
            return frozenset(paper.id for paper in self._catalogue.matter(code).documents)
        except BadInput:
            return frozenset()

    def meaning(self, table: str, code: str) -> str:
        """What a code means, the code itself where nobody knows."""
        tables = (each for each in self._catalogue.tables if each.id == table)
        return next((said for each in tables if (said := each.meaning(code, "zh_CN"))), code)

    def label(self, field_id: str) -> tuple[str, str] | None:
        """A field's name and its code table; None for one no form has."""
        return self._fields.get(field_id)
