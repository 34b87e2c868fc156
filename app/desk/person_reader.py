"""Who stands at the window, read from what they bring: an identity card or the zone of a travel document.

Nothing is put right: what an officer should look at stands beside the fields, in their words. Thread: any; reading blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, replace

from app.config.clock import Clock
from app.config.settings import Settings
from app.config.texts import card_word
from app.config.travel import number_kinds, zone_doubts
from app.desk.card_seat import CardReading, CardSeat
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.document_number import possible_kinds
from app.domain.identity_card import CardType, IdentityCard, readable
from app.domain.mrz.parse import parse
from app.domain.mrz.reading import Reading
from app.domain.person import RESIDENT_ID
from devices.host.document_reader import DocumentReaderHost
from devices.ports.card_photo import CardPicture
from devices.ports.card_reader import ReadRequest
from devices.ports.errors import DeviceAbsent, DeviceSilent, DriverMissing, PhotoUndecoded

# Beyond the wait for a document: the host's own deadline always comes first.
_PATIENCE_S = 60.0
_OPENING_S = 8.0
_DOCUMENT_OF_CARD = {
    CardType.RESIDENT: RESIDENT_ID,
    CardType.HMT_RESIDENT: RESIDENT_ID,
    CardType.FOREIGNER_2017: "permanent-resident-old",
    CardType.FOREIGNER_2023: "permanent-resident",
}


@dataclass(frozen=True)
class ReadPerson:
    """``document``: the kind of number; ``doubts``: sentences for the officer; ``card`` None unless a chip was read."""

    name: str
    number: str
    document: str
    doubts: tuple[str, ...]
    card: IdentityCard | None = None
    reading: CardReading | None = None

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"ReadPerson({self.document})"


class PersonReader:
    """``cards`` and ``documents`` are None where the site has no such device."""

    def __init__(
        self,
        cards: CardSeat | None,
        documents: DocumentReaderHost | None,
        settings: Settings,
        language: str,
        clock: Clock,
        audit: AuditLog,
    ) -> None:
        self._cards = cards
        self._documents = documents
        self._settings = settings
        self._language = language
        self._clock = clock
        self._audit = audit

    @property
    def reads_cards(self) -> bool:
        """Whether a card reader is configured."""
        return self._cards is not None

    @property
    def reads_zones(self) -> bool:
        """Whether a document reader is configured."""
        return self._documents is not None

    def card(self) -> ReadPerson:
        """The card that lies on the reader, or the next one within the time of the settings. Raises DeviceError."""
        if self._cards is None:
            raise DeviceAbsent("card_reader.address")
        self._cards.wait_until_known(_OPENING_S)  # pressed in the first second after signing in
        request = ReadRequest(float(self._settings.number("card_reader.wait")), same_again=True)
        try:
            reading = self._cards.read(request).result(request.wait_s + _PATIENCE_S)
        except FutureTimeout as error:
            raise DeviceSilent("card", "CRD-107") from error
        person = replace(self.of_card(reading.card), reading=reading)
        self._audit.note(Access(AuditEvent.CARD_READ, person=person.number, detail=person.document))
        return person

    def photo(self, person: ReadPerson) -> CardPicture | None:
        """The photo of the card that was read; None where there was no card or no library can draw it. Blocks a while."""
        if self._cards is None or person.reading is None:
            return None
        try:
            return self._cards.picture(person.reading)
        except (DriverMissing, PhotoUndecoded):
            return None

    def stop_waiting(self) -> None:
        """Nobody lays a card: the wait ends in Cancelled."""
        if self._cards is not None:
            self._cards.cancel()

    def zone(self) -> ReadPerson:
        """The next document on the reader. Raises DeviceError, BadInput TRV-101, TRV-102."""
        if self._documents is None:
            raise DeviceAbsent("document_reader.address")
        self._documents.wait_until_open(_OPENING_S)
        wait_s = float(self._settings.number("card_reader.wait"))
        try:
            lines = self._documents.read(wait_s).result(wait_s + _PATIENCE_S).lines
        except FutureTimeout as error:
            raise DeviceSilent("document") from error
        person = self.of_zone(lines)
        self._audit.note(Access(AuditEvent.DOCUMENT_READ, person=person.number, detail=person.document))
        return person

    def of_card(self, card: IdentityCard) -> ReadPerson:
        """What the form is filled with from a card."""
        today = self._clock.now().date()
        findings = card.findings(today, self._settings.number("card_reader.expiry_days"))
        doubts = tuple(card_word("findings", f.value, self._language) or f.value for f in findings)
        name = readable(card.name.strip() or card.latin_name.strip())
        document = _DOCUMENT_OF_CARD.get(card.type, RESIDENT_ID)
        return ReadPerson(name, readable(card.number), document, doubts, card)

    def of_zone(self, lines: Sequence[str]) -> ReadPerson:
        """What the form is filled with from a zone, a wedge's included. Raises BadInput TRV-101, TRV-102."""
        today = self._clock.now().date()
        reading = parse(tuple(lines), today)
        name = " ".join(part for part in (reading.name.primary, reading.name.secondary) if part)
        return ReadPerson(name, reading.number, _document_of_zone(reading, self), zone_doubts(reading, self._language))

    def kinds_of(self, number: str) -> tuple[str, ...]:
        """Every kind of document this number can be of, the likeliest first."""
        return tuple(t.kind for t in possible_kinds(number, number_kinds(), self._clock.now().date()))


def _document_of_zone(reading: Reading, reader: PersonReader) -> str:
    """A passport by its code and issuer; another card by what its number can be."""
    if reading.document_code.startswith("P"):
        return "passport-cn" if reading.issuer == "CHN" else "passport-foreign"
    kinds = reader.kinds_of(reading.number)
    return kinds[0] if kinds else "passport-foreign"
