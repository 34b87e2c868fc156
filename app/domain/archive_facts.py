"""What an officer types of a file to be found by: stored in one form, refused only where it cannot be what it says."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.archive_batch import FileFacts
from app.domain.archive_query import FileQuery
from app.domain.document_number import as_stored, half_width
from app.domain.errors import BadInput
from app.domain.person import require_citizen_number, require_name
from app.domain.vehicle import is_vin

_VIN_LENGTH = 17
_NOT_IN_A_VIN = re.compile(r"[^A-HJ-NPR-Z0-9]")  # GB 16735-2019: no I, O, Q
_LONGEST = 40
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")


def stated(facts: FileFacts) -> FileFacts:
    """The same in the form in which it is searched: half width, capital, without blanks.

    A VIN of another length is taken: vehicles from before 2004 have shorter ones. A number of 18 characters that ends
    like a resident's must check; passports and numbers of units are taken as they are.

    Raises BadInput ARC-152 (letters that no VIN has), ARC-153 (longer than any such number), PER-102 and PER-103 for a
    resident's number, PER-104 for a name.
    """
    vin, id_number = as_stored(facts.vin), as_stored(facts.id_number)
    plate, archive_number = as_stored(facts.plate), as_stored_number(facts.archive_number)
    if len(vin) == _VIN_LENGTH and _NOT_IN_A_VIN.search(vin):
        raise BadInput("ARC-152", vin=vin)
    for text in (vin, id_number, plate, archive_number):
        if len(text) > _LONGEST:
            raise BadInput("ARC-153", most=_LONGEST)
    if _RESIDENT.fullmatch(id_number):
        require_citizen_number(id_number)
    name = require_name(facts.name) if facts.name.strip() else ""
    return FileFacts(plate, facts.plate_kind if plate else "", vin, archive_number, id_number, name)


def as_filed(query: FileQuery) -> FileQuery:
    """The same question in the form in which files are stored."""
    return replace(
        query,
        serial=as_stored_number(query.serial),
        plate=as_stored(query.plate),
        vin=as_stored(query.vin),
        archive_number=as_stored_number(query.archive_number),
        id_number=as_stored(query.id_number),
    )


def as_stored_number(text: str) -> str:
    """流水号 and 档案编号 keep their hyphens."""
    return half_width(text).strip().upper()


def doubtful_vin(vin: str) -> bool:
    """17 characters whose check digit does not agree: an imported vehicle's, or a slip."""
    plain = as_stored(vin)
    return len(plain) == _VIN_LENGTH and not is_vin(plain)
