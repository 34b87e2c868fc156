"""Finding a matter as an officer types: code, pinyin initials, words of the name; the often used ones first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from app.domain.matters.matter import Matter

# GB 2312-80 orders its 3755 level-1 characters (B0A1 to D7F9) by pinyin: the first character of every letter.
_FIRSTS = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"), (0xB9FE, "H"),
    (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"), (0xC5BE, "P"), (0xC6DA, "Q"),
    (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"), (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
_STARTS = tuple(first for first, _ in _FIRSTS)
_LAST = 0xD7F9


def initial(character: str) -> str:
    """The first letter of a character's pinyin, or an ASCII letter or digit itself; "" for what has none here.

    Level-2 and rarer characters are ordered by stroke, so nothing is known of them.
    """
    if character.isascii():
        return character.upper() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    return _FIRSTS[bisect_right(_STARTS, code) - 1][1] if _STARTS[0] <= code <= _LAST else ""


def initials(name: str) -> str:
    """国内婚生婴儿 → GNHSYE. One reading a character; an entry may declare its own where that is the wrong one."""
    return "".join(map(initial, name))


def _rank(matter: Matter, typed: str) -> int | None:
    """How well one word fits; small is well, None not at all."""
    word = typed.casefold()
    if word == matter.code.casefold():
        return 0
    letters = matter.initials.casefold()
    if letters.startswith(word):
        return 1
    if matter.zh.casefold().startswith(word):
        return 2
    if word in matter.zh.casefold() or word in letters:
        return 3
    if word in matter.en.casefold() or word in matter.code.casefold():
        return 4
    return 5 if _in_order(word, letters) else None


def _in_order(word: str, letters: str) -> bool:
    """Whether the letters come in this order with others between; two at least, or everything would be found."""
    rest = iter(letters)
    return len(word) > 1 and word.isascii() and word.isalpha() and all(letter in rest for letter in word)


def found(matters: Sequence[Matter], typed: str, uses: Mapping[str, int]) -> tuple[Matter, ...]:
    """Those that every typed word fits; the best fit first, then the most used (``uses``: code → times), then the order
    of the catalogue. Nothing typed finds all, the most used first."""
    words = typed.split()
    ranked = []
    for place, matter in enumerate(matters):
        ranks = [_rank(matter, word) for word in words]
        if None not in ranks:
            worst = max((rank for rank in ranks if rank is not None), default=0)
            ranked.append((worst, -uses.get(matter.code, 0), place, matter))
    return tuple(matter for *_, matter in sorted(ranked, key=lambda row: row[:3]))
