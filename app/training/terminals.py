"""The embedded back end's terminal platform: 机器注册, 激活, 状态上报, the list; kept in the library's own file."""

from __future__ import annotations

import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.config.clock import Clock
from app.domain.errors import NotAllowed, WorkstationError
from app.domain.terminal import Registration, require_registration
from app.security.identifiers import new_id, new_token
from app.security.proof import check_proof
from app.store.database import transaction
from app.sync.terminal import signed_text

_MOST_TERMINALS = 10_000
_CLOCK_SKEW_MS = 300_000
_TIME_DIGITS = 16
_ONLINE_MS = 180_000
_FIELDS = ("name", "mac", "department", "contact", "longitude", "latitude")

SCHEMA = """
CREATE TABLE terminals (
    appid TEXT PRIMARY KEY,
    registration TEXT NOT NULL,
    appkey TEXT NOT NULL,
    activated TEXT NOT NULL,
    last_time INTEGER NOT NULL,
    last_report TEXT NOT NULL
) STRICT
"""

Body = Callable[[Request], Awaitable[bytes]]
Parse = Callable[[bytes], dict[str, Any]]


class TerminalBook:
    """The rows. Thread: any, one call at a time."""

    def __init__(self, connection: Any, lock: threading.Lock) -> None:
        self._connection = connection
        self._lock = lock

    def register(self, registration: Registration) -> str:
        """A new APPID. Raises BadInput TRM-103, NotAllowed TRM-101 when the book is full."""
        require_registration(registration)
        app_id = new_id()
        with self._lock, transaction(self._connection):
            if self._connection.execute("SELECT count(*) FROM terminals").fetchone()[0] >= _MOST_TERMINALS:
                raise NotAllowed("TRM-101")
            self._connection.execute(
                "INSERT INTO terminals VALUES (?, ?, '', '', 0, '')",
                (app_id, json.dumps(vars(registration), ensure_ascii=False)),
            )
        return app_id

    def approve(self, app_id: str) -> str:
        """A fresh APPKEY; a former one is void. Raises NotAllowed TRM-101 for an unknown terminal."""
        key = new_token()
        self._change(app_id, "UPDATE terminals SET appkey = ? WHERE appid = ?", (key, app_id))
        return key

    def activate(self, app_id: str, moment: str) -> None:
        """Counted from now on."""
        self._change(app_id, "UPDATE terminals SET activated = ? WHERE appid = ?", (moment, app_id))

    def heard(self, app_id: str, moment: int, message: bytes, given: str) -> None:
        """The message is this terminal's and new. Raises NotAllowed TRM-101."""
        row = self._row(app_id)
        if not row["appkey"] or moment <= row["last_time"]:
            raise NotAllowed("TRM-101")
        check_proof(row["appkey"], message, given)
        self._change(app_id, "UPDATE terminals SET last_time = ? WHERE appid = ?", (moment, app_id))

    def reported(self, app_id: str, report: str) -> None:
        """The newest report takes the place of the last. Raises NotAllowed TRM-102 before the activation."""
        if not self._row(app_id)["activated"]:
            raise NotAllowed("TRM-102")
        self._change(app_id, "UPDATE terminals SET last_report = ? WHERE appid = ?", (report, app_id))

    def all(self, now_ms: int) -> list[dict[str, Any]]:
        """Every terminal, without its key."""
        with self._lock:
            rows = list(self._connection.execute("SELECT * FROM terminals ORDER BY appid"))
        return [
            {
                "appid": r["appid"],
                **json.loads(r["registration"]),
                "approved": bool(r["appkey"]),
                "activated": r["activated"],
                "online": bool(r["last_report"]) and now_ms - r["last_time"] < _ONLINE_MS,
                "last_heartbeat": json.loads(r["last_report"]) if r["last_report"] else None,
            }
            for r in rows
        ]

    def _row(self, app_id: str) -> Any:
        with self._lock:
            row = self._connection.execute("SELECT * FROM terminals WHERE appid = ?", (app_id,)).fetchone()
        if row is None:
            raise NotAllowed("TRM-101")
        return row

    def _change(self, app_id: str, sql: str, values: tuple[Any, ...]) -> None:
        self._row(app_id)
        with self._lock, transaction(self._connection):
            self._connection.execute(sql, values)


class TerminalHandlers:
    """The requests; ``body`` reads a bounded one, ``parse`` makes the JSON object of it or refuses."""

    def __init__(self, book: TerminalBook, clock: Clock, body: Body, parse: Parse) -> None:
        self._book = book
        self._clock = clock
        self._body = body
        self._parse = parse

    async def register(self, request: Request) -> Response:
        """机器注册."""
        body = self._parse(await self._body(request))
        try:
            app_id = self._book.register(Registration(**{f: str(body.get(f, "")) for f in _FIELDS}))
        except WorkstationError as error:
            return JSONResponse({"error": error.code}, status_code=422)
        return JSONResponse({"appid": app_id}, status_code=201)

    async def approve(self, request: Request) -> Response:
        """审核通过, 激活码生成."""
        try:
            return JSONResponse({"appkey": self._book.approve(request.path_params["appid"])})
        except NotAllowed as error:
            return JSONResponse({"error": error.code}, status_code=404)

    async def activate(self, request: Request) -> Response:
        """激活."""
        return await self._proven(request, lambda app_id, _: self._book.activate(app_id, self._clock.now().isoformat()))

    async def heartbeat(self, request: Request) -> Response:
        """状态上报."""

        def keep(app_id: str, report: dict[str, Any]) -> None:
            self._book.reported(app_id, json.dumps(report, ensure_ascii=False))

        return await self._proven(request, keep)

    async def listing(self, _: Request) -> Response:
        """Every terminal with its last heartbeat."""
        return JSONResponse({"terminals": self._book.all(self._now_ms())})

    def _now_ms(self) -> int:
        return int(1000 * self._clock.now().timestamp())

    def _require_fresh(self, moment: str) -> None:
        good = moment.isascii() and moment.isdecimal() and len(moment) <= _TIME_DIGITS
        if not good or abs(int(moment) - self._now_ms()) > _CLOCK_SKEW_MS:
            raise NotAllowed("TRM-101")

    async def _proven(self, request: Request, work: Callable[[str, dict[str, Any]], None]) -> Response:
        raw = await self._body(request)
        body = self._parse(raw)
        app_id, moment = request.headers.get("x-app-id", ""), request.headers.get("x-time", "")
        try:
            self._require_fresh(moment)
            message = signed_text(moment, request.url.path, raw)
            self._book.heard(app_id, int(moment), message, request.headers.get("x-proof", ""))
            work(app_id, body)
        except NotAllowed as error:
            return JSONResponse({"error": error.code}, status_code=403)
        return JSONResponse({})
