"""The embedded back end's finance system (国标系统): orders, codes, payments that nobody makes, bills that say 样张.

What it answers about an order is scripted: one word a question, the last for all that follow. Kept in the library's file.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.config.clock import Clock
from app.config.fonts import chinese_font, simplified_face
from app.config.payment import shipped_fiscal_words
from app.domain.errors import NotAllowed, WorkstationError
from app.domain.fees import FiscalAccount
from app.domain.money import yuan
from app.security.proof import check_proof
from app.security.signing import Signature, check_signature
from app.store.database import transaction
from app.sync.terminal import signed_text
from app.training.faults import BackendFault, FaultPlan

SCHEMA = """
CREATE TABLE fiscal_orders (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    fen INTEGER NOT NULL,
    state TEXT NOT NULL,
    script TEXT NOT NULL,
    asked INTEGER NOT NULL,
    paid_at TEXT NOT NULL,
    deadline TEXT NOT NULL,
    signed TEXT NOT NULL
) STRICT
"""
WORDS = ("unpaid", "unknown", "paid", "expired")
_DAYS_TO_PAY = 7
_CLOCK_SKEW_MS = 300_000
_SLOW_S = 1.5
_TEMPLATE = "<电子缴款书 缴款码={缴款码} 业务编号={业务编号} 缴款金额={缴款金额} 执收单位名称={执收单位名称}/>"
UNIT_NAME = "训练市公安局"
ITEMS = (
    ("99001", "居民身份证工本费（换领）", 2000),
    ("99002", "居民身份证工本费（补领）", 4000),
    ("99003", "临时居民身份证工本费", 1000),
)

Body = Callable[[Request], Awaitable[bytes]]
Parse = Callable[[bytes], dict[str, Any]]
Answer = Callable[[dict[str, Any], str], dict[str, Any]]


class _Refusal(NotAllowed):
    """What the finance system does not take: a wrong sum, an unknown code, a paid order that is to be cancelled."""


class FiscalBook:
    """The rows. Thread: any, one call at a time. ``script``: what new orders answer."""

    def __init__(self, connection: Any, lock: threading.Lock, clock: Clock) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self.script: tuple[str, ...] = ("unpaid", "unpaid", "unpaid", "paid")

    def order(self, key: str, body: str, fen: int) -> Any:
        """A new order with a code, or the one of this key. Raises NotAllowed for the key with another body."""
        with self._lock, transaction(self._connection):
            there = self._connection.execute("SELECT * FROM fiscal_orders WHERE key = ?", (key,)).fetchone()
            if there is not None:
                if there["body"] != body:
                    raise _Refusal("NET-106")
                return there
            now = self._clock.now()
            count = self._connection.execute("SELECT count(*) AS n FROM fiscal_orders").fetchone()["n"]
            deadline = (now + timedelta(days=_DAYS_TO_PAY)).date().isoformat()
            values = (key, f"9999{now:%Y%m%d}{count + 1:08}", body, fen, json.dumps(self.script), deadline)
            self._connection.execute(
                "INSERT INTO fiscal_orders (key, code, body, fen, state, script, asked, paid_at, deadline, signed)"
                " VALUES (?, ?, ?, ?, 'unpaid', ?, 0, '', ?, '')",
                values,
            )
            return self._connection.execute("SELECT * FROM fiscal_orders WHERE key = ?", (key,)).fetchone()

    def found(self, code: str) -> Any:
        """Raises NotAllowed for an unknown code."""
        with self._lock:
            row = self._connection.execute("SELECT * FROM fiscal_orders WHERE code = ?", (code,)).fetchone()
        if row is None:
            raise _Refusal("NET-105")
        return row

    def asked(self, code: str) -> tuple[str, str]:
        """The next word of the order's script, and when it was paid. What is paid or over stays so."""
        row = self.found(code)
        if row["state"] != "unpaid":
            return row["state"], row["paid_at"]
        script = json.loads(row["script"])
        word = script[min(row["asked"], len(script) - 1)]
        self._change("UPDATE fiscal_orders SET asked = asked + 1 WHERE code = ?", (code,))
        if word in ("paid", "expired"):
            self.settle(code, word)
        return word, self.found(code)["paid_at"]

    def settle(self, code: str, state: str) -> None:
        """Somebody paid, cancelled, or the day is over; a settled order stays as it is."""
        paid_at = self._clock.now().isoformat() if state == "paid" else ""
        sql = "UPDATE fiscal_orders SET state = ?, paid_at = ? WHERE code = ? AND state = 'unpaid'"
        self._change(sql, (state, paid_at, code))

    def signed(self, code: str, value: str) -> None:
        """The unit's signature was verified."""
        self._change("UPDATE fiscal_orders SET signed = ? WHERE code = ?", (value, code))

    def all(self) -> list[Any]:
        """Every order, oldest first."""
        with self._lock:
            return list(self._connection.execute("SELECT * FROM fiscal_orders ORDER BY number"))

    def _change(self, sql: str, values: tuple[Any, ...]) -> None:
        with self._lock, transaction(self._connection):
            self._connection.execute(sql, values)


class FiscalHandlers:
    """The requests, under the paths and names of ``resources/payment/interfaces.toml``; ``faults`` strike them alone."""

    def __init__(self, book: FiscalBook, account: FiscalAccount, clock: Clock, body: Body, parse: Parse) -> None:
        self.book = book
        self.faults = FaultPlan()
        self.strike_at = ""  # the one interface that faults strike, "" = whichever is asked next
        self._account = account
        self._clock = clock
        self._body = body
        self._parse = parse
        self._words = shipped_fiscal_words()

    def routes(self) -> list[Route]:
        """Every interface, all by POST."""
        answers: dict[str, Answer] = {
            "order": self._order,
            "find": self._find,
            "cancel": self._cancel,
            "status": self._status,
            "bill": self._bill,
            "unit": self._unit,
            "items": self._items,
            "signature_template": self._template,
            "signature_elements": self._elements,
            "signature": self._signature,
        }
        paths = self._words.path
        return [Route(paths[name], self._proven(name, answer), methods=["POST"]) for name, answer in answers.items()]

    def _strikes(self, name: str, fault: BackendFault) -> bool:
        return self.strike_at in ("", name) and self.faults.strikes(fault)

    def _proven(self, name: str, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def handler(request: Request) -> Response:
            raw = await self._body(request)
            if self._strikes(name, BackendFault.ERROR_500):
                return JSONResponse({"error": "planned"}, status_code=500)
            if self._strikes(name, BackendFault.REFUSE):
                return JSONResponse({"error": "planned"}, status_code=422)
            if self._strikes(name, BackendFault.SLOW):
                await asyncio.sleep(_SLOW_S)
            try:
                self._require_proof(request, raw)
            except NotAllowed as error:
                return JSONResponse({"error": error.code}, status_code=403)
            try:
                said = await run_in_threadpool(answer, self._parse(raw), request.headers.get("idempotency-key", ""))
            except WorkstationError as error:
                return JSONResponse({"error": error.code}, status_code=422)
            if self._strikes(name, BackendFault.DROP_AFTER):
                raise ClientDisconnect  # the line breaks before the answer
            return JSONResponse(said)

        return handler

    def _require_proof(self, request: Request, raw: bytes) -> None:
        moment = request.headers.get("x-time", "")
        now_ms = int(1000 * self._clock.now().timestamp())
        fresh = (
            moment.isascii() and moment.isdecimal() and len(moment) <= 16 and abs(int(moment) - now_ms) <= _CLOCK_SKEW_MS
        )
        known = self._account.app_id and request.headers.get("x-app-id", "") == self._account.app_id
        if not known or not fresh:
            raise NotAllowed("TRM-101")
        message = signed_text(moment, request.url.path, raw)
        check_proof(self._account.app_key, message, request.headers.get("x-proof", ""))

    # -- answers ---------------------------------------------------------------------------------------

    def _order(self, body: dict[str, Any], key: str) -> dict[str, Any]:
        f = self._words.field
        items, total = body.get(f["items"]), body.get(f["total"])
        sums = [item.get(f["item_fen"]) for item in items] if isinstance(items, list) else []
        whole = [fen for fen in sums if isinstance(fen, int) and fen > 0]
        if not key or not whole or len(whole) != len(sums) or sum(whole) != total:
            raise _Refusal("NET-105")
        return self._slip(self.book.order(key, json.dumps(body, ensure_ascii=False, sort_keys=True), sum(whole)))

    def _find(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        return self._slip(self._row(body))

    def _slip(self, row: Any) -> dict[str, Any]:
        f = self._words.field
        return {
            f["code"]: row["code"],
            f["total"]: row["fen"],
            f["deadline"]: row["deadline"],
            f["unit_name"]: UNIT_NAME,
            f["notice_number"]: f"TZ{row['number']:08}",
            f["check_code"]: f"{row['number']:06x}",
            f["channels"]: ["银行柜面", "手机银行", "微信", "支付宝"],
        }

    def _cancel(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        row = self._row(body)
        if row["state"] in ("paid", "expired"):
            raise _Refusal("NET-105")  # L11026
        self.book.settle(row["code"], "cancelled")
        return {}

    def _status(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        f, v = self._words.field, self._words.value
        word, paid_at = self.book.asked(self._row(body)["code"])
        if word == "unknown":
            return {f["payment_state"]: "处理中", f["order_state"]: v["valid"]}
        states = {"paid": v["valid"], "unpaid": v["valid"], "expired": v["expired"], "cancelled": v["cancelled"]}
        paid = v["paid"] if word == "paid" else v["unpaid"]
        return {f["payment_state"]: paid, f["order_state"]: states[word], f["paid_at"]: paid_at}

    def _bill(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        row, f = self._row(body), self._words.field
        if row["state"] != "paid":
            raise _Refusal("NET-105")
        number = f"{row['number']:010}"
        lines = (
            "财政电子票据（训练样张，不作凭证）",
            f"票据号码 {number}",
            f"缴款码 {row['code']}",
            f"金额 {yuan(row['fen'])} 元",
        )
        pdf = _drawn_page((*lines, f"开票日期 {_day(row['paid_at'])}"))
        return {
            f["bill_code"]: "99990126",
            f["bill_number"]: number,
            f["check_code"]: f"{row['number']:06x}",
            f["bill_file"]: base64.b64encode(pdf).decode(),
        }

    def _unit(self, _: dict[str, Any], __: str) -> dict[str, Any]:
        return {self._words.field["unit_name"]: UNIT_NAME, self._words.field["unit_state"]: "启用"}

    def _items(self, _: dict[str, Any], __: str) -> dict[str, Any]:
        f = self._words.field
        return {f["items"]: [dict(zip((f["item_code"], f["item_name"], f["item_fen"]), row, strict=True)) for row in ITEMS]}

    def _template(self, _: dict[str, Any], __: str) -> dict[str, Any]:
        return {self._words.field["template"]: _TEMPLATE}

    def _elements(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        row, f = self._row(body), self._words.field
        serial = json.loads(row["body"]).get(f["serial"], "")
        values = (row["code"], serial, yuan(row["fen"]), UNIT_NAME)
        return {f["elements"]: dict(zip((f["code"], f["serial"], f["total"], f["unit_name"]), values, strict=True))}

    def _signature(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        row, f = self._row(body), self._words.field
        text, value, public = (str(body.get(f[name], "")) for name in ("signed_text", "signature", "certificate"))
        if row["code"] not in text:
            raise _Refusal("NET-105")
        check_signature(Signature(public, value), text.encode(), "")
        self.book.signed(row["code"], value)
        return {}

    def _row(self, body: dict[str, Any]) -> Any:
        return self.book.found(str(body.get(self._words.field["code"], "")))

    # -- the trainer's hand ----------------------------------------------------------------------------

    async def control(self, request: Request) -> Response:
        """``{"script": [word, …]}`` for orders made from now on, ``{"fault": name, "times": n}``, ``{"pay": code}``."""
        body = self._parse(await self._body(request))
        try:
            if "script" in body:
                words = tuple(str(word) for word in body["script"])
                self.book.script = _known_words(words)
            if "fault" in body:
                self.faults.plan(BackendFault(body["fault"]), int(body["times"]))
            if "pay" in body:
                await run_in_threadpool(self.book.settle, str(body["pay"]), "paid")
        except (KeyError, ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({})


def _known_words(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words or not set(words) <= set(WORDS):
        raise ValueError(words)
    return words


def _drawn_page(lines: tuple[str, ...]) -> bytes:
    """A PDF page whose words are a picture: made in a moment, and nobody takes it for a real bill."""
    font_path = chinese_font()
    font = ImageFont.truetype(str(font_path), 44, index=simplified_face(font_path))
    page = Image.new("L", (1240, 1754), 255)  # A4 at 150 dpi
    ImageDraw.Draw(page).multiline_text((120, 160), "\n".join(lines), fill=0, font=font, spacing=28)
    pdf = io.BytesIO()
    page.save(pdf, "PDF", resolution=150)
    return pdf.getvalue()


def _day(moment: str) -> str:
    return datetime.fromisoformat(moment).date().isoformat()
