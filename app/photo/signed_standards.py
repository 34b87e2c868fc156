"""Who answers for a standard's file: signed by a trusted key, by an unknown one, by nobody, or altered since."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.errors import BadInput
from app.photo.flt import parse_flt
from app.security.signing import SigningKey, SigningKeys, check_signature, read_signature, sign, signature_text


class SignatureState(Enum):
    """``ALTERED``: the signature is another file's, or no signature at all."""

    TRUSTED = "trusted"
    UNKNOWN_KEY = "unknown-key"
    UNSIGNED = "unsigned"
    ALTERED = "altered"


@dataclass(frozen=True)
class Provenance:
    """``public``: the signer's key, "" for none; ``fault``: what keeps the file from being taken as it is."""

    state: SignatureState
    public: str = ""
    fault: BadInput | None = None


def provenance(data: bytes, signature: bytes | None, file: str, keys: SigningKeys) -> Provenance:
    """Judged by the keys this workstation trusts; ``file`` is for the message."""
    if signature is None:
        return Provenance(SignatureState.UNSIGNED, fault=BadInput("SGN-105", file=file))
    try:
        read = read_signature(signature)
        check_signature(read, data, file)
    except BadInput as fault:
        return Provenance(SignatureState.ALTERED, fault=fault)
    if read.public not in keys.trusted():
        return Provenance(SignatureState.UNKNOWN_KEY, read.public, BadInput("SGN-104", file=file))
    return Provenance(SignatureState.TRUSTED, read.public)


def require_acceptable(found: Provenance, *, unsigned: bool) -> None:
    """``unsigned``: an administrator answers for a file that no trusted key signed. An altered one is never taken.

    Raises BadInput SGN-101 no signature of ours, SGN-103 altered, SGN-104 unknown key, SGN-105 unsigned.
    """
    answered = unsigned and found.state in {SignatureState.UNSIGNED, SignatureState.UNKNOWN_KEY}
    if found.fault is not None and not answered:
        raise found.fault


def signature_of(own: SigningKey, data: bytes, file: str) -> bytes:
    """The signature file of a standard. Raises BadInput STD-101, STD-102: nobody signs what cannot be judged by."""
    parse_flt(data, file)
    return signature_text(sign(own, data))
