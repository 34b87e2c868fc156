"""The embedded back end's part of the catalogue: days, fees and official codes for trainees, by revision."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.config.places import RESOURCES

_UNCHANGED = 204


@cache
def training_answers() -> dict[str, Any]:
    """The whole document, ``revision`` and ``answers``."""
    document: dict[str, Any] = json.loads((RESOURCES / "training" / "matters.json").read_text(encoding="utf-8"))
    return document


async def matter_answers(request: Request) -> Response:
    """GET /matters/answers: the document, or nothing when the caller has this revision."""
    document = training_answers()
    if request.query_params.get("revision") == document["revision"]:
        return Response(status_code=_UNCHANGED)
    return Response(json.dumps(document, ensure_ascii=False).encode(), media_type="application/json")
