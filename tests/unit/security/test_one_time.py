"""动态口令 by HMAC-SM3: right once, at its time or in its order."""

from __future__ import annotations

import pytest
from gmssl import sm3
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.security.one_time import counter_of, new_secret, one_time_code, read_secret, secret_text, truncated


def _sm3(data: bytes) -> bytes:
    return bytes.fromhex(sm3.sm3_hash(list(data)))


def _hmac_sm3(key: bytes, message: bytes) -> bytes:
    """RFC 2104 in its own words, over another library's SM3."""
    block = key.ljust(64, b"\0")
    inner = _sm3(bytes(b ^ 0x36 for b in block) + message)
    return _sm3(bytes(b ^ 0x5C for b in block) + inner)


def test_the_digits_of_a_digest_are_those_of_the_rfc_s_example() -> None:
    assert truncated(bytes.fromhex("1f8698690e02ca16618550ef7f19da8e945b555a")) == "872921"


@given(st.binary(min_size=20, max_size=20), st.integers(0, 2**63))
def test_a_code_is_hmac_sm3_truncated(secret: bytes, counter: int) -> None:
    digest = _hmac_sm3(secret, counter.to_bytes(8, "big"))
    number = int.from_bytes(digest[digest[31] & 15 : (digest[31] & 15) + 4], "big") & 0x7FFFFFFF
    assert one_time_code(secret, counter) == f"{number % 1_000_000:06}"


@given(st.integers(5, 10**9))
def test_a_code_is_found_among_its_neighbours_only(counter: int) -> None:
    secret = b"\x07" * 20
    code = one_time_code(secret, counter)
    assert counter_of(secret, code, range(counter - 1, counter + 2)) == counter
    assert counter_of(secret, code, [counter + 2]) in {None, counter + 2}
    assert counter_of(secret, "", range(counter - 1, counter + 2)) is None
    assert counter_of(secret, "é²½", range(counter - 1, counter + 2)) is None


def test_a_secret_survives_being_typed_and_another_text_is_refused() -> None:
    secret = new_secret()
    assert read_secret(secret_text(secret)) == secret
    assert len(secret) * 8 >= 128
    with pytest.raises(BadInput, match="AUT-108"):
        read_secret("not base 32!")
