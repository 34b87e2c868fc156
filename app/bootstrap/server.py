"""Runs the embedded back end: its library, its account, the same examiner as the workstation, uvicorn."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from app.archive.classify import picture_types
from app.archive.page_model import page_model
from app.archive.small_picture import Envelope
from app.bootstrap.picture import PictureParts, picture_parts
from app.bootstrap.training_account import training_account
from app.config.clock import SystemClock
from app.config.fonts import chinese_font
from app.config.matters import shipped_catalogue
from app.domain.errors import BadInput
from app.domain.judgement import QualityReport
from app.domain.photo_standard import PhotoStandard
from app.photo.standards import load_standards
from app.training.applications import Submitted
from app.training.invented import Inventor
from app.training.library import PhotoLibrary
from app.training.server import LibraryAccount, LibraryService


class _Examination:
    """检测, with the models loaded at the first question. Thread: any."""

    def __init__(self) -> None:
        self._parts: PictureParts | None = None
        self._loading = threading.Lock()

    def __call__(self, image: bytes, standard: PhotoStandard) -> QualityReport:
        """The quality report of an issued photo. Raises BadInput IMG-…."""
        with self._loading:
            if self._parts is None:
                self._parts = picture_parts()
        return self._parts.examiner.assess(image, standard)


# What the requirement lets people apply for online and bring the originals to the window for (L8658, L8680).
_APPLIED_FOR = "population"
_AT_FIRST = 6


def _invent(count: int) -> list[Submitted]:
    """Applications for a trainee; the catalogue and the font are read when the first is wanted."""
    matters = [matter for matter in shipped_catalogue().matters if matter.police_line.id == _APPLIED_FOR]
    return Inventor(matters, chinese_font(), SystemClock().now().date())(count)


def require_loopback(host: str, *, beyond_loopback: bool) -> None:
    """Raises BadInput CLI-104 for an address others can reach, unless that was asked for in words."""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local and not beyond_loopback:
        raise BadInput("CLI-104", host=host)


def type_of(small: bytes, envelope: dict[str, Any], kind: str) -> tuple[str, float]:
    """Behind 待分类批次资料提交: the image model alone. Raises BadInput ARC-111, TypeError for an envelope."""
    shares = picture_types(page_model(), small, Envelope(**envelope), kind)
    return max(shares.items(), key=lambda each: each[1])


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
        LibraryAccount(account.backend_account, account.backend_password, account.fiscal),
        SystemClock(),
        examine=_Examination(),
        standards=load_standards(),
        invent=_invent,
        type_of=type_of,
    )
    if not library.applications.since(0, 1)[0]:
        for submitted in _invent(_AT_FIRST):
            library.applications.submit(submitted)
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
