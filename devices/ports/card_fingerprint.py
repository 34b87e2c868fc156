"""The head of the fingerprint templates on a card: which finger, how it was registered, how good; never the features.

512 bytes a template (GA/T 1012 as quoted by vendors): byte 0 ``C``, byte 4 the result, byte 5 the finger, byte 6 the
quality. Byte 511 is a CRC-8 whose polynomial no source tells, so it is not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_TEMPLATE_BYTES = 512
_FIRST_BYTE = 0x43


class Registration(Enum):
    """Byte 4."""

    REGISTERED = 1
    FAILED = 2
    NOT_REGISTERED = 3
    UNKNOWN = 9


@dataclass(frozen=True)
class FingerTemplate:
    """``finger``: 11-15 right thumb to little finger, 16-20 left, 97 right and 98 left unspecified, 99 other.

    ``quality`` 1-100, 0 = not told.
    """

    registration: Registration
    finger: int
    quality: int


def finger_templates(block: bytes) -> tuple[FingerTemplate, ...]:
    """Of 0, 512 or 1024 bytes; a half that does not begin as a template is passed over."""
    halves = [block[at : at + _TEMPLATE_BYTES] for at in range(0, len(block), _TEMPLATE_BYTES)]
    return tuple(_template(half) for half in halves if len(half) == _TEMPLATE_BYTES and half[0] == _FIRST_BYTE)


def _template(half: bytes) -> FingerTemplate:
    known = {one.value for one in Registration}
    result = Registration(half[4]) if half[4] in known else Registration.UNKNOWN
    return FingerTemplate(result, half[5], half[6])
