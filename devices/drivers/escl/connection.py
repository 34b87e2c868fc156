"""HTTP to one scanner: every exchange bounded in time and bytes, never beyond the address in the settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from devices.drivers.escl.elements import LARGEST_DOCUMENT
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceError, DeviceLost, DeviceSilent, PictureBroken

_CONNECT_S = 4.0
_ANSWER_S = 6.0
_LEAVE_S = 2.0
# A page of the eSCL kind comes as JPEG; A3 at 600 dpi of noise stays below this.
LARGEST_PAGE = 128 * 2**20
_LONGEST_PATH = 512


@dataclass(frozen=True)
class Answer:
    """Status code, lower-case header names, body up to its bound."""

    code: int
    kind: str
    location: str
    body: bytes


class EsclConnection:
    """One keep-alive client. Thread: one."""

    def __init__(self, url: str, certificate: Path | None = None) -> None:
        """``certificate``: the scanner's own, PEM; needed for https and nothing else is trusted. Raises BadAddress."""
        try:
            self._base = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise BadAddress(url[:100]) from error
        if self._base.scheme not in ("http", "https") or not self._base.host:
            raise BadAddress(url[:100])
        if self._base.scheme == "https" and certificate is None:
            raise BadAddress("certificate=?")
        verify = httpx.create_ssl_context(verify=False)
        if certificate is not None:
            try:
                verify.load_verify_locations(certificate)
            except (OSError, ValueError) as error:
                raise BadAddress(f"certificate={certificate}") from error
            # Pinned: only this certificate ends a chain, whatever name it is for (scanners rarely know theirs).
            verify.verify_flags |= type(verify.verify_flags).VERIFY_X509_PARTIAL_CHAIN
            verify.verify_mode = type(verify.verify_mode).CERT_REQUIRED
        timeout = httpx.Timeout(_ANSWER_S, connect=_CONNECT_S)
        self._http = httpx.Client(verify=verify, timeout=timeout, trust_env=False, follow_redirects=False)

    def get(self, name: str) -> Answer:
        """A document under the root. Raises DeviceAbsent, DeviceLost, DeviceSilent."""
        return self._exchange("GET", self._path(name), LARGEST_DOCUMENT, _ANSWER_S)

    def post(self, name: str, body: bytes) -> Answer:
        """A new job."""
        return self._exchange("POST", self._path(name), LARGEST_DOCUMENT, _ANSWER_S, content=body)

    def page(self, job: str, timeout_s: float, go_on: Callable[[], None]) -> Answer:
        """NextDocument of a job. ``go_on`` is called between pieces and raises to stop."""
        return self._exchange("GET", f"{job}/NextDocument", LARGEST_PAGE, timeout_s, go_on=go_on)

    def delete(self, job: str) -> None:
        """End a job; a scanner that is gone has ended it too."""
        try:
            self._exchange("DELETE", job, LARGEST_DOCUMENT, _LEAVE_S)
        except DeviceError:
            return

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def _path(self, name: str) -> str:
        return f"{self._base.path.rstrip('/')}/{name}"

    def job_path(self, location: str) -> str:
        """The path of a Location header: its host is not believed. Raises DeviceLost for nonsense."""
        try:
            path = httpx.URL(location).path
        except httpx.InvalidURL as error:
            raise DeviceLost("Location", "SCN-106") from error
        if not path.startswith("/") or not path.strip("/") or len(path) > _LONGEST_PATH:
            raise DeviceLost("Location", "SCN-106")
        return path.rstrip("/")

    def _exchange(
        self,
        method: str,
        path: str,
        most: int,
        timeout_s: float,
        *,
        content: bytes | None = None,
        go_on: Callable[[], None] | None = None,
    ) -> Answer:
        deadline = time.monotonic() + timeout_s
        headers = {"Content-Type": "text/xml"} if content is not None else {}
        patience = httpx.Timeout(max(timeout_s, 0.1), connect=_CONNECT_S)
        begun = False
        try:
            url = self._base.copy_with(path=path, query=None)
            with self._http.stream(method, url, content=content, headers=headers, timeout=patience) as answer:
                begun = True
                body = bytearray()
                # One read gives at most what has come: a slow body is measured against the whole deadline.
                for piece in answer.iter_raw():
                    body += piece
                    if len(body) > most:
                        raise PictureBroken("too large", "SCN-109")
                    if time.monotonic() > deadline:
                        raise DeviceSilent(path)
                    if go_on is not None:
                        go_on()
                return Answer(
                    answer.status_code,
                    answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
                    answer.headers.get("Location", ""),
                    bytes(body),
                )
        except httpx.ConnectTimeout as error:
            raise DeviceAbsent(str(error)) from error
        except httpx.TimeoutException as error:
            raise DeviceSilent(path) from error
        except httpx.ConnectError as error:
            raise DeviceAbsent(str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if begun and go_on is not None:
                raise PictureBroken(str(error), "SCN-109") from error
            raise DeviceLost(str(error), "SCN-106") from error
