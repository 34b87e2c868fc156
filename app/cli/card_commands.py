"""`card`: one identity card, read and told, without a window or a store."""

from __future__ import annotations

import argparse
from base64 import b64encode
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from app.bootstrap.equipment import card_session
from app.cli.answers import Exit, emit, error_document, hint, say
from app.cli.device_commands import settings_of
from app.config.clock import SystemClock
from app.config.texts import card_word, error_text
from app.desk.card_seat import CardReading, CardSeat
from app.domain.errors import BadInput
from app.domain.identity_card import Finding, IdentityCard, ValidityState, readable
from devices.ports.card_photo import HEIGHT, WIDTH, CardPicture
from devices.ports.card_reader import ReaderDescription, ReadRequest
from devices.ports.errors import DeviceError, DeviceSilent

# Beyond the wait: the host's own deadline always comes first.
_PATIENCE_S = 60.0
_LONGEST_WAIT_S = 600
_FIELDS = (
    "name", "latin_name", "latin_name_rest", "sex", "nation", "birth", "address", "new_address", "number", "authority",
    "valid_from", "valid_until", "pass_number", "issue_count", "nationality", "version", "former_link", "former_number",
)  # fmt: skip


def card(options: argparse.Namespace) -> int:
    """Wait for a card, read it, say what it says; an expired card is told, not refused."""
    _, settings = settings_of(options)
    wait_s = settings.number("card_reader.wait") if options.wait is None else options.wait
    if not 0 <= wait_s <= _LONGEST_WAIT_S:
        raise BadInput("CRD-191", seconds=wait_s)
    address = options.device or settings.text("card_reader.address")
    if not address:
        raise BadInput("CRD-190")
    with card_session(address, settings.text("card_reader.photo_library")) as seat:
        hint(card_word("prompts", "lay", options.language) or "")
        reading = _read(seat, ReadRequest(float(wait_s), fingerprints=options.fingerprints))
        reader = seat.description
        picture = _picture(seat, reading)
    today, soon_days = SystemClock().now().date(), settings.number("card_reader.expiry_days")
    findings = reading.card.findings(today, soon_days)
    state = reading.card.validity.state(today, soon_days)
    if options.json:
        emit(_document(reading, reader, picture, findings, state, options.language))
    else:
        _tell(reading.card, picture, findings, state, options.language)
    return Exit.SUCCESS


def _read(seat: CardSeat, request: ReadRequest) -> CardReading:
    """Ctrl-C ends the wait: the session around it stops the worker."""
    try:
        return seat.read(request).result(request.wait_s + _PATIENCE_S)
    except FutureTimeout as error:
        raise DeviceSilent("card", "CRD-107") from error


def _picture(seat: CardSeat, reading: CardReading) -> CardPicture | DeviceError:
    """The picture, or why there is none: the card is read either way."""
    try:
        return seat.picture(reading)
    except DeviceError as error:
        return error


def _values(card: IdentityCard) -> dict[str, str]:
    """The fields this card has, fit to be shown."""
    found = {name: str(getattr(card, name)) for name in _FIELDS}
    return {name: readable(value) for name, value in found.items() if value}


def _words(card: IdentityCard, language: str) -> dict[str, str]:
    """Codes in words; a code nobody knows stays a code."""
    words = {"sex": card_word("sexes", card.sex, language) or card.sex}
    if card.nation:
        words["nation"] = card_word("nations", card.nation, language) or card.nation
    return {name: readable(word) for name, word in words.items()}


def _document(
    reading: CardReading,
    reader: ReaderDescription | None,
    picture: CardPicture | DeviceError,
    findings: tuple[Finding, ...],
    state: ValidityState,
    language: str,
) -> dict[str, Any]:
    card, blocks = reading.card, reading.blocks
    validity = card.validity
    return {
        "reader": {} if reader is None else dict(vars(reader)),
        "card_type": card.type.value,
        "fields": _values(card),
        "words": {"card_type": card_word("types", card.type.value, language), **_words(card, language)},
        "validity": {
            "state": state.value,
            "since": validity.since.isoformat() if validity.since else None,
            "until": validity.until.isoformat() if validity.until else None,
            "long_term": validity.long_term,
        },
        "findings": [{"id": f.value, "text": card_word("findings", f.value, language)} for f in findings],
        "photo": _photo(picture, language),
        "fingers": [
            {"finger": t.finger, "registration": t.registration.name.lower(), "quality": t.quality} for t in reading.fingers
        ],
        "blocks": {
            "text": _base64(blocks.text),
            "photo": _base64(blocks.photo),
            "fingerprints": _base64(blocks.fingerprints),
            "new_address": _base64(blocks.new_address),
        },
    }


def _photo(picture: CardPicture | DeviceError, language: str) -> dict[str, Any]:
    if isinstance(picture, DeviceError):
        return {"decoded": False, "error": error_document(picture, language)}
    return {"decoded": True, "width": WIDTH, "height": HEIGHT, "rgb": _base64(picture.rgb)}


def _base64(block: bytes) -> str:
    return b64encode(block).decode("ascii")


def _tell(
    card: IdentityCard,
    picture: CardPicture | DeviceError,
    findings: tuple[Finding, ...],
    state: ValidityState,
    language: str,
) -> None:
    say(f"{card_word('types', card.type.value, language)} · {card_word('validity', state.value, language)}")
    for name, value in (_values(card) | _words(card, language)).items():
        say(f"  {card_word('fields', name, language)}: {value}")
    for finding in findings:
        say(f"! {card_word('findings', finding.value, language)}")
    if isinstance(picture, DeviceError):
        say(f"! {error_text(picture, language).one_line()}")
