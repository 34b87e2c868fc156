"""A signature bound by SM3 to the very bytes that were on the screen when it was given.

A digest has no key: it shows that something was changed, not by whom. The store's seal and the trail keep others from
putting a new one in its place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadInput
from app.domain.signature import Signature, read_document
from app.security.digest import sm3_hex

FORMAT, VERSION = "jingchuang.signed-document", 1
_TEXTS = ("title", "document", "signed_at", "binding")


@dataclass(frozen=True)
class SignedDocument:
    """``title``: which paper it is (never a person's data). ``document_digest``: SM3 of its bytes, hex. ``signed_at``:
    ISO 8601. ``binding``: SM3 over all the other fields in their stored spelling."""

    title: str
    document_digest: str
    signature: Signature
    signed_at: str
    binding: str

    @classmethod
    def sign(cls, title: str, document: bytes, signature: Signature, signed_at: str) -> SignedDocument:
        """Bind now."""
        unbound = cls(title, sm3_hex(document), signature, signed_at, "")
        return cls(title, unbound.document_digest, signature, signed_at, unbound.expected_binding())

    def _bound(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "title": self.title,
            "document": self.document_digest,
            "signed_at": self.signed_at,
            "signature": json.loads(self.signature.to_json()),
        }

    def expected_binding(self) -> str:
        """What ``binding`` must be."""
        return sm3_hex(json.dumps(self._bound(), sort_keys=True, separators=(",", ":")).encode())

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps({**self._bound(), "binding": self.binding}, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> SignedDocument:
        """Raises BadInput SIG-101, SIG-102. Whether it still holds is asked with ``require_unchanged``."""
        table = read_document(text, FORMAT, VERSION)
        title, document, signed_at, binding = (table.get(key) for key in _TEXTS)
        if not (
            isinstance(title, str) and isinstance(document, str) and isinstance(signed_at, str) and isinstance(binding, str)
        ):
            raise BadInput("SIG-101")
        return cls(title, document, Signature.from_json(json.dumps(table.get("signature"))), signed_at, binding)

    def require_unchanged(self, document: bytes) -> None:
        """Raises BadInput SIG-103 when this is not the document that was signed, SIG-104 when strokes, time, title or
        digest are not those that were bound."""
        if self.expected_binding() != self.binding:
            raise BadInput("SIG-104")
        if sm3_hex(document) != self.document_digest:
            raise BadInput("SIG-103")
