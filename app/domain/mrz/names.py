"""The name field: primary and secondary identifier, truncation, and comparison with the printed name.

Source: ICAO Doc 9303 part 3, sections 4.6 (name field) and 6 (transliteration). The tables of section 6 are data
(``resources/travel/transliteration.toml``) and are handed in.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_LARGEST_FORMS = 256
_DROPPED = "'’ʼ`.,"
_JOINED = "-‐‑·•・/ "

Transliteration = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ZoneName:
    """As written in the zone, fillers as blanks. ``maybe_truncated``: the field is full to its last place."""

    primary: str
    secondary: str
    maybe_truncated: bool

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return "ZoneName(…)"


def zone_name(field: str) -> ZoneName:
    """``ERIKSSON<<ANNA<MARIA<<<`` → ERIKSSON, ANNA MARIA. Without ``<<`` everything is the primary identifier."""
    primary, _, secondary = field.partition("<<")
    return ZoneName(_spaced(primary), _spaced(secondary), not field.endswith("<"))


def _spaced(part: str) -> str:
    return " ".join(part.replace("<", " ").split())


def zone_forms(name: str, table: Transliteration) -> frozenset[str]:
    """Every permitted zone spelling of a printed name part, single blanks between its parts.

    Several when a letter has more than one transliteration (Ö: O, OE). Empty when a character has none (Chinese), or when
    there would be more than 256: then nothing can be said.
    """
    choices: list[tuple[str, ...]] = []
    for character in unicodedata.normalize("NFC", name).upper():
        if character in _DROPPED:
            continue
        if character in _JOINED:
            choices.append((" ",))
        elif re.fullmatch(r"[A-Z]", character):
            choices.append((character,))
        elif character in table:
            choices.append(table[character])
        else:
            plain = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
            if not re.fullmatch(r"[A-Z]+", plain):
                return frozenset()
            choices.append((plain,))
    count = 1
    for choice in choices:
        count *= len(choice)
        if count > _LARGEST_FORMS:
            return frozenset()
    return frozenset(" ".join("".join(form).split()) for form in itertools.product(*choices))


def same_name(zone: ZoneName, primary: str, secondary: str, table: Transliteration) -> bool | None:
    """Whether the printed name can be what the zone says; None when a character has no transliteration.

    A name that may be truncated agrees with every printed name that begins so, or whose parts begin with the parts
    written (Doc 9303 lets an issuer shorten each part).
    """
    wanted = (zone_forms(primary, table), zone_forms(secondary, table))
    if (primary.strip() and not wanted[0]) or (secondary.strip() and not wanted[1]):
        return None
    return _fits(zone.primary, wanted[0], zone.maybe_truncated) and _fits(zone.secondary, wanted[1], zone.maybe_truncated)


def _fits(written: str, forms: frozenset[str], truncated: bool) -> bool:
    if written in forms or (not written and not any(forms)):
        return True
    return truncated and any(_shortened(written, form) for form in forms)


def _shortened(written: str, form: str) -> bool:
    if form.startswith(written):
        return True
    parts, whole = written.split(), form.split()
    return len(parts) <= len(whole) and all(w.startswith(p) for p, w in zip(parts, whole, strict=False))
