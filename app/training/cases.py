"""The embedded back end takes cases: each once with its papers, and plays an approval back as a script has it."""

from __future__ import annotations

import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.config.clock import Clock
from app.domain.errors import NotAllowed
from app.security.digest import sm3_hex
from app.security.identifiers import new_id
from app.store.database import transaction
from app.training.faults import BackendFault, FaultPlan
from app.training.keys import KeyUsedTwice

SCHEMA = """
CREATE TABLE received_cases (
    receipt TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    number TEXT NOT NULL,
    document TEXT NOT NULL,
    received TEXT NOT NULL,
    script TEXT NOT NULL,
    played INTEGER NOT NULL
) STRICT;
CREATE TABLE received_materials (
    receipt TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE case_events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    event TEXT NOT NULL,
    opinion TEXT NOT NULL,
    officer TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
"""
_MOST_EVENTS = 100
_APPROVER = "审批员（训练）"


@dataclass(frozen=True)
class PlannedWord:
    """One word of the approval: ``after_s`` seconds after the case came in."""

    after_s: float
    event: str
    opinion: str = ""


APPROVAL = (
    PlannedWord(15, "进入审批流程"),
    PlannedWord(30, "审批通过同意办理", "材料齐全，同意办理（训练）"),
    PlannedWord(45, "登记制证"),
    PlannedWord(60, "办结"),
)


class CaseBook:
    """The rows. Thread: any, one call at a time. ``script``: how new cases go on; empty: they wait for the trainer."""

    def __init__(self, connection: Any, lock: threading.Lock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self.script: tuple[PlannedWord, ...] = APPROVAL

    def receive(self, key: str, digest: str, document: dict[str, Any]) -> str:
        """Kept, durable when this returns; the same key again gives the first receipt. Raises KeyUsedTwice NET-106.

        The case is refused (NET-105) as long as a paper that it names has not come.
        """
        with self._lock, transaction(self._connection):
            known = self._known("received_cases", key, digest)
            if known:
                return known
            for paper in document["申报材料数组"]:
                sql = "SELECT 1 FROM received_materials WHERE digest = ?"
                if self._connection.execute(sql, (paper["摘要"],)).fetchone() is None:
                    raise NotAllowed("NET-105")
            receipt = f"B{new_id()}"
            self._connection.execute(
                "INSERT INTO received_cases VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                (
                    receipt,
                    key,
                    digest,
                    document["办件编号"],
                    json.dumps(document, ensure_ascii=False),
                    self._clock.now().isoformat(),
                    json.dumps([vars(word) for word in self.script], ensure_ascii=False),
                ),
            )
        return receipt

    def receive_material(self, key: str, digest: str, metadata: dict[str, Any], data: bytes) -> str:
        """One paper, once. Raises KeyUsedTwice NET-106."""
        with self._lock, transaction(self._connection):
            known = self._known("received_materials", key, digest)
            if known:
                return known
            receipt = f"M{new_id()}"
            values = (receipt, key, digest, json.dumps(metadata, ensure_ascii=False), data)
            self._connection.execute("INSERT INTO received_materials VALUES (?, ?, ?, ?, ?)", values)
        return receipt

    def _known(self, table: str, key: str, digest: str) -> str:
        sql = f"SELECT receipt, digest FROM {table} WHERE key = ?"  # noqa: S608 - our own words
        row = self._connection.execute(sql, (key,)).fetchone()
        if row is None:
            return ""
        if row["digest"] != digest:
            raise KeyUsedTwice("NET-106")
        return str(row["receipt"])

    def say(self, number: str, event: str, opinion: str) -> None:
        """The trainer's own word about a case."""
        with self._lock, transaction(self._connection):
            self._say(number, event, opinion, self._clock.now())

    def _say(self, number: str, event: str, opinion: str, at: datetime) -> None:
        self._connection.execute(
            "INSERT INTO case_events (number, event, opinion, officer, at) VALUES (?, ?, ?, ?, ?)",
            (number, event, opinion, _APPROVER, at.isoformat()),
        )

    def events(self, after: int) -> list[dict[str, Any]]:
        """What was said after that sequence number, the scripts' words that are due included."""
        now = self._clock.now()
        with self._lock, transaction(self._connection):
            for case in self._connection.execute("SELECT * FROM received_cases ORDER BY receipt").fetchall():
                self._play(case, now)
            rows = self._connection.execute(
                "SELECT * FROM case_events WHERE sequence > ? ORDER BY sequence LIMIT ?", (after, _MOST_EVENTS)
            ).fetchall()
        return [
            {
                "序号": row["sequence"],
                "办件编号": row["number"],
                "办理过程": row["event"],
                "意见": row["opinion"],
                "责任人": row["officer"],
                "操作时间": row["at"],
            }
            for row in rows
        ]

    def _play(self, case: Any, now: datetime) -> None:
        begun = datetime.fromisoformat(case["received"])
        script = [PlannedWord(**word) for word in json.loads(case["script"])]
        played = case["played"]
        while played < len(script) and begun + timedelta(seconds=script[played].after_s) <= now:
            self._say(case["number"], script[played].event, script[played].opinion, now)
            played += 1
        self._connection.execute("UPDATE received_cases SET played = ? WHERE receipt = ?", (played, case["receipt"]))

    def cases(self) -> list[dict[str, Any]]:
        """Every case as it came."""
        with self._lock:
            rows = self._connection.execute("SELECT document FROM received_cases ORDER BY receipt").fetchall()
        return [dict(json.loads(row["document"])) for row in rows]

    def count(self) -> dict[str, int]:
        """How many cases and papers there are."""
        with self._lock:
            return {
                table: int(self._connection.execute(f"SELECT count(*) AS n FROM received_{table}").fetchone()["n"])  # noqa: S608
                for table in ("cases", "materials")
            }


class CaseHandlers:
    """The requests; ``body`` reads a bounded one, ``picture`` a multipart one, ``parse`` makes the object or refuses."""

    def __init__(
        self,
        book: CaseBook,
        faults: FaultPlan,
        body: Callable[[Request], Awaitable[bytes]],
        picture: Callable[[Request], Awaitable[tuple[dict[str, Any], bytes]]],
        parse: Callable[[bytes], dict[str, Any]],
    ) -> None:
        self.book = book
        self._faults = faults
        self._body = body
        self._picture = picture
        self._parse = parse

    async def receive(self, request: Request) -> Response:
        """提交业务."""
        raw = await self._body(request)
        document = self._parse(raw)
        papers = document.get("申报材料数组")
        if not document.get("办件编号") or not isinstance(papers, list) or not all(isinstance(p, dict) for p in papers):
            return JSONResponse({"error": "fields"}, status_code=422)
        return await self._kept(request, raw, lambda key, digest: self.book.receive(key, digest, document))

    async def receive_material(self, request: Request) -> Response:
        """材料信息."""
        metadata, data = await self._picture(request)
        return await self._kept(request, data, lambda key, digest: self.book.receive_material(key, digest, metadata, data))

    async def _kept(self, request: Request, data: bytes, keep: Callable[[str, str], str]) -> Response:
        if self._faults.strikes(BackendFault.ERROR_500):
            return JSONResponse({"error": "planned"}, status_code=500)
        if self._faults.strikes(BackendFault.REFUSE):
            return JSONResponse({"error": "planned"}, status_code=422)
        key, digest = request.headers.get("idempotency-key", ""), request.headers.get("x-sm3", "")
        if not key or len(key) > 128 or sm3_hex(data) != digest:
            return JSONResponse({"error": "key-or-digest"}, status_code=422)
        try:
            receipt = await run_in_threadpool(keep, key, digest)
        except KeyUsedTwice as error:
            return JSONResponse({"error": error.code}, status_code=409)
        except NotAllowed as error:
            return JSONResponse({"error": error.code}, status_code=422)
        if self._faults.strikes(BackendFault.DROP_AFTER):
            raise ClientDisconnect  # the line breaks before the answer
        return JSONResponse({"receipt": receipt}, status_code=201)

    async def events(self, request: Request) -> Response:
        """办理过程信息, 业务办结, 业务不予受理."""
        after = request.query_params.get("after", "0")
        if not after.isascii() or not after.isdecimal() or len(after) > 15:
            return JSONResponse({"error": "after"}, status_code=400)
        return JSONResponse({"events": await run_in_threadpool(self.book.events, int(after))})

    async def control(self, request: Request) -> Response:
        """``{"script": [[seconds, event, opinion], …]}`` for cases from now on, ``{"say": [number, event, opinion]}``."""
        body = self._parse(await self._body(request))
        try:
            if "script" in body:
                self.book.script = tuple(PlannedWord(float(s), str(e), str(o)) for s, e, o in body["script"])
            if "say" in body:
                number, event, opinion = (str(part) for part in body["say"])
                await run_in_threadpool(self.book.say, number, event, opinion)
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({})
