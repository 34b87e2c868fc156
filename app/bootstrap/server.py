"""Runs the embedded back end: its library, its account, the same examiner as the workstation, uvicorn."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from app.bootstrap.picture import PictureParts, picture_parts
from app.bootstrap.training_account import training_account
from app.config.clock import SystemClock
from app.domain.errors import BadInput
from app.photo.report_json import report_to_json
from app.photo.standards import load_standards, standard_by_id
from app.training.library import PhotoLibrary
from app.training.server import LibraryAccount, LibraryService


class _Examination:
    """检测, with the models loaded at the first question."""

    def __init__(self) -> None:
        self._parts: PictureParts | None = None

    def __call__(self, image: bytes, standard_id: str) -> dict[str, Any]:
        """The quality report of an issued photo as JSON. Raises BadInput STD-103, IMG-…."""
        if self._parts is None:
            self._parts = picture_parts()
        standard = standard_by_id(self._parts.standards, standard_id)
        return report_to_json(self._parts.examiner.assess(image, standard), "", "zh_CN")


def require_loopback(host: str, *, beyond_loopback: bool) -> None:
    """Raises BadInput CLI-104 for an address others can reach, unless that was asked for in words."""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local and not beyond_loopback:
        raise BadInput("CLI-104", host=host)


def serve_backend(
    database: Path,
    objects: Path,
    *,
    host: str,
    port: int,
    beyond_loopback: bool,
    on_ready: Callable[[int], None],
) -> None:
    """Serve until interrupted. Raises BadInput CLI-104, CLI-105 port taken, StoreFault."""
    require_loopback(host, beyond_loopback=beyond_loopback)
    account = training_account()
    library = PhotoLibrary(database, objects)
    service = LibraryService(
        library,
        LibraryAccount(account.backend_account, account.backend_password),
        SystemClock(),
        examine=_Examination(),
        standards=[{"id": s.id, "version": s.version, "name": s.name_zh} for s in load_standards()],
    )
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        library.close()
        raise BadInput("CLI-105", port=port, reason=error.strerror or "") from error
    # No access log: it would keep addresses and times of people's photos outside the sealed store.
    config = uvicorn.Config(service.app, log_level="error", access_log=False, lifespan="off", timeout_keep_alive=30)
    with listener:
        on_ready(int(listener.getsockname()[1]))
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    library.close()
