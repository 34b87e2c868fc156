"""What the audit log says of each access: when, who, where, what, to whose data, and how it ended."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from app.domain.rights import Right, Room

DONE = "ok"
BEGUN = "begun"  # of what leaves the workstation: written before it leaves


class AuditEvent(Enum):
    """Every kind of access, with the room it happens in and the right it uses."""

    SIGN_IN = ("sign-in", Room.DOOR, Right.READ)
    SIGN_IN_REFUSED = ("sign-in-refused", Room.DOOR, Right.READ)
    PASSWORD_CHANGED = ("password-changed", Room.DOOR, Right.WRITE)
    SIGN_OUT = ("sign-out", Room.DOOR, Right.READ)
    SCREEN_LOCKED = ("screen-locked", Room.DOOR, Right.READ)
    SCREEN_UNLOCKED = ("screen-unlocked", Room.DOOR, Right.READ)
    CARD_READ = ("card-read", Room.PEOPLE, Right.READ)
    DOCUMENT_READ = ("document-read", Room.PEOPLE, Right.READ)
    VISIT_SIGNED_IN = ("visit-signed-in", Room.PEOPLE, Right.WRITE)
    VISIT_MOVED = ("visit-moved", Room.PEOPLE, Right.WRITE)
    TICKET_PRINTED = ("ticket-printed", Room.PEOPLE, Right.EXPORT)
    SESSION_BEGUN = ("session-begun", Room.PHOTO, Right.WRITE)
    SHOTS_TAKEN = ("shots-taken", Room.PHOTO, Right.WRITE)
    SHOT_CHOSEN = ("shot-chosen", Room.PHOTO, Right.WRITE)
    PHOTOS_SAVED = ("photos-saved", Room.PHOTO, Right.WRITE)
    PHOTO_TURNED_DOWN = ("photo-turned-down", Room.PHOTO, Right.WRITE)
    PHOTOS_FOUND = ("photos-found", Room.PHOTO, Right.READ)
    PHOTO_SEEN = ("photo-seen", Room.PHOTO, Right.READ)
    RECEIPT_PRINTED = ("receipt-printed", Room.PHOTO, Right.EXPORT)
    FINGERS_BEGUN = ("fingers-begun", Room.FINGERS, Right.WRITE)
    FINGERS_EXCEPTED = ("fingers-excepted", Room.FINGERS, Right.WRITE)
    FINGERS_CLOSED = ("fingers-closed", Room.FINGERS, Right.WRITE)
    FINGERS_EXPORTED = ("fingers-exported", Room.FINGERS, Right.EXPORT)
    CASES_FOUND = ("cases-found", Room.CASES, Right.READ)
    CASE_OPENED = ("case-opened", Room.CASES, Right.READ)
    DRAFT_OPENED = ("draft-opened", Room.CASES, Right.READ)
    FACES_COMPARED = ("faces-compared", Room.CASES, Right.READ)
    REGISTERS_ASKED = ("registers-asked", Room.CASES, Right.READ)
    PAPER_SEEN = ("paper-seen", Room.CASES, Right.READ)
    PAPER_ADDED = ("paper-added", Room.CASES, Right.WRITE)
    CASE_ACCEPTED = ("case-accepted", Room.CASES, Right.WRITE)
    CASE_REFUSED = ("case-refused", Room.CASES, Right.WRITE)
    CASE_MOVED = ("case-moved", Room.CASES, Right.WRITE)
    CASES_EXPORTED = ("cases-exported", Room.CASES, Right.EXPORT)
    DOCUMENT_PRINTED = ("document-printed", Room.CASES, Right.EXPORT)
    NOTICE_PRINTED = ("notice-printed", Room.FEES, Right.EXPORT)
    BILL_PRINTED = ("bill-printed", Room.FEES, Right.EXPORT)
    ARCHIVE_BEGUN = ("archive-begun", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_SCANNED = ("archive-scanned", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_OPENED = ("archive-opened", Room.ARCHIVE, Right.READ)
    ARCHIVE_CHANGED = ("archive-changed", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_ACCEPTED = ("archive-accepted", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_RETURNED = ("archive-returned", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_FOUND = ("archive-found", Room.ARCHIVE, Right.READ)
    ARCHIVE_SEEN = ("archive-seen", Room.ARCHIVE, Right.READ)
    ARCHIVE_ASKED = ("archive-asked", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_EXPORTED = ("archive-exported", Room.ARCHIVE, Right.EXPORT)
    ARCHIVE_CLEANED = ("archive-cleaned", Room.ARCHIVE, Right.WRITE)
    ARCHIVE_REPAIRED = ("archive-repaired", Room.ARCHIVE, Right.WRITE)
    TRAIL_FOUND = ("trail-found", Room.TRAIL, Right.READ)
    TRAIL_PICTURE_SEEN = ("trail-picture-seen", Room.TRAIL, Right.READ)
    TRAIL_ANNOTATED = ("trail-annotated", Room.TRAIL, Right.WRITE)
    VERDICT_OVERRIDDEN = ("verdict-overridden", Room.TRAIL, Right.WRITE)
    TRAIL_EXPORTED = ("trail-exported", Room.TRAIL, Right.EXPORT)
    STANDARD_CHANGED = ("standard-changed", Room.STANDARDS, Right.WRITE)
    STANDARD_EXPORTED = ("standard-exported", Room.STANDARDS, Right.EXPORT)
    KEY_TRUSTED = ("key-trusted", Room.STANDARDS, Right.WRITE)
    STRATEGY_CHANGED = ("strategy-changed", Room.STANDARDS, Right.WRITE)
    ACCOUNT_CHANGED = ("account-changed", Room.ACCOUNTS, Right.WRITE)
    ROLE_GRANTED = ("role-granted", Room.ACCOUNTS, Right.WRITE)
    PERMISSIONS_CHANGED = ("permissions-changed", Room.ACCOUNTS, Right.WRITE)
    PERMISSIONS_EXPORTED = ("permissions-exported", Room.ACCOUNTS, Right.EXPORT)
    SETTING_CHANGED = ("setting-changed", Room.SETTINGS, Right.WRITE)
    SECRET_CHANGED = ("secret-changed", Room.SETTINGS, Right.WRITE)
    KEY_CHANGED = ("key-changed", Room.ACCOUNTS, Right.WRITE)
    KEY_SPLIT = ("key-split", Room.ACCOUNTS, Right.EXPORT)
    KEY_RECOVERED = ("key-recovered", Room.ACCOUNTS, Right.WRITE)
    KEY_DESTROYED = ("key-destroyed", Room.ACCOUNTS, Right.WRITE)
    BACKED_UP = ("backed-up", Room.SETTINGS, Right.EXPORT)
    STORE_STEPPED_BACK = ("store-stepped-back", Room.SETTINGS, Right.WRITE)
    CLOCK_SET_BACK = ("clock-set-back", Room.AUDIT, Right.WRITE)
    DAMAGE_FOUND = ("damage-found", Room.AUDIT, Right.WRITE)
    AUDIT_FOUND = ("audit-found", Room.AUDIT, Right.READ)
    AUDIT_VERIFIED = ("audit-verified", Room.AUDIT, Right.READ)
    AUDIT_EXPORTED = ("audit-exported", Room.AUDIT, Right.EXPORT)

    def __init__(self, word: str, room: Room, right: Right) -> None:
        self.word = word
        self.room = room
        self.right = right


# What the program itself does, whoever sits there: recorded, and nobody's permission is asked.
OWN_ACTS = frozenset({AuditEvent.CLOCK_SET_BACK, AuditEvent.DAMAGE_FOUND, AuditEvent.ARCHIVE_CLEANED})


@dataclass(frozen=True)
class Access:
    """What is done to what. ``record``: the id or number of it; ``person``: the ID number it is about; ``detail``: more,
    in words of the program, never a name."""

    event: AuditEvent
    record: str = ""
    person: str = ""
    detail: str = ""

    def __repr__(self) -> str:  # personal data never reaches a log through a repr
        return f"Access({self.event.word}, {self.record})"


class AuditLog(Protocol):
    """Where every access is recorded; one for a signed-in officer."""

    def note(self, access: Access, result: str = DONE) -> object:
        """On the disk when this returns. Raises StoreFault: what cannot be recorded is not done."""

    def doing(self, access: Access) -> AbstractContextManager[None]:
        """Around what is done: recorded with its end, an error's code included."""


@dataclass(frozen=True)
class AuditEntry:
    """One row. ``at``: ISO 8601 to the second; ``result``: ``ok``, ``begun`` or an error's code; ``previous`` and
    ``digest``: SM3 hex, of the row before and of this one with it."""

    number: int
    at: str
    account: str
    terminal: str
    event: str
    record: str
    person: str
    detail: str
    result: str
    previous: str
    digest: str

    def content(self) -> bytes:
        """What the digest is over, beside the previous digest: everything an auditor reads."""
        return json.dumps(astuple(self)[:9], ensure_ascii=False, separators=(",", ":")).encode()

    def __repr__(self) -> str:
        return f"AuditEntry({self.number}, {self.event})"


@dataclass(frozen=True)
class AuditAnchor:
    """An SM2 signature over the chain up to ``number``; ``receipt``: the back end's word that it has it, "" until then."""

    id: int
    number: int
    digest: str
    at: str
    public: str
    signature: str
    receipt: str

    def signed_text(self) -> bytes:
        """What is signed."""
        return f"jingchuang audit anchor\n{self.id}\n{self.number}\n{self.digest}\n{self.at}".encode()


@dataclass(frozen=True)
class AuditHead:
    """Kept outside the database: how far the chain had come, so that a cut end shows."""

    number: int
    digest: str
    anchors: int


class AuditFault(Enum):
    """What was done to the log."""

    EDITED = "edited"
    DELETED = "deleted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"  # whole in itself, and not what was signed
    CLOCK = "clock"  # time runs backwards and nobody noted it
    ANCHOR = "anchor"  # a signature is missing or not this workstation's
    HEAD = "head"  # the mark beside the database is gone or not ours


@dataclass(frozen=True)
class AuditFinding:
    """``first`` to ``last``: the rows it is about."""

    fault: AuditFault
    first: int
    last: int

    def words(self) -> str:
        """For a line of a report."""
        rows = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.fault.value} {rows}"


@dataclass(frozen=True)
class AuditReport:
    """``clock_set_back``: how often the machine's clock was set back and the program noted it; no fault by itself.
    ``damage_noted``: how often damage was found when the store was opened."""

    entries: int
    anchors: int
    receipts: int
    clock_set_back: int
    damage_noted: int
    findings: tuple[AuditFinding, ...]


@dataclass(frozen=True)
class AuditQuery:
    """Newest first; "" and None leave a field open; ``before``: only rows older than that number."""

    since: date | None = None
    until: date | None = None
    account: str = ""
    event: str = ""
    record: str = ""
    before: int = 0
    limit: int = 200
