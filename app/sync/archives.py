"""Archive files on their way to the back end: every page with its digest, then the file; done only with its receipt."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from app.config.clock import Clock
from app.domain.archive_batch import ArchiveFile, ArchivePage
from app.domain.archive_query import Loan
from app.domain.errors import NetworkFault, NotAllowed, StoreFault
from app.security.digest import sm3_hex
from app.store.archive import ArchiveRows
from app.store.archive_files import ArchiveFileRows
from app.sync.client import API, BackendClient, RefusedByBackend
from app.sync.drain import DrainReport, back_off_s, passed_over

_BATCH = 10
_NOT_ALLOWED = 451


class ArchiveClient:
    """The back end's archive. Thread: one at a time, as its connection. Raises what ``BackendClient.send`` raises."""

    def __init__(self, backend: BackendClient) -> None:
        self._backend = backend

    def send_page(self, file: ArchiveFile, page: ArchivePage, data: bytes) -> str:
        """One page; the receipt."""
        metadata = {"serial": file.serial, "kind": file.kind, "type": page.standing.type, "department": file.department}
        answer = self._backend.ask(
            "POST",
            API + "/archives/pages",
            headers={"Idempotency-Key": f"page-{page.id}", "X-SM3": page.digest},
            data={"metadata": json.dumps(metadata, ensure_ascii=False)},
            files={"image": ("page", data, page.media_type)},
        )
        return _text(answer, "receipt")

    def send_file(self, file: ArchiveFile, pages: Sequence[ArchivePage]) -> str:
        """The file that these pages make; the receipt."""
        document = file_document(file, pages)
        body = json.dumps(document, ensure_ascii=False).encode()
        # A returned file that comes again with other pages is another delivery.
        key = f"archive-{sm3_hex(body)[:40]}"
        headers = {"Idempotency-Key": key, "X-SM3": sm3_hex(body), "Content-Type": "application/json"}
        return _text(self._backend.ask("POST", API + "/archives/files", headers=headers, content=body), "receipt")

    def classify(self, kind: str, pages: Mapping[str, tuple[bytes, dict[str, Any]]]) -> dict[str, tuple[str, float]]:
        """待分类批次资料提交: digest → (small picture, envelope); what the classifier says of those it could read.

        ``kind``: vehicle or driver.
        """
        rows = [
            {"digest": digest, "picture": base64.b64encode(small).decode(), "envelope": envelope}
            for digest, (small, envelope) in pages.items()
        ]
        return _types(self._backend.ask("POST", f"{API}/archives/classify/{kind}", json={"pages": rows}))

    def classified(self, kind: str, digests: Sequence[str]) -> dict[str, tuple[str, float]]:
        """分类结果缓存: what is known already of these pages."""
        return _types(self._backend.ask("POST", f"{API}/archives/classified/{kind}", json={"digests": list(digests)}))

    def find(self, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        """Files of every department by what is asked of them; no pictures."""
        files = self._backend.ask("POST", API + "/archives/query", json=dict(asked)).get("files")
        if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
            raise NetworkFault("NET-107")
        return files

    def page(self, digest: str, department: str, officer: str, loan: str = "") -> bytes:
        """A page's bytes. Raises NotAllowed ARC-130 without a permission, ARC-140 for other bytes than those asked for."""
        asked = {"digest": digest, "department": department, "officer": officer, "loan": loan}
        try:
            data = self._backend.fetch("POST", API + "/archives/pages/fetch", json=asked)
        except RefusedByBackend as error:
            if error.params.get("status") == _NOT_ALLOWED:
                raise NotAllowed("ARC-130") from error
            raise
        if sm3_hex(data) != digest:
            raise NotAllowed("ARC-140")
        return data

    def ask_loan(self, kind: str, serial: str, department: str, officer: str, reason: str) -> str:
        """调阅申请; its id."""
        asked = {"kind": kind, "serial": serial, "department": department, "officer": officer, "reason": reason}
        return _text(self._backend.ask("POST", API + "/archives/loans", json=asked), "id")

    def loans(self, department: str) -> tuple[Loan, ...]:
        """What this department asked for, the latest first."""
        rows = self._backend.ask("POST", API + "/archives/loans/query", json={"department": department}).get("loans")
        names = ("id", "kind", "serial", "officer", "reason", "state", "until")
        try:
            return tuple(Loan(*(str(row[name]) for name in names)) for row in rows)  # type: ignore[union-attr]
        except (TypeError, KeyError) as error:
            raise NetworkFault("NET-107") from error

    def decide_loan(self, loan: str, *, grant: bool, days: float) -> None:
        """调档授权, by the department that holds the file."""
        self._backend.ask("POST", f"{API}/archives/loans/{loan}/decide", json={"grant": grant, "days": days})


def file_document(file: ArchiveFile, pages: Sequence[ArchivePage]) -> dict[str, Any]:
    """What is said of a file beside its pictures."""
    return {
        "serial": file.serial,
        "kind": file.kind,
        "business": file.business,
        "facts": asdict(file.facts),
        "department": file.department,
        "scanned_by": file.scanned_by,
        "scanned": file.scanned.isoformat(),
        "accepted_by": file.officer,
        "signed_by": file.second,
        "related": file.related,
        "pages": [
            {
                "digest": page.digest,
                "type": page.standing.type,
                "turn": page.standing.turn,
                "crop": list(page.standing.crop),
                "decided_by": page.standing.by,
                "signed_by": page.standing.passed_by,
            }
            for page in pages
        ],
    }


class ArchiveLane:
    """Sends accepted files, oldest first; ``tidy`` after each pass. Thread: one pass at a time."""

    def __init__(
        self,
        rows: ArchiveRows,
        files: ArchiveFileRows,
        client: ArchiveClient,
        clock: Clock,
        tidy: Callable[[], object] = lambda: None,
    ) -> None:
        self._rows = rows
        self._tidy = tidy
        self._files = files
        self._client = client
        self._clock = clock
        self._jitter = random.Random()  # noqa: S311 - spreads load, keeps no secret

    def run_once(self) -> DrainReport:
        """Everything that is due. Raises StoreFault only when the store itself fails."""
        report = passed_over(self._files.due, self._sent, self._clock, _BATCH)
        self._tidy()
        return report

    def _sent(self, file: ArchiveFile) -> str:
        pages = [page for page in self._files.pages(file) if page.counts]
        try:
            for page in pages:
                if not page.receipt:
                    self._files.page_sent(page.id, self._client.send_page(file, page, self._rows.data(page.id)))
            self._files.sent(file, self._client.send_file(file, pages))
        except RefusedByBackend as error:
            self._files.give_back(file, error.code)
            return f"refused {error.code}"
        except NetworkFault as error:
            wait = timedelta(seconds=back_off_s(self._files.attempts(file), self._jitter.random()))
            self._files.put_off(file, error.code, self._clock.now() + wait)
            return error.code
        except StoreFault as error:
            # A page that cannot be read here must not keep the others from leaving.
            self._files.give_back(file, error.code)
            return f"refused {error.code}"
        except NotAllowed:
            return "refused ARC-121"  # returned by an officer while it was on its way
        return ""


def _text(answer: dict[str, Any], name: str) -> str:
    text = answer.get(name)
    if not isinstance(text, str) or not text:
        raise NetworkFault("NET-107")
    return text


def _types(answer: dict[str, Any]) -> dict[str, tuple[str, float]]:
    known = answer.get("known")
    try:
        return {str(digest): (str(row["type"]), float(row["confidence"])) for digest, row in known.items()}  # type: ignore[union-attr]
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise NetworkFault("NET-107") from error
