"""The embedded back end as HTTP: the common services (共性服务) of the photo library, for training, demo and tests.

设备登录 POST /login · 原图上传 POST /originals · 照片上传 POST /photos · 照片下载 POST /photos/query, GET /photos/N/image ·
图片质检 POST /inspections · 图片复用 POST /reuse · 终端 POST /terminals/register, …/APPID/approve, …/activate, …/heartbeat,
GET /terminals · 办件 POST /cases, /cases/materials, GET /cases/events ·
网上办件 GET /applications, …/N/papers/ID, POST …/N/answers, all under /api/v1; the finance system under the
paths of resources/payment/interfaces.toml. ID numbers travel in bodies, never in addresses.
Every item lies in the photo library (照片库) that its sender names; "" is the station's own.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.config.clock import Clock
from app.config.travel import number_kinds
from app.domain.document_number import require_number
from app.domain.errors import StoreFault, WorkstationError
from app.domain.fees import FiscalAccount
from app.domain.inspecting import InspectionReason
from app.domain.person import RESIDENT_ID
from app.domain.photo_standard import PhotoStandard
from app.security.digest import sm3_hex
from app.security.identifiers import new_token
from app.training.applications import ApplicationHandlers, Invent
from app.training.archive_handlers import ArchiveHandlers
from app.training.archives import TypeOf
from app.training.cases import CaseHandlers
from app.training.faults import BackendFault, FaultPlan
from app.training.fiscal import FiscalHandlers
from app.training.inspection import Examine, inspected
from app.training.keys import KeyUsedTwice
from app.training.library import LibraryItem, PhotoLibrary
from app.training.licences import licence
from app.training.matters import matter_answers
from app.training.registers import RegisterHandlers
from app.training.terminals import TerminalHandlers

API = "/api/v1"
_TOKEN_LIFE_S = 3600.0
_LARGEST_IMAGE = 64 * 2**20
_LARGEST_METADATA = 1 * 2**20

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


_NOBODY = FiscalAccount("", "", "")


@dataclass(frozen=True)
class LibraryAccount:
    """The device account the training library accepts."""

    account: str
    password: str
    fiscal: FiscalAccount = _NOBODY  # nobody speaks to its finance system


def _no_type(small: bytes, envelope: dict[str, Any], kind: str) -> tuple[str, float]:
    """A back end without a classifier knows nothing."""
    return "", 0.0


class _Problem(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class LibraryService:
    """The handlers and what they need; ``app`` is the ASGI application."""

    def __init__(
        self,
        library: PhotoLibrary,
        account: LibraryAccount,
        clock: Clock,
        *,
        examine: Examine,
        standards: tuple[PhotoStandard, ...],
        faults: FaultPlan | None = None,
        invent: Invent | None = None,
        type_of: TypeOf = _no_type,
    ) -> None:
        self._library = library
        self._account = account
        self._clock = clock
        self._examine = examine
        self._standards = {s.id: s for s in standards}
        self.faults = faults or FaultPlan()
        self._tokens: dict[str, float] = {}
        self._terminals = TerminalHandlers(library.terminals, clock, _body, _object)
        self.cases = CaseHandlers(library.case_book(clock), self.faults, _body, _picture, _object)
        self.fiscal = FiscalHandlers(library.fiscal_book(clock), account.fiscal, clock, _body, _object)
        self.archives = ArchiveHandlers(library.archive_book(clock), self.faults, _body, _picture, _object, type_of)
        self._applications = ApplicationHandlers(library.applications, self.faults, _body, _object, invent)
        self.app = Starlette(routes=self._routes(), exception_handlers={_Problem: _problem})

    def _routes(self) -> list[Route]:
        table: list[tuple[str, str, Handler]] = [
            ("POST", "/login", self._login),
            ("POST", "/originals", self._guarded(self._upload("original"))),
            ("POST", "/photos", self._guarded(self._upload("photo"))),
            ("POST", "/photos/query", self._guarded(self._query)),
            ("GET", "/photos/{number}/image", self._guarded(self._image)),
            ("POST", "/inspections", self._guarded(self._inspect)),
            ("POST", "/reuse", self._guarded(self._reuse)),
            ("GET", "/licences", self._guarded(licence)),
            ("GET", "/matters/answers", self._guarded(matter_answers)),
            ("POST", "/registers/query", self._guarded(RegisterHandlers(_body, _object).query)),
            ("GET", "/standards", self._guarded(self._list_standards)),
            ("GET", "/health", self._health),
            ("POST", "/terminals/register", self._terminals.register),
            ("POST", "/terminals/{appid}/approve", self._guarded(self._terminals.approve)),
            ("POST", "/terminals/activate", self._terminals.activate),
            ("POST", "/terminals/heartbeat", self._terminals.heartbeat),
            ("GET", "/terminals", self._guarded(self._terminals.listing)),
            ("POST", "/cases", self._guarded(self.cases.receive)),
            ("POST", "/cases/materials", self._guarded(self.cases.receive_material)),
            ("GET", "/cases/events", self._guarded(self.cases.events)),
            ("POST", "/training/cases", self._guarded(self.cases.control)),
            ("POST", "/training/fiscal", self._guarded(self.fiscal.control)),
            ("POST", "/archives/pages", self._guarded(self.archives.page)),
            ("POST", "/archives/files", self._guarded(self.archives.file)),
            ("POST", "/archives/classify/{kind}", self._guarded(self.archives.classify)),
            ("POST", "/archives/classified/{kind}", self._guarded(self.archives.classified)),
            ("POST", "/archives/query", self._guarded(self.archives.query)),
            ("POST", "/archives/pages/fetch", self._guarded(self.archives.picture)),
            ("POST", "/archives/loans", self._guarded(self.archives.ask_loan)),
            ("POST", "/archives/loans/query", self._guarded(self.archives.loans)),
            ("POST", "/archives/loans/{id}/decide", self._guarded(self.archives.decide)),
            ("GET", "/applications", self._guarded(self._applications.listing)),
            ("GET", "/applications/{number}/papers/{paper}", self._guarded(self._applications.paper)),
            ("POST", "/applications/{number}/answers", self._guarded(self._applications.answer)),
            ("POST", "/training/applications", self._guarded(self._applications.invent)),
            ("POST", "/training/faults", self._guarded(self._plan_faults)),
        ]
        ours = [Route(API + path, handler, methods=[method]) for method, path, handler in table]
        return [*ours, *self.fiscal.routes()]

    # -- who asks --------------------------------------------------------------------------------------

    async def _login(self, request: Request) -> Response:
        body = await _json(request)
        if (body.get("account"), body.get("password")) != (self._account.account, self._account.password):
            raise _Problem(401, "login-refused")
        if not body.get("terminal"):
            raise _Problem(400, "terminal-missing")
        token = new_token()
        self._tokens[token] = self._clock.monotonic() + _TOKEN_LIFE_S
        return JSONResponse({"token": token, "expires_in": int(_TOKEN_LIFE_S)})

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            if self.faults.strikes(BackendFault.EXPIRE_TOKEN):
                self._tokens.clear()
            if self._tokens.get(token, 0.0) < self._clock.monotonic():
                self._tokens.pop(token, None)
                raise _Problem(401, "token-invalid")
            return await handler(request)

        return guarded

    # -- uploads ---------------------------------------------------------------------------------------

    def _upload(self, kind: str) -> Handler:
        async def upload(request: Request) -> Response:
            if self.faults.strikes(BackendFault.ERROR_500):
                raise _Problem(500, "planned")
            if self.faults.strikes(BackendFault.REFUSE):
                raise _Problem(422, "planned")
            metadata, image = await _picture(request)
            key, digest = await _key_and_digest(request, image)
            if not isinstance(metadata.get("photo_library", ""), str):
                raise _Problem(400, "photo-library")
            try:
                _require_number(metadata, self._clock)
                receipt = await run_in_threadpool(self._library.receive, kind, key, digest, metadata, image)
            except KeyUsedTwice as error:
                raise _Problem(409, "key-used-for-other-bytes") from error
            except StoreFault as error:
                raise _Problem(503, error.code) from error
            except WorkstationError as error:
                raise _Problem(422, error.code) from error
            if self.faults.strikes(BackendFault.DROP_AFTER):
                raise ClientDisconnect  # the line breaks before the answer
            return JSONResponse({"receipt": receipt}, status_code=201)

        return upload

    # -- downloads, reuse, inspection ------------------------------------------------------------------

    async def _query(self, request: Request) -> Response:
        body = await _json(request)
        items = self._library.of_person(str(body.get("id_number", "")), str(body.get("photo_library", "")))
        return JSONResponse({"photos": [_public(item) for item in items]})

    async def _image(self, request: Request) -> Response:
        item = self._found(request.path_params["number"], request.query_params.get("photo_library", ""))
        return Response(await run_in_threadpool(self._library.image, item), media_type="image/jpeg")

    def _found(self, number: str, photo_library: str) -> LibraryItem:
        try:
            return self._library.by_number(number, photo_library)
        except StoreFault as error:
            raise _Problem(404, error.code) from error

    async def _inspect(self, request: Request) -> Response:
        """Judges the very bytes that came; the sender's own report is neither sent nor wanted."""
        if self.faults.strikes(BackendFault.ERROR_500):
            raise _Problem(500, "planned")
        metadata, image = await _picture(request)
        key, digest = await _key_and_digest(request, image)
        standard = self._standards.get(str(metadata.get("standard", "")))
        exceptions = metadata.get("exceptions", [])
        if standard is None:
            raise _Problem(422, "standard-unknown")
        if not isinstance(exceptions, list) or not all(isinstance(e, str) for e in exceptions):
            raise _Problem(400, "exceptions")
        asked = standard.excepting(tuple(exceptions))
        try:
            answer = await run_in_threadpool(
                self._library.answered, key, digest, lambda receipt: self._judged(receipt, image, asked)
            )
        except KeyUsedTwice as error:
            raise _Problem(409, "key-used-for-other-bytes") from error
        except StoreFault as error:
            raise _Problem(503, error.code) from error
        if self.faults.strikes(BackendFault.DROP_AFTER):
            raise ClientDisconnect  # the line breaks before the answer
        return JSONResponse(answer)

    def _judged(self, receipt: str, image: bytes, standard: PhotoStandard) -> dict[str, Any]:
        begun, checked = self._clock.monotonic(), self._clock.now()
        found: tuple[InspectionReason, ...] = inspected(image, standard, self._examine)
        return {
            "receipt": receipt,
            "standard": standard.id,
            "standard_version": standard.version,
            "passed": not found,
            "reasons": [asdict(reason) for reason in found],
            "checked": checked.isoformat(),
            "ms": round(1000 * (self._clock.monotonic() - begun), 1),
        }

    async def _reuse(self, request: Request) -> Response:
        body = await _json(request)
        wanted = str(body.get("service", ""))
        for item in self._library.of_person(str(body.get("id_number", "")), str(body.get("photo_library", ""))):
            if item.kind == "photo" and item.service == wanted and item.passed:
                receipt = await run_in_threadpool(self._library.reuse, item, wanted)
                return JSONResponse({"receipt": receipt, "photo": _public(item)})
        raise _Problem(404, "no-passed-photo")

    async def _list_standards(self, _: Request) -> Response:
        rows = [{"id": s.id, "version": s.version, "name": s.name_zh} for s in self._standards.values()]
        return JSONResponse({"standards": rows})

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"items": self._library.count()})

    async def _plan_faults(self, request: Request) -> Response:
        body = await _json(request)
        try:
            self.faults.plan(BackendFault(body["fault"]), int(body["times"]))
        except (KeyError, ValueError, TypeError) as error:
            raise _Problem(400, "unknown-fault") from error
        return JSONResponse({})


def _public(item: LibraryItem) -> dict[str, Any]:
    fields = asdict(item)
    del fields["blob"]
    return fields


async def _problem(_: Request, error: Exception) -> Response:
    if isinstance(error, _Problem):
        return JSONResponse({"error": error.code}, status_code=error.status)
    raise error


async def _json(request: Request) -> dict[str, Any]:
    return _object(await _body(request))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_METADATA:
            raise _Problem(413, "too-large")
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Problem(400, "not-json") from error
    if not isinstance(document, dict):
        raise _Problem(400, "not-an-object")
    return document


async def _key_and_digest(request: Request, image: bytes) -> tuple[str, str]:
    """The request's key, and its digest once it is the picture's."""
    key, digest = request.headers.get("idempotency-key", ""), request.headers.get("x-sm3", "")
    if not key or len(key) > 128:
        raise _Problem(400, "idempotency-key-missing")
    if await run_in_threadpool(sm3_hex, image) != digest:
        raise _Problem(422, "digest-differs")
    return key, digest


def _require_number(metadata: dict[str, Any], clock: Clock) -> None:
    """Whose picture it is, by the number of whatever document. Raises BadInput, and 400 for a document nobody knows."""
    kind = number_kinds().get(str(metadata.get("document", RESIDENT_ID)))
    if kind is None:
        raise _Problem(400, "document")
    require_number(str(metadata.get("id_number", "")), kind, clock.now().date())


async def _picture(request: Request) -> tuple[dict[str, Any], bytes]:
    """The picture and its metadata, bounded."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LARGEST_IMAGE:
        raise _Problem(413, "too-large")
    async with request.form(max_files=1, max_fields=4, max_part_size=_LARGEST_METADATA) as form:
        image, text = form.get("image"), form.get("metadata", "{}")
        if not isinstance(image, UploadFile) or not isinstance(text, str):
            raise _Problem(400, "image-missing")
        data = await image.read()
    try:
        metadata = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _Problem(400, "metadata-not-json") from error
    if not isinstance(metadata, dict):
        raise _Problem(400, "metadata-not-json")
    return metadata, data
