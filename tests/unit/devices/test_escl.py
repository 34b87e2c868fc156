"""eSCL driven in this process against our feeder over real HTTP; its documents and bodies are outside bytes."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.escl import words
from devices.drivers.escl.elements import LARGEST_DOCUMENT, NotUnderstood, parse
from devices.drivers.escl.scanner import EsclScanner, open_scanner
from devices.ports.errors import (
    AccessDenied,
    BadAddress,
    Cancelled,
    CoverOpen,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceSilent,
    DoubleFeed,
    FeederEmpty,
    PaperJam,
    PictureBroken,
    ScannerFault,
    SettingRefused,
)
from devices.ports.scanner import ColourMode, PageSide, ScannerState, ScanRequest, ScanSource
from devices.simulators.escl import words as feeder_words
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.pages import CARD_MM, PageKind, Sheet, pile
from devices.simulators.escl.server import FeederSimulator, picture_of
from helpers.scanner_fuzz import CAPABILITIES, PAGE, STATUS, check_documents, check_page
from helpers.scanners import Pile, feeder, numbers, request


@contextmanager
def network_feeder(pages: int = 3) -> Iterator[tuple[FeederSimulator, EsclScanner]]:
    with feeder(pages) as simulator:
        scanner = open_scanner(simulator.url, {})
        try:
            yield simulator, scanner
        finally:
            scanner.close()


@pytest.mark.parametrize(
    ("kind", "error", "code"),
    [
        (FeederFaultKind.JAM, PaperJam, "SCN-101"),
        (FeederFaultKind.COVER, CoverOpen, "SCN-102"),
        (FeederFaultKind.DOUBLE_FEED, DoubleFeed, "SCN-104"),
        (FeederFaultKind.CUT_BODY, PictureBroken, "SCN-109"),
        (FeederFaultKind.CUT_JPEG, PictureBroken, "SCN-109"),
        (FeederFaultKind.WRONG_TYPE, PictureBroken, "SCN-109"),
        (FeederFaultKind.ERROR, ScannerFault, "SCN-105"),
        (FeederFaultKind.SILENCE, DeviceSilent, "DEV-105"),
        (FeederFaultKind.SLOW_BODY, DeviceSilent, "DEV-105"),
    ],
)
def test_trouble_after_two_pages_keeps_the_two_and_the_next_scan_goes_on(
    kind: FeederFaultKind, error: type[DeviceError], code: str
) -> None:
    with network_feeder(4) as (simulator, scanner):
        scanner.scan(request(ScanSource.ADF), Pile())  # the feeder draws its pages once
        simulator.load(4)
        simulator.fail(kind, after=2)
        kept = Pile()
        with pytest.raises(error) as failed:
            scanner.scan(request(ScanSource.ADF, page_timeout_s=3.0 if error is DeviceSilent else 30.0), kept)
        assert failed.value.code == code
        assert numbers(kept.pages) == [1, 2]
        simulator.fail(FeederFaultKind.NONE)
        simulator.end(2, "Aborted")  # a silent scanner did not hear that the job is over
        rest = Pile()
        scanner.scan(request(ScanSource.ADF), rest)
        assert numbers(rest.pages)[-1] == 4, "the sheets behind the trouble are still there"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FeederFaultKind.JAM, PaperJam),
        (FeederFaultKind.COVER, CoverOpen),
        (FeederFaultKind.EMPTY, FeederEmpty),
        (FeederFaultKind.DOUBLE_FEED, DoubleFeed),
        (FeederFaultKind.BUSY, DeviceBusy),
        (FeederFaultKind.REFUSED, AccessDenied),
        (FeederFaultKind.CONFLICT, SettingRefused),
        (FeederFaultKind.ERROR, ScannerFault),
    ],
)
def test_trouble_before_the_first_page_is_named(kind: FeederFaultKind, error: type[DeviceError]) -> None:
    with network_feeder() as (simulator, scanner):
        simulator.fail(kind)
        with pytest.raises(error):
            scanner.scan(request(ScanSource.ADF), Pile())
        simulator.fail(FeederFaultKind.NONE)
        assert scanner.scan(request(ScanSource.ADF), Pile()) == 3


def test_an_empty_feeder_is_no_pile_but_a_full_one_ends_in_peace() -> None:
    with network_feeder(1) as (simulator, scanner):
        assert scanner.scan(request(ScanSource.ADF), Pile()) == 1
        assert simulator.deleted == [], "a pile that ran out has ended its job itself"
        with pytest.raises(FeederEmpty):
            scanner.scan(request(ScanSource.ADF), Pile())
        assert scanner.status().state is ScannerState.FEEDER_EMPTY


def test_a_scanner_that_warms_up_is_waited_for() -> None:
    with network_feeder() as (simulator, scanner):
        simulator.fail(FeederFaultKind.WARMING_UP)
        assert scanner.scan(request(ScanSource.ADF), Pile()) == 3


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (FeederFaultKind.NONE, ScannerState.FEEDER_LOADED),
        (FeederFaultKind.EMPTY, ScannerState.FEEDER_EMPTY),
        (FeederFaultKind.JAM, ScannerState.JAM),
        (FeederFaultKind.COVER, ScannerState.COVER_OPEN),
        (FeederFaultKind.DOUBLE_FEED, ScannerState.DOUBLE_FEED),
        (FeederFaultKind.BAD_XML, ScannerState.UNKNOWN),
    ],
)
def test_the_state_is_the_feeder_s_own(kind: FeederFaultKind, state: ScannerState) -> None:
    with network_feeder() as (simulator, scanner):
        simulator.fail(kind)
        assert scanner.status().state is state


def test_the_file_is_the_scanner_s_own_byte_for_byte() -> None:
    with network_feeder() as (_, scanner):
        kept = Pile()
        scanner.scan(request(ScanSource.ADF, mode=ColourMode.GREY), kept)
    asked = feeder_words.Settings("Feeder", dpi=75, colour="Grayscale8", width=2550, height=3508)
    assert [page.data for page in kept.pages] == [picture_of(sheet, asked) for sheet in pile(3)]


def test_both_sides_come_as_front_and_back() -> None:
    with network_feeder() as (_, scanner):
        kept = Pile()
        scanner.scan(request(ScanSource.DUPLEX), kept)
    assert [page.side for page in kept.pages] == [PageSide.FRONT, PageSide.BACK] * 3
    assert numbers(kept.pages) == [1, None, 2, None, 3, 3 + 128]


def test_a_card_on_the_glass_is_scanned_in_its_own_size() -> None:
    with network_feeder() as (simulator, scanner):
        simulator.lay(Sheet(PageKind.CARD, 9, *CARD_MM))
        kept = Pile()
        scanner.scan(request(dpi=300, width_mm=CARD_MM[0], height_mm=CARD_MM[1]), kept)
    assert abs(kept.pages[0].width_px - 1011) <= 1
    assert abs(kept.pages[0].height_px - 638) <= 1


def test_stopping_ends_the_job_on_the_scanner() -> None:
    with network_feeder(9) as (simulator, scanner):
        with pytest.raises(Cancelled):
            scanner.scan(request(ScanSource.ADF), Pile(stop_after=2))
        assert simulator.deleted == [1]
        assert simulator.left == 7


@pytest.mark.parametrize("changes", [{"dpi": 74}, {"width_mm": 500.0}, {"source": ScanSource.CAMERA}])
def test_what_the_device_does_not_offer_is_refused_before_a_sheet_moves(changes: dict[str, object]) -> None:
    with network_feeder() as (simulator, scanner):
        with pytest.raises(SettingRefused) as refused:
            scanner.scan(request(**{"source": ScanSource.ADF, **changes}), Pile())  # type: ignore[arg-type]  # a test names its fields
        assert refused.value.code == "SCN-110"
        assert simulator.left == 3


# -- HTTPS with a pinned certificate ------------------------------------------------------------------------


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A scanner's own certificate as it makes one itself, and a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("192.0.2.9"))]), False)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    return pem, context


def test_https_takes_the_pinned_certificate_and_no_other(tmp_path: Path) -> None:
    pem, context = certificate(tmp_path, "scanner")
    other, _ = certificate(tmp_path, "stranger")
    simulator = FeederSimulator(
        2, wrap=lambda plain: context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
    )
    simulator.start()
    try:
        scanner = open_scanner(simulator.url, {"certificate": str(pem)})
        assert scanner.scan(request(ScanSource.ADF), Pile()) == 2
        scanner.close()
        with pytest.raises(DeviceAbsent):
            open_scanner(simulator.url, {"certificate": str(other)})
        with pytest.raises(BadAddress):
            open_scanner(simulator.url, {})
        with pytest.raises(BadAddress):
            open_scanner(simulator.url, {"certificate": str(tmp_path / "none.pem")})
    finally:
        simulator.stop()


# -- outside bytes --------------------------------------------------------------------------------------------


def damaged(document: bytes) -> st.SearchStrategy[bytes]:
    """Random bytes, and the document cut, repeated, or with some bytes changed."""
    place = st.integers(0, len(document))
    changed = st.tuples(place, st.integers(0, 40), st.binary(max_size=24)).map(
        lambda t: document[: t[0]] + t[2] + document[t[0] + t[1] :]
    )
    repeated = st.tuples(place, place).map(lambda t: document[: t[0]] + document[min(t) : max(t)] + document[t[0] :])
    return st.one_of(st.binary(max_size=300), place.map(lambda at: document[:at]), changed, repeated)


@settings(max_examples=4000, deadline=None)
@given(st.one_of(damaged(CAPABILITIES), damaged(STATUS)))
def test_any_escl_document_is_read_or_refused(data: bytes) -> None:
    check_documents(data)


@pytest.mark.exhaustive
@settings(max_examples=100_000, deadline=None)
@given(st.one_of(damaged(CAPABILITIES), damaged(STATUS)))
def test_any_escl_document_is_read_or_refused_at_length(data: bytes) -> None:
    check_documents(data)


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd"><a/>',
        b"<a>" * 40 + b"</a>" * 40,
        b"<a>" + b"<b/>" * 30_000 + b"</a>",
        b"<a>" + b" " * LARGEST_DOCUMENT + b"</a>",
        b"<a>&undefined;</a>",
        b"",
    ],
    ids=["entities", "outside", "deep", "many", "large", "undefined", "empty"],
)
def test_xml_that_would_grow_or_fetch_is_refused(bomb: bytes) -> None:
    with pytest.raises(NotUnderstood):
        parse(bomb)


@given(
    st.sampled_from((ScanSource.FLATBED, ScanSource.ADF, ScanSource.DUPLEX)),
    st.sampled_from(feeder_words.RESOLUTIONS),
    st.sampled_from(list(ColourMode)),
    st.floats(0, 215.9),
    st.floats(0, 297.0),
)
@settings(max_examples=200, deadline=None)
def test_what_is_asked_is_what_the_feeder_hears(
    source: ScanSource, dpi: int, mode: ColourMode, width: float, height: float
) -> None:
    area = next(s for s in words.capabilities(CAPABILITIES, "t").sources if s.source is source)
    wanted = ScanRequest(source, dpi, mode, width if width > 1 else 0, height if height > 1 else 0)
    heard = feeder_words.settings_of(words.settings(wanted, area).decode())
    assert heard is not None
    assert (heard.dpi, heard.duplex) == (dpi, source is ScanSource.DUPLEX)
    assert (heard.source == "Platen") == (source is ScanSource.FLATBED)
    assert abs(heard.width - (wanted.width_mm or area.width_mm) / 25.4 * 300) <= 1


@settings(max_examples=4000, deadline=None)
@given(damaged(PAGE))
def test_any_body_is_a_whole_page_or_none(data: bytes) -> None:
    check_page(data)
