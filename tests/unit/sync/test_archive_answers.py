"""Whatever the back end answers about archives, it is understood whole or it is no answer (NET-107)."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import NetworkFault, NotAllowed
from app.security.digest import sm3_hex
from app.sync.archives import ArchiveClient
from app.sync.client import BackendClient

KEYS = ["known", "files", "loans", "id", "kind", "serial", "type", "confidence", "receipt", "state", "until", "d1"]
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)


def client(answer: Any) -> ArchiveClient:
    def answered(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"token": "t"})
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, content=json.dumps(answer).encode())

    transport = httpx.MockTransport(answered)
    return ArchiveClient(BackendClient("http://127.0.0.1:1", "a", "b", terminal="T", transport=transport))


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_nonsense_is_no_answer(answer: Any) -> None:
    line = client(answer)
    for ask in (
        lambda: line.classified("vehicle", ["d1"]),
        lambda: line.find({}),
        lambda: line.loans("训练一所"),
        lambda: line.ask_loan("V", "XL1", "训练一所", "zhang", "转入"),
    ):
        try:
            ask()
        except NetworkFault as fault:
            assert fault.code == "NET-107"  # noqa: PT017 - understood, or this


def test_a_page_that_is_not_what_was_asked_for_is_refused() -> None:
    line = client(httpx.Response(200, content=b"another"))
    with pytest.raises(NotAllowed) as refusal:
        line.page(sm3_hex(b"page"), "训练一所", "zhang")
    assert refusal.value.code == "ARC-140"
