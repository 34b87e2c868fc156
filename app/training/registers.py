"""The embedded back end's registers: what a city's would know of a trainee's applicant, of nobody."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.domain.person import require_citizen_number


@cache
def _known() -> dict[str, dict[str, str]]:
    """Register → field → text."""
    with (RESOURCES / "training" / "registers.toml").open("rb") as file:
        return tomllib.load(file)


class RegisterHandlers:
    """Answers for the fields asked for, from the registers named for each, the first that knows."""

    def __init__(self, body: Callable[[Request], Awaitable[bytes]], as_object: Callable[[bytes], dict[str, Any]]) -> None:
        self._body = body
        self._object = as_object

    async def query(self, request: Request) -> Response:
        """POST /registers/query."""
        asked = self._object(await self._body(request))
        number, fields = str(asked.get("id_number", "")), asked.get("fields")
        found: dict[str, str] = {}
        for field, registers in fields.items() if isinstance(fields, dict) else ():
            for register in registers if isinstance(registers, list) else ():
                text = _text(str(register), str(field), number)
                if text:
                    found.setdefault(str(field), text)
        return JSONResponse({"fields": found})


def _text(register: str, field: str, number: str) -> str:
    """Nobody is known by a number that is none."""
    try:
        require_citizen_number(number)
    except BadInput:
        return ""
    born, sex = number[6:14], "1" if int(number[16]) % 2 else "2"
    return _known().get(register, {}).get(field, "").format(number=number, born=born, sex=sex)
