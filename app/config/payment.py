"""The finance system's interfaces as data: paths, names of fields, values; shipped, and a station's own above them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.config.places import RESOURCES
from app.domain.errors import BadInput

_SHIPPED = RESOURCES / "payment" / "interfaces.toml"
_LARGEST_FILE = 64 * 1024


@dataclass(frozen=True)
class FiscalWords:
    """``path``: interface → path below the gateway's address. ``field``, ``value``: our names → theirs."""

    path: Mapping[str, str]
    field: Mapping[str, str]
    value: Mapping[str, str]


@cache
def shipped_fiscal_words() -> FiscalWords:
    """The program's own, which the embedded back end speaks too."""
    with _SHIPPED.open("rb") as file:
        return _words(tomllib.load(file))


def fiscal_words(own: Path) -> FiscalWords:
    """With what a station's file ``own`` says otherwise, if there is one. Raises BadInput FEE-130 for a wrong one."""
    shipped = shipped_fiscal_words()
    if not own.exists():
        return shipped
    try:
        with own.open("rb") as file:
            theirs = _words(tomllib.loads(file.read(_LARGEST_FILE).decode("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadInput("FEE-130", file=own.name, reason=str(error)[:200]) from error
    merged = {}
    for part in ("path", "field", "value"):
        known, given = getattr(shipped, part), getattr(theirs, part)
        if unknown := given.keys() - known.keys():
            raise BadInput("FEE-130", file=own.name, reason=f"unknown {part}: {', '.join(sorted(unknown))[:120]}")
        merged[part] = {**known, **given}
    for part, names in merged.items():
        if len(set(names.values())) != len(names):
            raise BadInput("FEE-130", file=own.name, reason=f"the same {part} twice")
    return FiscalWords(**merged)


def _words(document: Mapping[str, Any]) -> FiscalWords:
    parts = {part: document.get(part, {}) for part in ("path", "field", "value")}
    path = {key: row["path"] for key, row in parts["path"].items()}
    for name in (*path.values(), *parts["field"].values(), *parts["value"].values()):
        if not isinstance(name, str) or not name:
            raise ValueError(f"{name!r} is no name")
    if wrong := [text for text in path.values() if not text.startswith("/")]:
        raise ValueError(f"{wrong[0]!r} does not begin with /")
    return FiscalWords(path, dict(parts["field"]), dict(parts["value"]))
