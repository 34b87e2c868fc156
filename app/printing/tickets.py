"""What a queue ticket (取号单) and a payment notice (非税收入缴款通知) say; people masked, money exact."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.domain.money import yuan, yuan_in_words


def masked_name(name: str) -> str:
    """All but the last character hidden: a ticket gets lost."""
    return "*" * (len(name) - 1) + name[-1:]


@dataclass(frozen=True)
class QueueTicketFacts:
    """``reference``: the visit's own number, unique. ``progress``: what the QR code says, "" for none.

    ``photo``: an encoded picture of the applicant not older than a year; None prints the reminder to have one taken.
    """

    reference: str
    station: str
    number: str
    business: str
    ahead: int
    taken: str
    place: str
    name: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    tips: tuple[str, ...] = ()
    progress: str = ""
    photo: bytes = field(default=b"", repr=False)
    photo_missing: bool = False

    def fields(self, copy: int, *, training: bool) -> dict[str, str]:
        """As the template names them."""
        return {
            "station": self.station,
            "number": self.number,
            "business": self.business,
            "ahead": str(self.ahead),
            "taken": self.taken,
            "place": self.place,
            "person": masked_name(self.name) + (f"  证号尾号 {self.id_number[-4:]}" if self.id_number else ""),
            "known": "1" if self.name else "",
            "tips": "\n".join(f"· {tip}" for tip in self.tips),
            "progress": self.progress,
            "reference": self.reference,
            "photo_missing": "1" if self.photo_missing else "",
            **_marks(copy, training=training),
        }

    def to_json(self) -> str:
        """As it is kept for a reprint; the person no longer than the ticket shows them."""
        shown = replace(self, name=masked_name(self.name), id_number=self.id_number[-4:])
        return json.dumps({**asdict(shown), "photo": base64.b64encode(self.photo).decode()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> QueueTicketFacts:
        """The facts of a stored ticket."""
        row = json.loads(text)
        return cls(**{**row, "tips": tuple(row["tips"]), "photo": base64.b64decode(row["photo"])})


@dataclass(frozen=True)
class PaymentItem:
    """One line of what is to be paid. ``standard``: the charge's unit price in words; ``fen``: the line's amount."""

    name: str
    standard: str
    quantity: int
    fen: int


@dataclass(frozen=True)
class PaymentNoticeFacts:
    """``code`` (缴款码) and ``qr`` come from the finance system as they are; nothing here computes or repairs them."""

    serial: str
    unit: str
    code: str
    collecting_unit: str
    items: tuple[PaymentItem, ...]
    issued: str
    deadline: str
    window: str
    officer: str
    channels: tuple[str, ...]
    payer: str = field(default="", repr=False)
    qr: str = ""
    check_code: str = ""

    @property
    def total_fen(self) -> int:
        """What is to be paid."""
        return sum(item.fen for item in self.items)

    def fields(self, copy: int, *, training: bool) -> dict[str, str]:
        """As the template names them."""
        grouped = " ".join(self.code[i : i + 4] for i in range(0, len(self.code), 4))
        rows = [f"{i.name}\n{i.standard} × {i.quantity}\t{yuan(i.fen)}" for i in self.items]
        return {
            "unit": self.unit,
            "code": grouped,
            "qr": self.qr or self.code,
            "collecting_unit": self.collecting_unit,
            "items": "\n".join(rows),
            "total": f"合计\t{yuan(self.total_fen)} 元",
            "total_words": yuan_in_words(self.total_fen),
            "payer": masked_name(self.payer),
            "issued": self.issued,
            "deadline": self.deadline,
            "window": self.window,
            "officer": self.officer,
            "serial": self.serial,
            "channels": "、".join(self.channels),
            "check_code": self.check_code,
            **_marks(copy, training=training),
        }

    def to_json(self) -> str:
        """As it is kept for a reprint; the payer no longer than the notice shows them."""
        return json.dumps(asdict(replace(self, payer=masked_name(self.payer))), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> PaymentNoticeFacts:
        """The facts of a stored notice."""
        row: Mapping[str, Any] = json.loads(text)
        items = tuple(PaymentItem(**item) for item in row["items"])
        return cls(**{**row, "items": items, "channels": tuple(row["channels"])})


def _marks(copy: int, *, training: bool) -> dict[str, str]:
    return {"copy": str(copy) if copy else "", "training": "1" if training else ""}
