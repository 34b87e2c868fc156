"""Sealed means: only the right key, for the right purpose and owner, gets the very bytes back."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import StoreFault
from app.security.digest import sm3_hex
from app.security.keyring import DataKey
from app.security.sealing import OVERHEAD, open_sealed, seal

KEY = DataKey(bytes(range(32)))


def test_the_digest_is_sm3_as_published() -> None:
    # GB/T 32905-2016, appendix A.1: the message "abc".
    assert sm3_hex(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_cipher_is_sm4_gcm_as_published() -> None:
    # RFC 8998, appendix A.1.
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    sealer = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
    body = sealer.update(plain) + sealer.finalize()
    assert body.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    )
    assert sealer.tag.hex().upper() == "83DE3541E4C2B58177E065A9BF7B62EC"


@given(st.binary(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_what_was_sealed_comes_back(plain: bytes, purpose: str, owner: str) -> None:
    envelope = seal(KEY, plain, purpose=purpose, owner=owner)
    assert open_sealed(KEY, envelope, purpose=purpose, owner=owner) == plain
    assert len(envelope) == len(plain) + OVERHEAD


def test_the_same_picture_sealed_twice_looks_different() -> None:
    assert seal(KEY, b"x" * 50, purpose="p", owner="o") != seal(KEY, b"x" * 50, purpose="p", owner="o")


@pytest.mark.parametrize(
    ("key", "purpose", "owner", "code"),
    [
        (DataKey(bytes(32)), "p", "o", "SEA-103"),
        (KEY, "other", "o", "SEA-104"),
        (KEY, "p", "other", "SEA-104"),
        (KEY, "po", "", "SEA-104"),
    ],
)
def test_another_key_purpose_or_owner_opens_nothing(key: DataKey, purpose: str, owner: str, code: str) -> None:
    envelope = seal(KEY, b"picture", purpose="p", owner="o")
    with pytest.raises(StoreFault) as refused:
        open_sealed(key, envelope, purpose=purpose, owner=owner)
    assert refused.value.code == code


@given(st.integers(0, OVERHEAD + 6), st.integers(1, 255))
def test_one_altered_byte_anywhere_is_refused(position: int, change: int) -> None:
    envelope = bytearray(seal(KEY, b"picture", purpose="p", owner="o"))
    envelope[position] ^= change
    with pytest.raises(StoreFault) as refused:
        open_sealed(KEY, bytes(envelope), purpose="p", owner="o")
    assert refused.value.code in {"SEA-101", "SEA-102", "SEA-103", "SEA-104"}


@given(st.integers(0, OVERHEAD + 6))
def test_a_cut_envelope_is_refused(length: int) -> None:
    with pytest.raises(StoreFault):
        open_sealed(KEY, seal(KEY, b"picture", purpose="p", owner="o")[:length], purpose="p", owner="o")


def test_an_envelope_of_a_newer_version_is_refused_in_words() -> None:
    envelope = bytearray(seal(KEY, b"picture", purpose="p", owner="o"))
    envelope[3] = 9
    with pytest.raises(StoreFault) as refused:
        open_sealed(KEY, bytes(envelope), purpose="p", owner="o")
    assert refused.value.code == "SEA-102"


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_refusal(data: bytes) -> None:
    with pytest.raises(StoreFault):
        open_sealed(KEY, data, purpose="p", owner="o")


def test_fifty_megabytes_are_one_envelope() -> None:
    plain = bytes(50 * 2**20)
    assert open_sealed(KEY, seal(KEY, plain, purpose="p", owner="o"), purpose="p", owner="o") == plain
