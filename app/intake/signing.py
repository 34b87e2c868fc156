"""申请人签名 on a case: the ink as a picture, the pen's way inside it, and a code of the form that was signed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.domain.cases.case import CaseMaterial
from app.domain.errors import BadInput
from app.domain.signature import PenPoint, Signature
from app.imaging.ink import signature_picture
from app.security.digest import sm3_hex
from app.security.signed_document import SignedDocument
from app.store.drafts import Paper
from devices.ports.signature_pad import PadDescription, PenSample

ORIGIN = "signature"
_ITEM = "signature:"
_CODE_LENGTH = 16
_NAME = "申请人签名"


@dataclass(frozen=True)
class Signed:
    """The last signature of a case. ``current``: the form still says what was signed."""

    paper: CaseMaterial
    current: bool


def form_bytes(texts: Mapping[str, str]) -> bytes:
    """The filled fields in one spelling, whatever their order: what an applicant signs."""
    return json.dumps(sorted((key, text) for key, text in texts.items() if text), ensure_ascii=False).encode()


def _item(digest: str) -> str:
    return _ITEM + digest[:_CODE_LENGTH]


def signature_paper(
    signature: Signature, title: str, texts: Mapping[str, str], now: datetime, widths_mm: tuple[float, float]
) -> Paper:
    """A PNG on white that carries the ``SignedDocument``: strokes, time, ``title``, digest of the form.

    ``title`` tells which matter, never a person. Raises BadInput SIG-105, SIG-106.
    """
    bound = SignedDocument.sign(title, form_bytes(texts), signature, now.isoformat())
    data = signature_picture(signature, widths_mm, bound.to_json())
    return Paper(_item(bound.document_digest), f"{_NAME} {now.astimezone():%Y-%m-%d %H:%M}", ORIGIN, "image/png", data)


def signed_of(papers: Iterable[CaseMaterial], texts: Mapping[str, str]) -> Signed | None:
    """The last signature among the papers, None when nobody signed."""
    signatures = sorted((p for p in papers if p.origin == ORIGIN), key=lambda p: p.taken)
    if not signatures:
        return None
    return Signed(signatures[-1], signatures[-1].item == _item(sm3_hex(form_bytes(texts))))


def handwriting(pad: PadDescription, samples: Iterable[PenSample]) -> Signature:
    """What a pen did on a pad, as strokes; a stroke ends where the pen left. Raises BadInput SIG-101."""
    strokes = tuple(
        tuple(PenPoint(s.x_mm, s.y_mm, s.t_ms, s.pressure) for s in stroke)
        for down, stroke in groupby(samples, key=lambda s: s.down)
        if down
    )
    if pad.width_mm <= 0 or pad.height_mm <= 0:
        raise BadInput("SIG-101")
    return Signature(pad.width_mm, pad.height_mm, strokes)
