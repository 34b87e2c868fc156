"""Text → tokens of an expression, each with its position; bounded in length and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from app.domain.errors import BadInput

LONGEST = 600  # characters
MOST_TOKENS = 200

WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
UNITS = {"year": (12, 0), "years": (12, 0), "month": (1, 0), "months": (1, 0), "day": (0, 1), "days": (0, 1)}
_TWINS = {"≠": "!=", "≤": "<=", "≥": ">="}


class Sort(Enum):
    """What a token is; the values are group names of the pattern."""

    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    """``text``: without the quotes of a text."""

    sort: Sort
    text: str
    position: int


_PATTERN = re.compile(
    r"(?P<space>[ \t\n]+)|(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<number>[0-9]{1,12})(?![0-9])|'(?P<text>[^'\n]*)'"
    r"|(?P<name>[a-z][a-z0-9_]*)|(?P<sign><=|>=|!=|[≠≤≥=<>+\-*(){},])"
)


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens and an END. Raises BadInput MAT-121 for a character no token begins with, MAT-125 too long."""
    if len(text) > LONGEST:
        raise BadInput("MAT-125", position=LONGEST + 1, most=LONGEST)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _PATTERN.match(text, at)
        if match is None:
            raise BadInput("MAT-121", position=at + 1, found=text[at : at + 1])
        group = match.lastgroup
        if group != "space" and group is not None:
            word = match.group(group)
            found.append(Token(Sort(group), _TWINS.get(word, word), at + 1))
        if len(found) > MOST_TOKENS:
            raise BadInput("MAT-125", position=at + 1, most=MOST_TOKENS)
        at = match.end()
    return (*found, Token(Sort.END, "", len(text) + 1))
