"""The key in officers' parts: enough of them bring it back, fewer tell nothing, a spoilt one is named."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput, NotAllowed
from app.security.keyring import DataKey
from app.security.shares import KeyPart, joined, parts_of, read_part, recovered, root_id, split
from helpers.stores import CHEAP

ROOT = bytes(range(32))
PASSWORDS = ("Officer-One-1", "Officer-Two-2", "Officer-Three-3")


@given(st.binary(min_size=1, max_size=48), st.integers(2, 6), st.integers(0, 4))
def test_any_enough_parts_bring_the_secret_back(secret: bytes, needed: int, more: int) -> None:
    parts = dict(enumerate(split(secret, needed, needed + more), start=1))
    for chosen in itertools.islice(itertools.combinations(parts, needed), 12):
        assert joined({number: parts[number] for number in chosen}) == secret


def test_fewer_parts_fit_every_secret_alike() -> None:
    """One part of two: for each byte there is exactly one other part that makes it any secret byte."""
    part = split(b"\x2a", 2, 2)[0]
    assert {joined({1: part, 2: bytes([other])}) for other in range(256)} == {bytes([byte]) for byte in range(256)}


@pytest.mark.parametrize(("needed", "count"), [(1, 3), (4, 3), (2, 17), (0, 0)])
def test_parts_that_would_protect_nothing_or_never_fit_are_refused(needed: int, count: int) -> None:
    with pytest.raises(BadInput) as refusal:
        split(ROOT, needed, count)
    assert refusal.value.code == "KEY-110"


def test_two_of_three_officers_bring_the_key_back_each_by_a_password_of_one_s_own() -> None:
    texts = [part.to_text() for part in parts_of(DataKey(ROOT), 2, PASSWORDS, CHEAP)]
    assert all(ROOT.hex() not in text.decode() and "Officer" not in text.decode() for text in texts)
    read = [(read_part(text), password) for text, password in zip(texts, PASSWORDS, strict=True)]
    for pair in itertools.combinations(read, 2):
        assert recovered(pair) == ROOT
    assert recovered(read) == ROOT
    with pytest.raises(NotAllowed) as wrong:
        recovered([read[0], (read[1][0], "Officer-One-1")])
    assert wrong.value.code == "AUT-101"
    for few in ([read[0]], [read[0], read[0]], [read[0], _of_another_key()]):
        with pytest.raises(BadInput) as refusal:
            recovered(few)
        assert refusal.value.code == "KEY-112"


def _of_another_key() -> tuple[KeyPart, str]:
    part = parts_of(DataKey(bytes(32)), 2, PASSWORDS, CHEAP)[1]
    return part, PASSWORDS[1]


def test_a_part_moved_to_another_number_does_not_open() -> None:
    document = json.loads(parts_of(DataKey(ROOT), 2, PASSWORDS, CHEAP)[0].to_text())
    with pytest.raises(NotAllowed):
        recovered([(read_part(json.dumps({**document, "number": 2}).encode()), PASSWORDS[0])])


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_refused_in_words(text: bytes) -> None:
    with pytest.raises(BadInput) as refusal:
        read_part(text)
    assert refusal.value.code == "KEY-111"


def test_the_name_of_a_root_tells_it_from_others() -> None:
    assert root_id(ROOT) != root_id(bytes(32))
    assert ROOT.hex()[:8] not in root_id(ROOT)
