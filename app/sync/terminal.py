"""Speaks to the terminal platform: registration, activation, heartbeat; proves the APPKEY and never sends it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import Any

import httpx

from app.domain.errors import NetworkFault, NotAllowed
from app.domain.terminal import Registration, require_registration
from app.security.proof import proof
from app.sync.client import API, connection, document_of, exchange, require_good

ACTIVATE, HEARTBEAT = API + "/terminals/activate", API + "/terminals/heartbeat"


def signed_text(moment: str, path: str, body: bytes) -> bytes:
    """What the proof is made over: when, what for, and every byte that is said."""
    return f"{moment}\n{path}\n".encode() + body


def proven_headers(app_id: str, app_key: str, path: str, body: bytes) -> dict[str, str]:
    """Who says ``body`` to ``path`` now, and the proof that they hold the key."""
    moment = str(time.time_ns() // 1_000_000)
    return {
        "Content-Type": "application/json",
        "X-App-Id": app_id,
        "X-Time": moment,
        "X-Proof": proof(app_key, signed_text(moment, path, body)),
    }


class TerminalClient:
    """Thread: one at a time."""

    def __init__(
        self, url: str, app_id: str = "", app_key: str = "", *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._app_id = app_id
        self._app_key = app_key
        self._http = connection(url, transport)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def register(self, registration: Registration) -> str:
        """The APPID; the platform's administrator must approve before it is of use.

        Raises BadInput TRM-103, NetworkFault NET-101 … NET-107.
        """
        require_registration(registration)
        response = exchange(self._http, "POST", API + "/terminals/register", json=asdict(registration))
        require_good(response)
        app_id = document_of(response).get("appid")
        if not isinstance(app_id, str) or not app_id:
            raise NetworkFault("NET-107")
        return app_id

    def activate(self) -> None:
        """From now on the platform counts this terminal. Raises NotAllowed TRM-101, NetworkFault."""
        self._say(ACTIVATE, {})

    def heartbeat(self, report: dict[str, Any]) -> None:
        """One report. Raises NotAllowed TRM-101, NetworkFault."""
        self._say(HEARTBEAT, report)

    def _say(self, path: str, document: dict[str, Any]) -> None:
        body = json.dumps(document, ensure_ascii=False).encode()
        headers = proven_headers(self._app_id, self._app_key, path, body)
        response = exchange(self._http, "POST", path, content=body, headers=headers)
        if response.status_code in (401, 403):
            raise NotAllowed("TRM-101")
        require_good(response)
