"""What the back end may fill into a matter of the catalogue: code, fees, promised days, materials. Pure; outside data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.errors import BadInput
from app.domain.matters.matter import FeeItem, Material, MaterialNeed, Matter, Need
from app.domain.matters.table import BackEnd, Source

MOST_DAYS = 365
MOST_FEN = 10_000_000
MOST_ROWS = 60
_TEXT_MOST = 200
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_KEYS = frozenset({"official_code", "days", "fees", "materials"})


def filled(matter: Matter, answers: Mapping[str, Any]) -> Matter:
    """The matter with the back end's ``answers`` (parsed JSON) in the places that are its to fill; nothing else changes.

    ``{"official_code": text, "days": 0..365, "fees": [{"code", "name", "fen"}], "materials": [{"id", "name", "need":
    "must" | "may"}]}``, every key optional. Answers refer to the catalogue's own entry, never to one already filled.

    Raises BadInput MAT-109 with the key and what is wrong; then the former entry stays in use.
    """
    if not isinstance(answers, Mapping) or not _KEYS.issuperset(answers):
        raise _refused(matter, "?", "unknown key")
    changes: dict[str, Any] = {}
    if "official_code" in answers:
        _require_open(matter, "official_code", matter.official_code)
        changes["official_code"] = _identifier(matter, "official_code", answers["official_code"])
    if "days" in answers:
        _require_open(matter, "days", matter.days)
        changes["days"] = _whole(matter, "days", answers["days"], MOST_DAYS)
    if "fees" in answers:
        _require_open(matter, "fees", matter.fees)
        changes["fees"] = tuple(_fee(matter, row) for row in _rows(matter, "fees", answers["fees"]))
        _require_once(matter, "fees", [fee.code for fee in changes["fees"]])
    if "materials" in answers:
        _require_open(matter, "materials", BackEnd.FILLS if matter.materials_open else None)
        own = {each.material.id for each in matter.materials}
        given = tuple(_material(matter, row) for row in _rows(matter, "materials", answers["materials"]))
        _require_once(matter, "materials", [each.material.id for each in given])
        # What the source lays down is not loosened from outside; the back end adds to it.
        changes["materials"] = (*matter.materials, *(each for each in given if each.material.id not in own))
        changes["materials_open"] = False
    return replace(matter, **changes)


def _refused(matter: Matter, key: str, reason: str) -> BadInput:
    return BadInput("MAT-109", matter=matter.code, key=key, reason=reason)


def _require_open(matter: Matter, key: str, value: object) -> None:
    if value is not BackEnd.FILLS:
        raise _refused(matter, key, "declared in the catalogue")


def _require_once(matter: Matter, key: str, ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise _refused(matter, key, "the same id twice")


def _rows(matter: Matter, key: str, value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or len(value) > MOST_ROWS or not all(isinstance(row, Mapping) for row in value):
        raise _refused(matter, key, f"a list of at most {MOST_ROWS} objects")
    return value


def _whole(matter: Matter, key: str, value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise _refused(matter, key, f"0…{most}")
    return value


def _identifier(matter: Matter, key: str, value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _refused(matter, key, "letters, digits, dot, underscore, hyphen; at most 60")
    return value


def _text(matter: Matter, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _TEXT_MOST or not value.isprintable():
        raise _refused(matter, key, f"a text of at most {_TEXT_MOST}")
    return value.strip()


def _fee(matter: Matter, row: Mapping[str, Any]) -> FeeItem:
    if set(row) != {"code", "name", "fen"}:
        raise _refused(matter, "fees", "code, name, fen")
    code, name = _identifier(matter, "fees", row["code"]), _text(matter, "fees", row["name"])
    return FeeItem(code, name, _whole(matter, "fees", row["fen"], MOST_FEN))


def _material(matter: Matter, row: Mapping[str, Any]) -> MaterialNeed:
    if set(row) != {"id", "name", "need"} or row["need"] not in {Need.MUST.value, Need.MAY.value}:
        raise _refused(matter, "materials", "id, name, need = must | may")
    name = _text(matter, "materials", row["name"])
    material = Material(_identifier(matter, "materials", row["id"]), name, name, Source(BackEnd.FILLS.value, 0))
    return MaterialNeed(material, Need(row["need"]))
