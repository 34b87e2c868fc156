"""IPP on the wire: what we send is RFC 8010's layout; any bytes that come back end in a response or a refusal."""

from __future__ import annotations

import struct
from collections.abc import Callable

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.cups.ipp import Attribute, Group, IppBroken, Operation, Tag, decoded, encoded
from devices.drivers.cups.printer import IppPrinter, job_of, open_page_printer
from devices.ports.errors import BadAddress, DeviceAbsent, DeviceBusy, DeviceError, DeviceLost, DeviceSilent, PrinterFault
from devices.ports.page_printer import PageJobState, PageOrder
from helpers.printer_fuzz import check_response


def attribute(tag: int, name: bytes, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def response(status: int, *parts: bytes, request: int = 1) -> bytes:
    head = struct.pack(">BBHI", 1, 1, status, request)
    operation = (
        b"\x01" + attribute(0x47, b"attributes-charset", b"utf-8") + attribute(0x48, b"attributes-natural-language", b"en")
    )
    return head + operation + b"".join(parts) + b"\x03"


def job(state: int, *reasons: bytes, number: int = 7) -> bytes:
    said = b"".join(
        attribute(0x44, b"job-state-reasons" if n == 0 else b"", r) for n, r in enumerate(reasons or (b"none",))
    )
    integers = attribute(0x21, b"job-id", struct.pack(">i", number)) + attribute(
        0x23, b"job-state", struct.pack(">i", state)
    )
    return b"\x02" + integers + said


def test_a_request_is_laid_out_as_rfc_8010_has_it() -> None:
    groups: list[tuple[Group, list[Attribute]]] = [
        (Group.OPERATION, [(Tag.CHARSET, "attributes-charset", "utf-8"), (Tag.KEYWORD, "k", ("a", "b"))])
    ]
    groups += [(Group.JOB, [(Tag.INTEGER, "copies", 2)])]
    assert encoded(Operation.PRINT_JOB, 5, groups) == (
        b"\x01\x01\x00\x02\x00\x00\x00\x05"
        b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x44\x00\x01k\x00\x01a\x44\x00\x00\x00\x01b"
        b"\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x02\x03"
    )


def test_values_of_one_name_and_collections_are_read_in_order() -> None:
    collection = attribute(0x34, b"media-col", b"") + attribute(0x4A, b"", b"x") + attribute(0x21, b"", b"\0\0\0\1")
    collection += attribute(0x34, b"", b"") + attribute(0x37, b"", b"") + attribute(0x37, b"", b"")
    data = response(0, b"\x04" + collection + attribute(0x44, b"after", b"1") + attribute(0x44, b"", b"2"))
    assert decoded(data).first(Group.PRINTER) == {"after": ("1", "2")}


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (3, PageJobState.PENDING),
        (4, PageJobState.HELD),
        (5, PageJobState.PROCESSING),
        (6, PageJobState.STOPPED),
        (7, PageJobState.CANCELED),
        (8, PageJobState.ABORTED),
        (9, PageJobState.COMPLETED),
        (99, PageJobState.UNKNOWN),
    ],
)
def test_every_job_state_of_rfc_8011_is_known_and_no_other_is_guessed(code: int, state: PageJobState) -> None:
    found = job_of(decoded(response(0, job(code, b"media-empty-error", b"none"))))
    assert (found.number, found.state, found.reasons) == (7, state, ("media-empty-error",))


_PIECES = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from([b"\x01", b"\x02", b"\x03", b"\x04", attribute(0x34, b"c", b""), attribute(0x37, b"", b"")]),
        st.builds(
            attribute,
            st.integers(0, 255),
            st.sampled_from([b"", b"job-id", b"job-state", b"x" * 2000]),
            st.binary(max_size=6),
        ),
    ),
    max_size=12,
)


@settings(max_examples=4000, deadline=None)
@given(_PIECES, st.booleans())
def test_any_bytes_are_a_response_or_refused(pieces: list[bytes], headed: bool) -> None:
    check_response((struct.pack(">BBHI", 1, 1, 0, 1) if headed else b"") + b"".join(pieces))


@pytest.mark.exhaustive
@settings(max_examples=200_000, deadline=None)
@given(_PIECES, st.binary(max_size=300))
def test_any_more_bytes_are_a_response_or_refused(pieces: list[bytes], tail: bytes) -> None:
    check_response(struct.pack(">BBHI", 1, 1, 0, 1) + b"".join(pieces) + tail)


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_a_cut_or_bent_response_does_no_harm(data: st.DataObject) -> None:
    whole = bytearray(response(0, job(5, b"media-empty-error")))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] = data.draw(st.integers(0, 255))
    check_response(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def test_a_response_without_an_end_is_refused() -> None:
    with pytest.raises(IppBroken):
        decoded(response(0, b"\x04" + attribute(0x44, b"", b"x") * 20_001))


def printer(answer: Callable[[httpx.Request], httpx.Response]) -> IppPrinter:
    return IppPrinter("ipp://printer.invalid/ipp/print", httpx.Client(transport=httpx.MockTransport(answer)))


def _raise(error: Exception) -> httpx.Response:
    raise error


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (lambda r: httpx.Response(200, content=response(0x0406)), DeviceAbsent, "PRN-141"),
        (lambda r: httpx.Response(200, content=response(0x0401)), DeviceAbsent, "PRN-142"),
        (lambda r: httpx.Response(200, content=response(0x0506)), PrinterFault, "PRN-146"),
        (lambda r: httpx.Response(200, content=response(0x0507)), DeviceBusy, "DEV-104"),
        (lambda r: httpx.Response(200, content=response(0x0500)), PrinterFault, "PRN-147"),
        (lambda r: httpx.Response(200, content=response(0, job(9), request=2)), PrinterFault, "PRN-147"),
        (lambda r: httpx.Response(200, content=response(0)), PrinterFault, "PRN-147"),
        (lambda r: httpx.Response(200, content=b"<html>"), PrinterFault, "PRN-147"),
        (lambda r: httpx.Response(200, content=b"\x01" * (5 << 20)), PrinterFault, "PRN-147"),
        (lambda r: httpx.Response(401), DeviceAbsent, "PRN-142"),
        (lambda r: httpx.Response(404), DeviceAbsent, "PRN-141"),
        (lambda r: httpx.Response(500), PrinterFault, "PRN-147"),
        (lambda r: _raise(httpx.ReadTimeout("silent")), DeviceSilent, "DEV-105"),
        (lambda r: _raise(httpx.ConnectError("refused")), DeviceAbsent, "PRN-140"),
        (lambda r: _raise(httpx.RemoteProtocolError("cut in mid-job")), DeviceLost, "DEV-103"),
    ],
)
def test_every_refusal_and_every_broken_answer_is_a_typed_error(
    answer: Callable[[httpx.Request], httpx.Response], kind: type[DeviceError], code: str
) -> None:
    with pytest.raises(kind) as error:
        printer(answer).submit(b"%PDF-", PageOrder("t"))
    assert error.value.code == code


def test_a_job_names_nobody_and_carries_the_document_behind_its_attributes() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=response(0, job(3)))

    printer(answer).submit(b"%PDF-1.7 document", PageOrder("jingchuang", copies=2, two_sided=True))
    body = seen[0].read()
    assert str(seen[0].url) == "http://printer.invalid:631/ipp/print"
    assert body.endswith(b"\x03%PDF-1.7 document")
    sent = decoded(body)
    assert sent.first(Group.JOB) == {"copies": (2,), "media": ("iso_a4_210x297mm",), "sides": ("two-sided-long-edge",)}
    assert sent.first(Group.OPERATION)["requesting-user-name"] == ("jingchuang",)


@pytest.mark.parametrize("where", ["http://x/y", "ipp://", "ipp://x:port/", "ipp://x:99999/"])
def test_an_address_that_is_no_ipp_address_is_refused(where: str) -> None:
    with pytest.raises(BadAddress):
        open_page_printer(where, {})
