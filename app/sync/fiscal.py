"""Speaks to the finance system (公安非税, 国标系统): 订单申请, 订单状态查询, 取消订单, 财政电子票据下载, 单位电子签名.

Names of paths and fields are data (``resources/payment/interfaces.toml``). Every message carries the proof of a shared key
and, for an order, its own key, so that the same order asked for again gets the same code. Every wait is bounded.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from app.config.payment import FiscalWords
from app.domain.errors import BadInput, NetworkFault
from app.domain.fees import ElectronicBill, FeeEvent, FeeOrder, FeeWord, FiscalAccount, PaymentSlip
from app.domain.matters.filling import MOST_FEN, MOST_ROWS
from app.domain.matters.matter import FeeItem
from app.sync.client import RefusedByBackend, connection, document_of, exchange, require_good
from app.sync.terminal import proven_headers

_PDF = b"%PDF-"
_LARGEST_BILL = 8 * 2**20
_LONGEST_TEXT = 400
_MOST_CHANNELS = 12
_BLANK = re.compile(r"\{([^{}]{1,60})\}")
# What the photo library's line says of itself, in the words of fees.
_SAID = {
    "NET-101": "FEE-121",
    "NET-102": "FEE-122",
    "NET-103": "FEE-123",
    "NET-104": "FEE-124",
    "NET-105": "FEE-125",
    "NET-106": "FEE-125",
    "NET-107": "FEE-127",
}


@dataclass(frozen=True)
class CollectingUnit:
    """执收单位信息."""

    code: str
    name: str
    state: str


@dataclass(frozen=True)
class UnitSignature:
    """单位电子签名: who signed (public key, hex) and the value (hex)."""

    public: str
    value: str


class FiscalClient:
    """Thread: one at a time. Raises, beside what a method says:

    NetworkFault FEE-121 unreachable, FEE-122 no answer in time, FEE-123 our key is refused, FEE-124 the other side has
    trouble, FEE-127 an answer that is not understood; RefusedByBackend FEE-125 not taken as it is.
    """

    def __init__(
        self,
        url: str,
        account: FiscalAccount,
        words: FiscalWords,
        read_s: float,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._account = account
        self._words = words
        try:
            self._http = connection(url, transport, read_s)
        except BadInput as error:
            raise BadInput("FEE-126") from error

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    # -- orders ----------------------------------------------------------------------------------------

    def order(self, order: FeeOrder) -> PaymentSlip:
        """订单申请. The same order again gets the same code."""
        demand, f = order.demand, self._words.field
        body = {
            f["serial"]: demand.serial,
            f["payer_name"]: demand.payer.name,
            f["payer_number"]: demand.payer.number,
            f["payer_phone"]: demand.payer.phone,
            f["items"]: [
                {f["item_code"]: item.code, f["item_name"]: item.name, f["item_fen"]: item.fen} for item in demand.items
            ],
            f["total"]: demand.total_fen,
        }
        return self._slip(self._ask("order", body, key=order.id))

    def find(self, code: str) -> PaymentSlip:
        """按缴款码查询订单."""
        return self._slip(self._ask("find", {self._words.field["code"]: code}))

    def status(self, code: str) -> FeeWord:
        """订单状态查询. A state that has no name here is NO_WORD."""
        answer = self._ask("status", {self._words.field["code"]: code})
        return self._word(answer)

    def cancel(self, code: str) -> None:
        """取消订单. Raises RefusedByBackend FEE-125 for one that is paid or overdue (L11026)."""
        self._ask("cancel", {self._words.field["code"]: code})

    def bill(self, code: str) -> ElectronicBill:
        """财政电子票据下载."""
        answer, f = self._ask("bill", {self._words.field["code"]: code}), self._words.field
        try:
            pdf = base64.b64decode(_text(answer, f["bill_file"], 2 * _LARGEST_BILL), validate=True)
        except ValueError as error:
            raise NetworkFault("FEE-127") from error
        if not pdf.startswith(_PDF) or len(pdf) > _LARGEST_BILL:
            raise NetworkFault("FEE-127")
        code, number, check = (_text(answer, f[name]) for name in ("bill_code", "bill_number", "check_code"))
        return ElectronicBill(code, number, check, pdf)

    # -- the collecting unit ---------------------------------------------------------------------------

    def unit(self) -> CollectingUnit:
        """执收单位信息查询."""
        answer, f = self._ask("unit", {}), self._words.field
        return CollectingUnit(self._account.unit_code, _text(answer, f["unit_name"]), _text(answer, f["unit_state"]))

    def items(self) -> tuple[FeeItem, ...]:
        """执收单位项目查询."""
        f = self._words.field
        rows = self._ask("items", {}).get(f["items"])
        if not isinstance(rows, list) or len(rows) > 10 * MOST_ROWS or not all(isinstance(row, dict) for row in rows):
            raise NetworkFault("FEE-127")
        return tuple(
            FeeItem(_text(row, f["item_code"]), _text(row, f["item_name"]), _whole(row, f["item_fen"])) for row in rows
        )

    # -- 单位电子签名 -------------------------------------------------------------------------------------

    def signature_template(self) -> str:
        """单位电子签名原文模板查询; asked for by hand only (L11045)."""
        return _text(self._ask("signature_template", {}), self._words.field["template"], 100_000)

    def sign(self, code: str, template: str, sign: Callable[[bytes], UnitSignature]) -> None:
        """Elements for the code, the template filled with them, signed, given back to be verified."""
        f = self._words.field
        elements = self._ask("signature_elements", {f["code"]: code}).get(f["elements"])
        if not isinstance(elements, dict) or not all(isinstance(value, str) for value in elements.values()):
            raise NetworkFault("FEE-127")
        text = filled_in(template, elements)
        made = sign(text.encode())
        self._ask(
            "signature",
            {f["code"]: code, f["signed_text"]: text, f["signature"]: made.value, f["certificate"]: made.public},
        )

    # -- the wire --------------------------------------------------------------------------------------

    def _ask(self, interface: str, body: Mapping[str, Any], key: str = "") -> dict[str, Any]:
        path = self._words.path[interface]
        whole = {self._words.field["unit_code"]: self._account.unit_code, **body}
        data = json.dumps(whole, ensure_ascii=False).encode()
        headers = proven_headers(self._account.app_id, self._account.app_key, path, data)
        if key:
            headers["Idempotency-Key"] = key
        try:
            response = exchange(self._http, "POST", path, content=data, headers=headers)
            require_good(response)
            return document_of(response)
        except RefusedByBackend as error:
            raise RefusedByBackend("FEE-125", **error.params) from error
        except NetworkFault as error:
            raise NetworkFault(_SAID[error.code], **error.params) from error

    def _slip(self, answer: Mapping[str, Any]) -> PaymentSlip:
        f = self._words.field
        channels = answer.get(f["channels"], [])
        if not isinstance(channels, list) or not all(isinstance(each, str) for each in channels):
            raise NetworkFault("FEE-127")
        return PaymentSlip(
            code=_text(answer, f["code"]),
            qr=_optional(answer, f["qr"]),
            fen=_whole(answer, f["total"]),
            deadline=_optional(answer, f["deadline"]),
            unit_name=_text(answer, f["unit_name"]),
            notice_number=_optional(answer, f["notice_number"]),
            check_code=_optional(answer, f["check_code"]),
            channels=tuple(each[:40] for each in channels[:_MOST_CHANNELS]),
        )

    def _word(self, answer: Mapping[str, Any]) -> FeeWord:
        f, v = self._words.field, self._words.value
        paid, order = answer.get(f["payment_state"]), answer.get(f["order_state"])
        if paid == v["paid"]:
            return FeeWord(FeeEvent.SAID_PAID, _moment(answer.get(f["paid_at"])))
        if paid == v["unpaid"]:
            events = {
                v["valid"]: FeeEvent.SAID_UNPAID,
                v["expired"]: FeeEvent.SAID_EXPIRED,
                v["cancelled"]: FeeEvent.SAID_CANCELLED,
            }
            return FeeWord(events.get(str(order), FeeEvent.NO_WORD))
        return FeeWord(FeeEvent.NO_WORD)


def filled_in(template: str, elements: Mapping[str, str]) -> str:
    """``{name}`` in the template is the element of that name; braces of a name that is no element stay as they are."""
    return _BLANK.sub(lambda blank: elements.get(blank.group(1), blank.group(0)), template)


def _text(answer: Mapping[str, Any], name: str, longest: int = _LONGEST_TEXT) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise NetworkFault("FEE-127")
    return value


def _optional(answer: Mapping[str, Any], name: str) -> str:
    return _text(answer, name, 2000) if answer.get(name) else ""


def _whole(answer: Mapping[str, Any], name: str) -> int:
    value = answer.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_FEN * MOST_ROWS:
        raise NetworkFault("FEE-127")
    return value


def _moment(text: object) -> datetime | None:
    """None for a time that is none or lacks its zone: that it is paid counts all the same."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
