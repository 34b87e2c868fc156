"""The archive's requests at the embedded back end: 影像上传, 待分类批次资料提交, 分类结果缓存, 查询, 调阅申请 and 授权."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.domain.errors import NotAllowed, StoreFault, WorkstationError
from app.security.digest import sm3_hex
from app.training.archives import ArchiveBook, TypeOf
from app.training.faults import BackendFault, FaultPlan
from app.training.keys import KeyUsedTwice

_KINDS = {"vehicle", "driver"}
_MOST_PAGES = 500
_LARGEST_SMALL = 4096


class ArchiveHandlers:
    """``body`` reads a bounded request, ``picture`` a multipart one, ``parse`` makes the object or refuses."""

    def __init__(
        self,
        book: ArchiveBook,
        faults: FaultPlan,
        body: Callable[[Request], Awaitable[bytes]],
        picture: Callable[[Request], Awaitable[tuple[dict[str, Any], bytes]]],
        parse: Callable[[bytes], dict[str, Any]],
        type_of: TypeOf,
    ) -> None:
        self.book = book
        self._faults = faults
        self._body = body
        self._picture = picture
        self._parse = parse
        self._type_of = type_of

    async def page(self, request: Request) -> Response:
        """POST /archives/pages."""
        metadata, data = await self._picture(request)
        digest = request.headers.get("x-sm3", "")
        if sm3_hex(data) != digest:
            return JSONResponse({"error": "digest"}, status_code=422)
        return await self._kept(lambda: self.book.receive_page(digest, metadata, data))

    async def file(self, request: Request) -> Response:
        """POST /archives/files."""
        raw = await self._body(request)
        document, digest = self._parse(raw), request.headers.get("x-sm3", "")
        key, pages = request.headers.get("idempotency-key", ""), document.get("pages")
        whole = isinstance(pages, list) and all(isinstance(page, dict) and "digest" in page for page in pages)
        named = all(isinstance(document.get(name), str) for name in ("kind", "serial", "department"))
        if not key or len(key) > 128 or sm3_hex(raw) != digest or not whole or not named:
            return JSONResponse({"error": "fields"}, status_code=422)
        return await self._kept(lambda: self.book.receive_file(key, digest, document))

    async def _kept(self, keep: Callable[[], str]) -> Response:
        if self._faults.strikes(BackendFault.ERROR_500):
            return JSONResponse({"error": "planned"}, status_code=500)
        if self._faults.strikes(BackendFault.REFUSE):
            return JSONResponse({"error": "planned"}, status_code=422)
        try:
            receipt = await run_in_threadpool(keep)
        except KeyUsedTwice as error:
            return JSONResponse({"error": error.code}, status_code=409)
        except NotAllowed as error:
            return JSONResponse({"error": error.code}, status_code=422)
        except StoreFault as error:
            return JSONResponse({"error": error.code}, status_code=503)
        if self._faults.strikes(BackendFault.DROP_AFTER):
            raise ClientDisconnect  # the line breaks before the answer
        return JSONResponse({"receipt": receipt}, status_code=201)

    async def classify(self, request: Request) -> Response:
        """POST /archives/classify/{kind}: small pictures and envelopes; broken ones are named, known ones not looked at."""
        kind = request.path_params["kind"]
        pages = self._parse(await self._body(request)).get("pages")
        if kind not in _KINDS or not isinstance(pages, list) or len(pages) > _MOST_PAGES:
            return JSONResponse({"error": "fields"}, status_code=422)
        known: dict[str, dict[str, Any]] = {}
        broken: list[str] = []
        for page in pages:
            digest = str(page.get("digest", "")) if isinstance(page, dict) else ""
            try:
                known |= await run_in_threadpool(self._classified, kind, digest, page)
            except (WorkstationError, ValueError, TypeError, KeyError, binascii.Error):
                broken.append(digest)
        return JSONResponse({"known": known, "broken": broken})

    def _classified(self, kind: str, digest: str, page: dict[str, Any]) -> dict[str, dict[str, Any]]:
        before = self.book.classified(kind, [digest])
        if before:
            return before
        small = base64.b64decode(page["picture"], validate=True)
        if len(small) > _LARGEST_SMALL or not digest or len(digest) > 128:
            raise ValueError(digest)
        said = self._type_of(small, dict(page["envelope"]), kind)
        self.book.classify(kind, digest, said)
        return {digest: {"type": said[0], "confidence": said[1]}}

    async def classified(self, request: Request) -> Response:
        """POST /archives/classified/{kind}: 分类结果缓存."""
        digests = self._parse(await self._body(request)).get("digests")
        if not isinstance(digests, list) or len(digests) > _MOST_PAGES:
            return JSONResponse({"error": "fields"}, status_code=422)
        found = await run_in_threadpool(self.book.classified, request.path_params["kind"], [str(d) for d in digests])
        return JSONResponse({"known": found})

    async def query(self, request: Request) -> Response:
        """POST /archives/query."""
        asked = self._parse(await self._body(request))
        return JSONResponse({"files": await run_in_threadpool(self.book.find, {k: str(v) for k, v in asked.items()})})

    async def picture(self, request: Request) -> Response:
        """POST /archives/pages/fetch: who asks, for which page, by which permission."""
        asked = self._parse(await self._body(request))
        values = [str(asked.get(name, "")) for name in ("digest", "department", "officer", "loan")]
        try:
            data = await run_in_threadpool(self.book.picture, *values)
        except NotAllowed as error:
            return JSONResponse({"error": error.code}, status_code=451)
        except StoreFault as error:
            return JSONResponse({"error": error.code}, status_code=404)
        return Response(data, media_type="application/octet-stream")

    async def ask_loan(self, request: Request) -> Response:
        """POST /archives/loans: 调阅申请."""
        asked = self._parse(await self._body(request))
        names = ("kind", "serial", "department", "officer", "reason")
        if not all(isinstance(asked.get(name), str) and asked[name] for name in names):
            return JSONResponse({"error": "fields"}, status_code=422)
        try:
            return JSONResponse({"id": await run_in_threadpool(self.book.ask_loan, asked)}, status_code=201)
        except NotAllowed as error:
            return JSONResponse({"error": error.code}, status_code=422)

    async def loans(self, request: Request) -> Response:
        """POST /archives/loans/query."""
        asked = self._parse(await self._body(request))
        return JSONResponse({"loans": await run_in_threadpool(self.book.loans, str(asked.get("department", "")))})

    async def decide(self, request: Request) -> Response:
        """POST /archives/loans/{id}/decide: the holding department's word."""
        asked = self._parse(await self._body(request))
        days = asked.get("days", 7)
        if not isinstance(asked.get("grant"), bool) or not isinstance(days, int | float) or not 0 < days <= 365:
            return JSONResponse({"error": "fields"}, status_code=422)
        try:
            decide = self.book.decide
            await run_in_threadpool(lambda: decide(request.path_params["id"], grant=asked["grant"], days=float(days)))
        except StoreFault as error:
            return JSONResponse({"error": error.code}, status_code=404)
        return JSONResponse({})
