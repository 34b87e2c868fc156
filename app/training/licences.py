"""The embedded back end's electronic licences: a page drawn for a trainee's applicant, marked as training, of nobody."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.config.fonts import chinese_font
from app.config.matters import shipped_catalogue
from app.domain.errors import BadInput
from app.domain.person import require_citizen_number
from app.printing.page import PagePress

_NONE = 204


async def licence(request: Request) -> Response:
    """GET /licences: for a material that the source says is shared electronically, and a person who can be."""
    material, number = request.query_params.get("material", ""), request.query_params.get("id_number", "")
    try:
        require_citizen_number(number)
    except BadInput:
        return Response(status_code=_NONE)
    page = await run_in_threadpool(_page, material)
    return Response(page, media_type="application/pdf") if page else Response(status_code=_NONE)


def _page(material: str) -> bytes:
    found = {
        need.material.id: need.material
        for matter in shipped_catalogue().matters
        for need in matter.materials
        if need.material.provider
    }
    if material not in found:
        return b""
    words = found[material]
    return PagePress(chinese_font()).text(f"{words.zh}\n电子证照（训练用，无效）\n{words.provider}")
