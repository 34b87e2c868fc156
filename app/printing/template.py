"""What a receipt consists of, read from ``resources/templates/*.toml``: lines, fields, codes, in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum

from app.config.places import RESOURCES


class ElementKind(Enum):
    """What one element of a receipt is."""

    TEXT = "text"
    FIELD = "field"
    RULE = "rule"
    BARCODE = "barcode"
    QR = "qr"
    FEED = "feed"


@dataclass(frozen=True)
class Element:
    """``field`` names a fact; ``label`` stands before it. ``size`` 1 or 2; ``align`` left or centre.

    An element with ``when`` is printed only if that fact is not empty; ``min_dots``: only on paper that wide.
    """

    kind: ElementKind
    text: str = ""
    label: str = ""
    field: str = ""
    align: str = "left"
    size: int = 1
    when: str = ""
    min_dots: int = 0


def load_template(name: str) -> tuple[Element, ...]:
    """One template. Raises KeyError, ValueError for a broken file: it ships with the program and is tested."""
    with (RESOURCES / "templates" / f"{name}.toml").open("rb") as file:
        rows = tomllib.load(file)["element"]
    return tuple(Element(**{**row, "kind": ElementKind(row["kind"])}) for row in rows)
