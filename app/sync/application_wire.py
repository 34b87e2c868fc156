"""Online applications as they travel: what comes from outside is bounded and checked.

An application that cannot be read is named and holds up no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.cases.application import ApplicationPage, ApplicationPaper, OnlineApplication
from app.domain.cases.case import CasePerson, PersonRole
from app.domain.errors import NetworkFault
from app.domain.person import RESIDENT_ID
from app.security.digest import sm3_hex

PAGE = 20
_TEXT_MOST, _ROWS_MOST, _FIELDS_MOST = 400, 40, 400
_LARGEST_PAPER = 50 * 2**20
_DIGEST_LENGTH = 64


def page_of(answer: Mapping[str, Any]) -> ApplicationPage:
    """One page of the list. Raises NetworkFault NET-107."""
    rows, cursor = answer.get("applications"), answer.get("cursor")
    if not isinstance(rows, list) or len(rows) > PAGE or not isinstance(cursor, str) or len(cursor) > _TEXT_MOST:
        raise NetworkFault("NET-107")
    read, unreadable = [], []
    for row in rows:
        try:
            read.append(application_of(row))
        except (KeyError, TypeError, ValueError):
            unreadable.append(_name_of(row))
    return ApplicationPage(tuple(read), cursor, tuple(unreadable))


def require_announced(paper: ApplicationPaper, data: bytes) -> bytes:
    """The same bytes. Raises NetworkFault NET-107 when they are not what was announced."""
    if len(data) != paper.size or sm3_hex(data) != paper.digest:
        raise NetworkFault("NET-107")
    return data


def application_of(row: Any) -> OnlineApplication:
    """One row of the platform's list. Raises KeyError, TypeError, ValueError for what it cannot mean."""
    fields, people, papers = row["fields"], row["people"], row["papers"]
    if not isinstance(fields, dict) or len(fields) > _FIELDS_MOST or not 0 < len(people) <= _ROWS_MOST:
        raise ValueError
    if len(papers) > _ROWS_MOST:
        raise ValueError
    return OnlineApplication(
        number=_text(row["number"]),
        matter_code=_text(row["matter"]),
        people=tuple(_person(person) for person in people),
        papers=tuple(_paper(paper) for paper in papers),
        fields={_text(name): _text(value, least=0) for name, value in fields.items()},
        organisation=_text(row.get("organisation", ""), least=0),
        by_post=row.get("by_post") is True,
    )


def _name_of(row: Any) -> str:
    number = row.get("number") if isinstance(row, dict) else None
    return number[:40] if isinstance(number, str) and number.isprintable() and number else "?"


def _text(value: Any, least: int = 1) -> str:
    if not isinstance(value, str) or not least <= len(value) <= _TEXT_MOST:
        raise ValueError
    if any(not c.isprintable() for c in value):
        raise ValueError
    return value


def _person(row: Any) -> CasePerson:
    if not isinstance(row, dict):
        raise TypeError
    born = row.get("birth_date")
    return CasePerson(
        role=PersonRole(row["role"]),
        name=_text(row["name"]),
        id_number=_text(row.get("id_number", ""), least=0),
        id_type=_text(row.get("id_type", RESIDENT_ID)),
        sex=_text(row.get("sex", ""), least=0),
        ethnicity=_text(row.get("ethnicity", ""), least=0),
        birth_date=date.fromisoformat(born) if born else None,
        phone=_text(row.get("phone", ""), least=0),
        address=_text(row.get("address", ""), least=0),
        relation=_text(row.get("relation", ""), least=0),
    )


def _paper(row: Any) -> ApplicationPaper:
    size, digest = row["size"], _text(row["digest"])
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= _LARGEST_PAPER:
        raise ValueError
    if len(digest) != _DIGEST_LENGTH:
        raise ValueError
    return ApplicationPaper(
        _text(row["id"]), _text(row["item"], least=0), _text(row["name"]), _text(row["media_type"]), size, digest
    )
