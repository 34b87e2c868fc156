"""Speaks to the back end: login, 原图上传, 照片上传, 质检, 提交业务, 办理过程; every wait is bounded, every answer classed.

Beyond loopback only https is spoken. The metadata travel as JSON beside the picture in one multipart request, with the
item's idempotency key and the SM3 digest of the bytes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from app.config.matter_answers import LARGEST_ANSWERS
from app.domain.cases.application import ApplicationPage, ApplicationPaper, CaseAnswer
from app.domain.cases.case import BackendWord
from app.domain.errors import BadInput, NetworkFault
from app.domain.inspecting import InspectionAnswer, InspectionQuestion, InspectionReason
from app.domain.records import OutboxKind
from app.security.digest import sm3_hex
from app.store.outbox import CaseContent, OutboxContent
from app.store.rows import recipe_json
from app.sync.application_wire import PAGE, page_of, require_announced
from app.sync.case_wire import backend_word, case_document

API = "/api/v1"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
READ_S, _CONNECT_S = 15.0, 4.0
_UNAUTHORISED = 401
_REASONS_MAX, _REASON_MAX = 60, 200  # of an answer, so that a broken one cannot fill the trail


class RefusedByBackend(NetworkFault):
    """The back end will never take this as it is: an officer must look."""


def require_safe_url(url: str) -> str:
    """Raises BadInput NET-121 for anything but https, or plain http to this machine itself."""
    try:
        parts = urlsplit(url)
        host, scheme = parts.hostname, parts.scheme
    except ValueError as error:
        raise BadInput("NET-121") from error
    if scheme == "https" and host:
        return url.rstrip("/")
    if scheme == "http" and host in _LOOPBACK:
        return url.rstrip("/")
    raise BadInput("NET-121")


class BackendClient:
    """Thread: one at a time. Holds the connection and the token, nothing on disk."""

    def __init__(
        self,
        url: str,
        account: str,
        password: str,
        *,
        terminal: str,
        read_s: float = READ_S,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._login = {"account": account, "password": password, "terminal": terminal}
        self._http = connection(url, transport, read_s)
        self._token = ""

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def send(self, content: OutboxContent) -> str:
        """Deliver one item; the back end's receipt.

        Raises:
            RefusedByBackend: NET-105 not accepted as it is, NET-106 the key was used for other bytes.
            NetworkFault: NET-101 unreachable, NET-102 no answer in time, NET-103 the account is refused,
                NET-104 the server has trouble, NET-107 an answer we do not understand.
        """
        path = "/originals" if content.item.kind is OutboxKind.ORIGINAL else "/photos"
        answer = self._request(
            "POST",
            API + path,
            headers={"Idempotency-Key": content.item.idempotency_key, "X-SM3": sm3_hex(content.data)},
            data={"metadata": json.dumps(metadata_of(content), ensure_ascii=False)},
            files={"image": ("image.jpg", content.data, "image/jpeg")},
        )
        return _receipt(answer)

    def send_case(self, content: CaseContent) -> str:
        """提交业务, or one of the case's papers; the back end's receipt. Raises as ``send``."""
        key = content.item.idempotency_key
        if content.item.kind is OutboxKind.CASE:
            body = json.dumps(case_document(content), ensure_ascii=False).encode()
            headers = {"Idempotency-Key": key, "X-SM3": sm3_hex(body), "Content-Type": "application/json"}
            return _receipt(self._request("POST", API + "/cases", headers=headers, content=body))
        metadata = {"办件编号": content.item.case_number, "材料": content.item.material}
        answer = self._request(
            "POST",
            API + "/cases/materials",
            headers={"Idempotency-Key": key, "X-SM3": sm3_hex(content.data)},
            data={"metadata": json.dumps(metadata, ensure_ascii=False)},
            files={"image": ("material", content.data, "application/octet-stream")},
        )
        return _receipt(answer)

    def case_words(self, after: int) -> list[BackendWord]:
        """办理过程信息: what was said of cases after that sequence number, in order. Raises as ``send``."""
        rows = self._request("GET", API + "/cases/events", params={"after": str(after)}).get("events")
        if not isinstance(rows, list):
            raise NetworkFault("NET-107")
        return [backend_word(row) for row in rows]

    def photos_of(self, id_number: str, photo_library: str = "") -> list[dict[str, Any]]:
        """照片下载: what one photo library holds of a person. Raises as ``send``."""
        body = {"id_number": id_number, "photo_library": photo_library}
        answer = self._request("POST", API + "/photos/query", json=body)
        photos = answer.get("photos")
        if not isinstance(photos, list):
            raise NetworkFault("NET-107")
        return photos

    def image(self, number: str, photo_library: str = "") -> bytes:
        """照片下载: one issued photo's bytes. Raises as ``send``."""
        return self._response("GET", f"{API}/photos/{number}/image", params={"photo_library": photo_library}).content

    def inspect(self, question: InspectionQuestion) -> InspectionAnswer:
        """质检: the library's own verdict on a photo. Raises as ``send``."""
        metadata = {
            "standard": question.standard_id,
            "standard_version": question.standard_version,
            "exceptions": question.exceptions,
            "photo_library": question.photo_library,
            "number": question.number,
        }
        answer = self._request(
            "POST",
            API + "/inspections",
            headers={"Idempotency-Key": question.key, "X-SM3": sm3_hex(question.image)},
            data={"metadata": json.dumps(metadata, ensure_ascii=False)},
            files={"image": ("image.jpg", question.image, "image/jpeg")},
        )
        return _inspection(answer)

    def reuse(self, id_number: str, service: str, photo_library: str = "") -> dict[str, Any]:
        """复用: hand the person's passed photo of a service in a library on to that service. Raises as ``send``."""
        body = {"id_number": id_number, "service": service, "photo_library": photo_library}
        return self._request("POST", API + "/reuse", json=body)

    def matter_answers(self, revision: str) -> bytes:
        """What the back end fills into the catalogue, as it came; b"" while ``revision`` is the last. Raises as ``send``.

        Raises NET-107 beyond 8 MiB.
        """
        content = self._response("GET", API + "/matters/answers", params={"revision": revision}).content
        if len(content) > LARGEST_ANSWERS:
            raise NetworkFault("NET-107")
        return content

    def registers(self, matter: str, id_number: str, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """What the back end's registers know for a form: field → text. Raises as ``send``.

        ``fields``: field → the registers that may know it (居民, 户, 机动车 …), by their names in the catalogue.
        """
        body = {"matter": matter, "id_number": id_number, "fields": {key: list(names) for key, names in fields.items()}}
        known = self._request("POST", API + "/registers/query", json=body).get("fields")
        if not isinstance(known, dict) or not all(isinstance(text, str) for text in known.values()):
            raise NetworkFault("NET-107")
        return known

    def licence(self, material: str, id_number: str) -> bytes:
        """电子证照: the person's licence that serves as a material, a PDF or picture; b"" for none. Raises as ``send``."""
        answer = self._response("GET", API + "/licences", params={"material": material, "id_number": id_number})
        return answer.content

    def terminals(self) -> list[dict[str, Any]]:
        """Every registered terminal with its last heartbeat. Raises as ``send``."""
        found = self._request("GET", API + "/terminals").get("terminals")
        if not isinstance(found, list):
            raise NetworkFault("NET-107")
        return found

    def approve_terminal(self, app_id: str) -> str:
        """审核通过: the terminal's APPKEY, told this once. Raises as ``send``."""
        return str(self._request("POST", f"{API}/terminals/{quote(app_id, safe='')}/approve").get("appkey", ""))

    def applications_since(self, cursor: str) -> ApplicationPage:
        """网上办件: what came, or came again, since ``cursor`` ("" = everything), oldest first. Raises as ``send``."""
        return page_of(self._request("GET", API + "/applications", params={"after": cursor, "limit": PAGE}))

    def application_paper(self, number: str, paper: ApplicationPaper) -> bytes:
        """One of its materials, byte for byte. Raises as ``send``, NET-107 when it is not what was announced."""
        path = f"{API}/applications/{quote(number, safe='')}/papers/{quote(paper.id, safe='')}"
        return require_announced(paper, self._response("GET", path).content)

    def answer_application(self, answer: CaseAnswer) -> str:
        """办理过程信息: tell one step; the receipt, the same for the same key. Raises as ``send``."""
        body = json.dumps(dict(answer.document), ensure_ascii=False).encode()
        # The action names presses and cases; outside it goes as a digest.
        headers = {"Idempotency-Key": sm3_hex(answer.key.encode()), "Content-Type": "application/json"}
        path = f"{API}/applications/{quote(answer.number, safe='')}/answers"
        receipt = self._request("POST", path, content=body, headers=headers).get("receipt")
        if not isinstance(receipt, str) or not receipt:
            raise NetworkFault("NET-107")
        return receipt

    # -- the wire --------------------------------------------------------------------------------------

    def ask(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        """One question of a room of its own (see app/sync/archives.py), signed in; the JSON object. Raises as ``send``."""
        return self._request(method, path, **arguments)

    def fetch(self, method: str, path: str, **arguments: Any) -> bytes:
        """The same for bytes. Raises as ``send``."""
        return self._response(method, path, **arguments).content

    def _request(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        return document_of(self._response(method, path, **arguments))

    def _response(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        if not self._token:
            self._sign_in()
        response = self._exchange(method, path, **arguments)
        if response.status_code == _UNAUTHORISED:
            self._sign_in()  # the token has run out: once more with a fresh one
            response = self._exchange(method, path, **arguments)
        require_good(response)
        return response

    def _sign_in(self) -> None:
        self._token = ""
        response = self._exchange("POST", API + "/login", json=self._login)
        if response.status_code in (400, _UNAUTHORISED, 403):
            raise NetworkFault("NET-103")
        require_good(response)
        try:
            token = response.json()["token"]
        except (ValueError, KeyError, TypeError) as error:
            raise NetworkFault("NET-107") from error
        self._token = str(token)

    def _exchange(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = dict(arguments.pop("headers", {}))
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        return exchange(self._http, method, path, headers=headers, **arguments)


def connection(url: str, transport: httpx.BaseTransport | None = None, read_s: float = READ_S) -> httpx.Client:
    """A connection with bounded waits. Raises BadInput NET-121 for an unsafe address."""
    timeout = httpx.Timeout(read_s, connect=min(read_s, _CONNECT_S))
    return httpx.Client(base_url=require_safe_url(url), timeout=timeout, transport=transport, trust_env=False)


def exchange(http: httpx.Client, method: str, path: str, **arguments: Any) -> httpx.Response:
    """One question and its answer, whatever it says. Raises NetworkFault NET-101, NET-102."""
    try:
        return http.request(method, path, **arguments)
    except httpx.TimeoutException as error:
        raise NetworkFault("NET-102") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NetworkFault("NET-101") from error


def document_of(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer. Raises NetworkFault NET-107."""
    try:
        answer = response.json()
    except ValueError as error:
        raise NetworkFault("NET-107") from error
    if not isinstance(answer, dict):
        raise NetworkFault("NET-107")
    return answer


def require_good(response: httpx.Response) -> None:
    """Raises NetworkFault, RefusedByBackend for an answer that is not "yes"."""
    code = response.status_code
    if code in {_UNAUTHORISED, 403}:
        raise NetworkFault("NET-103")
    if code == 409:
        raise RefusedByBackend("NET-106")
    if 400 <= code < 500 and code not in (408, 429):
        raise RefusedByBackend("NET-105", status=code)
    if not 200 <= code < 300:
        raise NetworkFault("NET-104", status=code)


def _receipt(answer: dict[str, Any]) -> str:
    receipt = answer.get("receipt")
    if not isinstance(receipt, str) or not receipt:
        raise NetworkFault("NET-107")
    return receipt


def _inspection(answer: dict[str, Any]) -> InspectionAnswer:
    """Every field in its own type, or it is no answer. Raises NetworkFault NET-107."""
    receipt, passed, reasons = answer.get("receipt"), answer.get("passed"), answer.get("reasons")
    if not isinstance(receipt, str) or not receipt or not isinstance(passed, bool) or not isinstance(reasons, list):
        raise NetworkFault("NET-107")
    try:
        return InspectionAnswer(
            receipt=receipt,
            passed=passed,
            reasons=tuple(InspectionReason(str(r["id"]), str(r["text"])[:_REASON_MAX]) for r in reasons[:_REASONS_MAX]),
            checked=_local_time(str(answer["checked"])),
            duration_ms=_whole_time(float(answer["ms"])),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise NetworkFault("NET-107") from error


def _local_time(text: str) -> datetime:
    """A time without its zone cannot be compared with ours. Raises ValueError."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time


def _whole_time(ms: float) -> float:
    """Raises ValueError for what no clock can have measured."""
    if not math.isfinite(ms) or ms < 0:
        raise ValueError(ms)
    return ms


def question_of(content: OutboxContent) -> InspectionQuestion:
    """The question about a stored photo, under the item's key."""
    photo = content.photo
    return InspectionQuestion(
        key=content.item.idempotency_key,
        image=content.data,
        standard_id=photo.standard_id,
        standard_version=photo.standard_version,
        exceptions=content.exceptions,
        photo_library=content.item.photo_library,
        number=photo.number,
    )


def metadata_of(content: OutboxContent) -> dict[str, Any]:
    """What travels beside the picture: whose, when, where, by whom, how made, how judged."""
    photo, shot = content.photo, content.shot
    common = {
        "name": photo.applicant.name,
        "id_number": photo.applicant.id_number,
        "document": photo.applicant.document,
        "session": photo.session_id,
        "shot": shot.id,
        "taken": shot.taken.isoformat(),
        "device": shot.device,
        "officer": photo.officer,
        "station": asdict(photo.station),
        "photo_library": content.item.photo_library,
    }
    if content.item.kind is OutboxKind.ORIGINAL:
        return common | {"shot_digest": shot.digest}
    return common | {
        "number": photo.number,
        "standard": photo.standard_id,
        "standard_version": photo.standard_version,
        "service": photo.service,
        "recipe": json.loads(recipe_json(photo.recipe)),
        "report": json.loads(photo.report_json),
        "passed": photo.passed,
        "forced_reason": photo.forced_reason,
        "saved": photo.saved.isoformat(),
    }
