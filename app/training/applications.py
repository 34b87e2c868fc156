"""The embedded back end's online applications (渝快办): a list since a cursor, papers, answers that arrive once."""

from __future__ import annotations

import json
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.domain.errors import NotAllowed
from app.security.digest import sm3_hex
from app.security.identifiers import new_id
from app.store.database import transaction
from app.training.faults import BackendFault, FaultPlan

_LARGEST_PAGE = 100
_MOST_INVENTED = 200

SCHEMA = """
CREATE TABLE applications (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL
) STRICT;
CREATE TABLE application_papers (
    number TEXT NOT NULL,
    id TEXT NOT NULL,
    media_type TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (number, id)
) STRICT;
CREATE TABLE application_answers (
    idempotency_key TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    digest TEXT NOT NULL,
    document TEXT NOT NULL,
    receipt TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True)
class SubmittedPaper:
    """What the applicant uploads."""

    item: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Submitted:
    """An application as the applicant sends it; ``people`` and ``fields`` as they stand in the list's JSON."""

    number: str
    matter: str
    people: tuple[dict[str, Any], ...]
    papers: tuple[SubmittedPaper, ...]
    fields: dict[str, str]
    by_post: bool = False


Body = Callable[[Request], Awaitable[bytes]]
Parse = Callable[[bytes], dict[str, Any]]
Invent = Callable[[int], Sequence[Submitted]]


class ApplicationBook:
    """The rows. Thread: any, one call at a time."""

    def __init__(self, connection: Any, lock: threading.Lock) -> None:
        self._connection = connection
        self._lock = lock

    def submit(self, submitted: Submitted) -> None:
        """New, or the same number again (补正): it stands at the end of the list then."""
        papers = [(new_id(), paper) for paper in submitted.papers]
        document = {
            "number": submitted.number,
            "matter": submitted.matter,
            "people": list(submitted.people),
            "papers": [
                {
                    "id": key,
                    "item": paper.item,
                    "name": paper.name,
                    "media_type": paper.media_type,
                    "size": len(paper.data),
                    "digest": sm3_hex(paper.data),
                }
                for key, paper in papers
            ],
            "fields": submitted.fields,
            "by_post": submitted.by_post,
        }
        with self._lock, transaction(self._connection):
            self._connection.execute("DELETE FROM application_papers WHERE number = ?", (submitted.number,))
            self._connection.execute(
                "INSERT OR REPLACE INTO applications (number, document) VALUES (?, ?)",
                (submitted.number, json.dumps(document, ensure_ascii=False)),
            )
            for key, paper in papers:
                self._connection.execute(
                    "INSERT INTO application_papers VALUES (?, ?, ?, ?)",
                    (submitted.number, key, paper.media_type, paper.data),
                )

    def since(self, after: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        """Rows behind ``after`` in the order of their arrival, and where to go on."""
        with self._lock:
            sql = "SELECT seq, document FROM applications WHERE seq > ? ORDER BY seq LIMIT ?"
            rows = list(self._connection.execute(sql, (after, limit)))
        return [json.loads(row["document"]) for row in rows], int(rows[-1]["seq"]) if rows else after

    def paper(self, number: str, paper_id: str) -> SubmittedPaper | None:
        """None for one that is not there."""
        with self._lock:
            sql = "SELECT media_type, data FROM application_papers WHERE number = ? AND id = ?"
            row = self._connection.execute(sql, (number, paper_id)).fetchone()
        return None if row is None else SubmittedPaper("", "", str(row["media_type"]), bytes(row["data"]))

    def answer(self, number: str, key: str, body: bytes) -> str | None:
        """The receipt, durable when this returns; the same key again gives the first. None for an unknown number.

        Raises NotAllowed NET-106 when the key was used for another answer.
        """
        digest = sm3_hex(body)
        with self._lock, transaction(self._connection):
            known = self._connection.execute(
                "SELECT digest, receipt FROM application_answers WHERE idempotency_key = ?", (key,)
            ).fetchone()
            if known is not None:
                if known["digest"] != digest:
                    raise NotAllowed("NET-106")
                return str(known["receipt"])
            if self._connection.execute("SELECT 1 FROM applications WHERE number = ?", (number,)).fetchone() is None:
                return None
            receipt = f"A{new_id()}"
            self._connection.execute(
                "INSERT INTO application_answers VALUES (?, ?, ?, ?, ?)", (key, number, digest, body.decode(), receipt)
            )
        return receipt

    def answers(self, number: str) -> tuple[dict[str, Any], ...]:
        """What the window told of one application, in the order of arrival."""
        with self._lock:
            sql = "SELECT document FROM application_answers WHERE number = ? ORDER BY rowid"
            rows = list(self._connection.execute(sql, (number,)))
        return tuple(json.loads(row["document"]) for row in rows)


class ApplicationHandlers:
    """The requests; ``body`` reads a bounded one, ``parse`` makes the JSON object of it or refuses.

    ``invent``: makes applications for a trainee; None where nobody is trained.
    """

    def __init__(self, book: ApplicationBook, faults: FaultPlan, body: Body, parse: Parse, invent: Invent | None) -> None:
        self._book = book
        self._faults = faults
        self._body = body
        self._parse = parse
        self._invent = invent

    async def listing(self, request: Request) -> Response:
        """办件列表: what came since ``after``."""
        if self._faults.strikes(BackendFault.ERROR_500):
            return _problem(500, "planned")
        after, limit = request.query_params.get("after") or "0", request.query_params.get("limit") or "20"
        if not _count(after) or not _count(limit) or not 0 < int(limit) <= _LARGEST_PAGE:
            return _problem(400, "cursor")
        rows, cursor = await run_in_threadpool(self._book.since, int(after), int(limit))
        return JSONResponse({"applications": rows, "cursor": str(cursor)})

    async def paper(self, request: Request) -> Response:
        """材料下载."""
        number, paper_id = request.path_params["number"], request.path_params["paper"]
        paper = await run_in_threadpool(self._book.paper, number, paper_id)
        return _problem(404, "paper") if paper is None else Response(paper.data, media_type=paper.media_type)

    async def answer(self, request: Request) -> Response:
        """办理过程信息、业务办结、不予受理 (L4231–4239) as one answer per step."""
        if self._faults.strikes(BackendFault.ERROR_500):
            return _problem(500, "planned")
        body = await self._body(request)
        number, key = request.path_params["number"], request.headers.get("idempotency-key", "")
        fits = self._parse(body).get("number") == number and 0 < len(key) <= 128
        if not fits or self._faults.strikes(BackendFault.REFUSE):
            return _problem(422, "number-or-key")
        return await self._kept(number, key, body)

    async def _kept(self, number: str, key: str, body: bytes) -> Response:
        try:
            receipt = await run_in_threadpool(self._book.answer, number, key, body)
        except NotAllowed:
            return _problem(409, "key-used-for-another-answer")
        if receipt is None:
            return _problem(404, "number")
        if self._faults.strikes(BackendFault.DROP_AFTER):
            return _problem(500, "dropped")  # kept, but the answer does not arrive
        return JSONResponse({"receipt": receipt}, status_code=201)

    async def invent(self, request: Request) -> Response:
        """训练: somebody applies online."""
        count = self._parse(await self._body(request)).get("count")
        if self._invent is None or not isinstance(count, int) or not 0 < count <= _MOST_INVENTED:
            return _problem(400, "count")
        made = await run_in_threadpool(self._invent, count)
        for submitted in made:
            await run_in_threadpool(self._book.submit, submitted)
        return JSONResponse({"numbers": [submitted.number for submitted in made]}, status_code=201)


def _count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15


def _problem(status: int, code: str) -> JSONResponse:
    return JSONResponse({"error": code}, status_code=status)
