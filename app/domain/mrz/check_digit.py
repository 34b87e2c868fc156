"""The 7-3-1 check digit, and which misreadings it cannot see (ICAO Doc 9303 part 3, section 4.9)."""

from __future__ import annotations

_VALUES = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_WEIGHTS = (7, 3, 1)

PERMITTED = frozenset(_VALUES)

# Characters that readers and people take for one another in OCR-B and in print.
LOOKALIKES: dict[str, str] = {
    "0": "OQD",
    "O": "0QD",
    "Q": "0O",
    "D": "0O",
    "1": "IL",
    "I": "1L",
    "L": "1I",
    "2": "Z",
    "Z": "2",
    "4": "A",
    "A": "4",
    "5": "S",
    "S": "5",
    "6": "G",
    "G": "6C",
    "C": "G<",
    "7": "T",
    "T": "7",
    "8": "B",
    "B": "8",
    "U": "V",
    "V": "U",
    "K": "<",
    "<": "KC",
}


def value_of(character: str) -> int:
    """What a character counts for. Raises KeyError for one that no zone has."""
    return _VALUES[character]


def check_digit(text: str) -> str:
    """The digit over ``text`` (letters A=10 … Z=35, filler 0, weights 7 3 1). Raises KeyError for other characters."""
    total = sum(_VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text))
    return str(total % 10)


def unseen_by_digit(character: str) -> str:
    """The lookalikes whose exchange leaves every check digit as it was: equal modulo 10 (6 and G, 1 and L, < and K)."""
    value = _VALUES[character]
    return "".join(c for c in LOOKALIKES.get(character, "") if (_VALUES[c] - value) % 10 == 0)
