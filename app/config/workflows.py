"""The case workflow and the holiday tables, read once from ``resources/workflows`` and ``resources/calendars``."""

from __future__ import annotations

import tomllib
from functools import cache

from app.config.places import RESOURCES
from app.domain.cases.deadline import WorkCalendar, calendar_from
from app.domain.cases.workflow import Workflow, workflow_from


@cache
def workflow(name: str = "window-matter") -> Workflow:
    """The shipped workflow of that name. Raises BadInput CSE-120 for a damaged file, KeyError for an unknown name."""
    path = RESOURCES / "workflows" / f"{name}.toml"
    if not path.is_file():
        raise KeyError(name)
    with path.open("rb") as file:
        return workflow_from(tomllib.load(file), path.name)


@cache
def work_calendar() -> WorkCalendar:
    """Every holiday table there is. Raises BadInput CSE-121 for a damaged file."""
    tables = {}
    for path in sorted((RESOURCES / "calendars").glob("*.toml")):
        with path.open("rb") as file:
            tables[path.name] = tomllib.load(file)
    return calendar_from(tables)
