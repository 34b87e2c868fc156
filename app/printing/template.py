"""What a receipt or ticket consists of, read from ``resources/templates/*.toml``: lines, fields, codes, in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum

from app.config.places import RESOURCES


class ElementKind(Enum):
    """What one element of a ticket is."""

    TEXT = "text"
    FIELD = "field"
    ROWS = "rows"  # lines of ``left TAB right``
    RULE = "rule"
    BARCODE = "barcode"
    QR = "qr"
    PICTURE = "picture"
    FEED = "feed"
    CELLS = "cells"  # these three on A4 only
    TABLE = "table"
    BOX = "box"


@dataclass(frozen=True)
class Element:
    """``field`` names a fact; ``label`` stands before it. ``wide``, ``high``: times; ``align``: left, centre, right.

    An element with ``when`` is printed only if that fact is not empty; ``min_dots``: only on paper that wide.
    ``cells``: label, text (of a TABLE none) and share of the width; ``height_mm``: at least so high.
    ``side_dots``: at least this side of a QR symbol, exactly this width of a picture (8 dots are 1 mm).
    """

    kind: ElementKind
    text: str = ""
    label: str = ""
    field: str = ""
    align: str = "left"
    wide: int = 1
    high: int = 1
    when: str = ""
    min_dots: int = 0
    side_dots: int = 0
    cells: tuple[tuple[str, str, float], ...] = ()
    height_mm: float = 0.0


def load_template(name: str) -> tuple[Element, ...]:
    """One template. Raises KeyError, ValueError for a broken file: it ships with the program and is tested."""
    with (RESOURCES / "templates" / f"{name}.toml").open("rb") as file:
        rows = tomllib.load(file)["element"]
    return tuple(
        Element(**{**row, "kind": ElementKind(row["kind"]), "cells": tuple(tuple(c) for c in row.get("cells", ()))})
        for row in rows
    )
