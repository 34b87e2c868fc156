"""A case and its rows: what is asked for as columns, what is only shown as one JSON document."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app.domain.cases.case import (
    Case,
    CaseNode,
    CasePerson,
    CaseStep,
    FieldValue,
    NewCase,
    PersonRole,
    Provenance,
)
from app.domain.cases.matter import MatterFacts
from app.domain.cases.query import FIELDS
from app.domain.cases.workflow import CaseEvent, CaseState
from app.domain.records import Station
from app.store.case_query import microseconds, moment_of

Row = Any


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def columns_of(case: Case) -> dict[str, str | int | None]:
    """Every column of ``cases`` but ``seq``."""
    values: dict[str, str | int | None] = {"id": case.id}
    for name, field in FIELDS.items():
        value = field.of(case)
        if isinstance(value, datetime):
            values[name] = microseconds(value)
        elif isinstance(value, date):
            values[name] = value.toordinal()
        else:
            values[name] = value
    values |= {
        "terminal_number": case.station.terminal_number,
        "source": case.station.source,
        "track": case.track,
        "promised_days": case.promised_days,
        "own_promise": int(case.own_promise),
        "due_certain": int(case.due_certain),
        "pause_days": case.pause_days,
        "paused": _ordinal(case.paused),
        "answered_at": None if case.answered_at is None else microseconds(case.answered_at),
        "sent_back": case.sent_back,
    }
    return values


def document_of(case: Case) -> str:
    """The JSON of ``case_contents``; never changed after 受理."""
    new = case.content
    return json.dumps(
        {
            "submitted": case.submitted.isoformat(),
            "matter": asdict(new.matter),
            "people": [
                {
                    **asdict(person),
                    "role": person.role.value,
                    "birth_date": person.birth_date and person.birth_date.isoformat(),
                }
                for person in new.people
            ],
            "fields": {name: [v.value, v.provenance.value, v.reason] for name, v in new.fields.items()},
            "organisation": new.organisation,
            "by_post": new.by_post,
        },
        ensure_ascii=False,
    )


def _content_of(row: Row, document: dict[str, Any]) -> NewCase:
    people = []
    for plain in document["people"]:
        born = plain["birth_date"]
        known = {**plain, "role": PersonRole(plain["role"]), "birth_date": date.fromisoformat(born) if born else None}
        people.append(CasePerson(**known))
    return NewCase(
        id=row["id"],
        matter=MatterFacts(**document["matter"]),
        people=tuple(people),
        fields={name: FieldValue(v, Provenance(p), reason) for name, (v, p, reason) in document["fields"].items()},
        channel=row["channel"],
        outside_number=row["outside_number"],
        organisation=document["organisation"],
        by_post=document["by_post"],
    )


def case_of(row: Row) -> Case:
    """A row of ``cases`` joined with its ``document``."""
    document = json.loads(row["document"])
    submitted = datetime.fromisoformat(document["submitted"])
    return Case(
        order=row["seq"],
        id=row["id"],
        number=row["number"],
        state=CaseState(row["state"]),
        officer=row["officer"],
        station=Station(row["terminal_number"], row["region_code"], row["station_name"], row["source"]),
        submitted=submitted,
        track=row["track"],
        promised_days=row["promised_days"],
        own_promise=bool(row["own_promise"]),
        due=date.fromordinal(row["due"]),
        due_certain=bool(row["due_certain"]),
        content=_content_of(row, document),
        pause_days=row["pause_days"],
        paused=_day(row["paused"]),
        answered=_day(row["answered"]),
        answered_at=None if row["answered_at"] is None else moment_of(row["answered_at"], submitted),
        sent_back=row["sent_back"],
    )


def node_of(row: Row) -> CaseNode:
    """A row of ``case_nodes``."""
    return CaseNode(
        number=row["number"],
        step=CaseStep(
            CaseEvent(row["event"]),
            row["action"],
            row["officer"],
            row["officer_name"],
            row["key_content"],
            row["opinion"],
        ),
        before=CaseState(row["before"]),
        after=CaseState(row["after"]),
        due=date.fromordinal(row["due"]),
        recorded=datetime.fromisoformat(row["recorded"]),
    )
