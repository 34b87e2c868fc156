"""Conditions of the matters' rules: a small total language. No loop, no call beyond a fixed table, nothing is executed.

``compiled`` reads and checks a text once; ``Expression.value`` answers for a filled form and never raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.expressions.check import checked, kind_of
from app.domain.expressions.evaluate import Facts, evaluated, names_in
from app.domain.expressions.parse import parsed
from app.domain.expressions.tree import Node
from app.domain.expressions.values import Answer, Kind, Type

__all__ = ["Answer", "Expression", "Facts", "Kind", "Type", "compiled"]


@dataclass(frozen=True)
class Expression:
    """A checked condition or value. ``names``: what it asks of the form."""

    text: str
    kind: Kind
    names: frozenset[str]
    tree: Node

    def value(self, facts: Facts) -> Answer:
        """Three-valued: None where a fact that decides is unknown. Total: whatever the facts are, nothing is raised."""
        answer = evaluated(self.tree, facts)
        return answer if answer is not None and kind_of(answer) is self.kind else None


def compiled(text: str, scope: Mapping[str, Type], expect: Kind = Kind.BOOLEAN) -> Expression:
    """Read and check ``text``; ``scope``: the names it may use and their types.

    Raises BadInput MAT-121 (no such character), MAT-122 (something else belongs there), MAT-123 (unknown name), MAT-124
    (kinds that do not go together), MAT-125 (too long or too deep), MAT-126 (wrong function or number of arguments),
    MAT-127 (a code that its table does not have), MAT-128 (no such day); each with ``position``, counted from 1.
    """
    tree = parsed(text)
    found = checked(tree, scope)
    if found.kind is not expect:
        raise BadInput("MAT-124", position=1, found=found.kind.value, expected=expect.value)
    return Expression(text, found.kind, names_in(tree), tree)
