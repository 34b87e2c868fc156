"""The parts of a read expression; every node keeps its position (characters from 1) for messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.domain.expressions.values import Value


@dataclass(frozen=True)
class Literal:
    """A number, text, date, duration, true or false."""

    position: int
    value: Value


@dataclass(frozen=True)
class Name:
    """A field of the form, or ``today``."""

    position: int
    name: str


@dataclass(frozen=True)
class Not:
    """The opposite; unknown stays unknown."""

    position: int
    inner: Node


@dataclass(frozen=True)
class Junction:
    """``and`` of all parts, or with ``every`` False ``or`` of any."""

    position: int
    every: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Comparison:
    """``operator`` is one of = != < <= > >=."""

    position: int
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Membership:
    """Whether a value is one of the listed literals."""

    position: int
    inner: Node
    members: tuple[Literal, ...]


@dataclass(frozen=True)
class Sum:
    """Terms, each with its sign 1 or -1, from left to right."""

    position: int
    terms: tuple[tuple[int, Node], ...]


@dataclass(frozen=True)
class Product:
    """Factors from left to right."""

    position: int
    factors: tuple[Node, ...]


@dataclass(frozen=True)
class Call:
    """A function of the fixed table."""

    position: int
    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Literal | Name | Not | Junction | Comparison | Membership | Sum | Product | Call
