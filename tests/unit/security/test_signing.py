"""A standard that comes from outside is signed by a key we trust, or it is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.places import DataFolder
from app.domain.errors import BadInput
from app.security.signing import (
    Signature,
    SigningKey,
    SigningKeys,
    check_signature,
    new_signing_key,
    read_signature,
    sign,
    signature_text,
)
from helpers.stores import new_key


def test_what_was_signed_verifies_and_one_changed_byte_does_not() -> None:
    key, data = new_signing_key(), b"flt = 1\n" * 20
    signature = read_signature(signature_text(sign(key, data)))
    check_signature(signature, data, "a.flt")
    for altered in (data + b" ", data.replace(b"1", b"2", 1), b""):
        with pytest.raises(BadInput) as refused:
            check_signature(signature, altered, "a.flt")
        assert refused.value.code == "SGN-103"


def test_another_key_s_name_under_a_signature_is_noticed() -> None:
    key, other = new_signing_key(), new_signing_key()
    signature = sign(key, b"data")
    forged = type(signature)(other.public, signature.value)
    with pytest.raises(BadInput):
        check_signature(forged, b"data", "a.flt")


def test_two_signatures_of_one_file_differ_and_both_hold() -> None:
    key = new_signing_key()
    first, second = sign(key, b"data"), sign(key, b"data")
    assert first != second
    check_signature(first, b"data", "a")
    check_signature(second, b"data", "a")


def test_the_private_key_lies_sealed_and_comes_back(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    data_key = new_key(folder)
    keys = SigningKeys(folder.root)
    own = keys.own(data_key)
    assert keys.own(data_key) == own
    assert own.public in keys.trusted()
    assert all(own.private.encode() not in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_no_signature(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_signature(data)


def test_a_word_is_no_public_key(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        SigningKeys(tmp_path).trust("abc")
    assert refused.value.code == "SGN-102"


def test_a_key_whose_public_part_begins_with_04_signs_like_any_other() -> None:
    """One in 256 does; the library takes it for a mark and strips it."""
    public = (
        "0486c2e87202e6f1b3429522af3f41dc7fd03e41c777b08b853fcac57b649e37"
        "4ba55c42668acbc2b69982f9ef6da0d551a86320eeefae798142681667a9f2bc"
    )
    key = SigningKey("5f1445b156ffc73039004ea2aead216cb983838ab0bfa757b921745236e0e567", public)
    check_signature(sign(key, b"text"), b"text", "file")


def test_it_is_sm2_as_published() -> None:
    """GB/T 32918.5-2017, A.2: the standard's own key, message and signature; one digit more or less and it is none."""
    public = (
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    value = (
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )
    check_signature(Signature(public, value), b"message digest", "GB/T 32918.5")
    for spoilt in (Signature(public, value[:-1] + "b"), Signature(public, "0" + value[1:])):
        with pytest.raises(BadInput):
            check_signature(spoilt, b"message digest", "GB/T 32918.5")
