"""The audit log's SM3 chain: how a row hangs on the one before, and what a cut, changed or moved row looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from app.domain.audit import AuditAnchor, AuditEntry, AuditEvent, AuditFault, AuditFinding, AuditHead
from app.domain.errors import BadInput
from app.security.digest import sm3_hex
from app.security.signing import Signature, SigningKey, check_signature, sign

GENESIS = "0" * 64
_MOST_FINDINGS = 100
_FAR = 64  # rows a renumbered row is looked for up and down


def linked(entry: AuditEntry) -> AuditEntry:
    """The row with its digest: SM3(previous ‖ content)."""
    return replace(entry, digest=sm3_hex(bytes.fromhex(entry.previous) + entry.content()))


def signed_anchor(anchor: AuditAnchor, key: SigningKey) -> AuditAnchor:
    """The anchor with its SM2 signature."""
    signature = sign(key, anchor.signed_text())
    return replace(anchor, public=signature.public, signature=signature.value)


def chain_findings(
    entries: Iterable[AuditEntry], place_of: Callable[[str], int | None], before: AuditEntry | None = None
) -> Iterator[AuditFinding]:
    """What does not hold in ``entries``, ascending by number; ``before`` is the row in front of the first, None at the
    beginning of the log; ``place_of`` says which row has a digest. At most 100 findings."""
    walk = _Walk(place_of, before)
    count = 0
    for entry in entries:
        for finding in walk.step(entry):
            yield finding
            count += 1
            if count == _MOST_FINDINGS:
                return


class _Walk:
    def __init__(self, place_of: Callable[[str], int | None], before: AuditEntry | None) -> None:
        self._place_of = place_of
        self._last = before
        self._told = False  # the row before is a finding already: what hangs on it proves nothing more

    def step(self, entry: AuditEntry) -> Iterator[AuditFinding]:
        """What this row shows."""
        number, previous = (self._last.number, self._last.digest) if self._last else (0, GENESIS)
        gap = entry.number - number - 1
        if gap > 0:
            yield AuditFinding(AuditFault.DELETED, number + 1, entry.number - 1)
        told, self._told = self._told, False
        if linked(entry).digest != entry.digest:
            self._told = True
            fault = AuditFault.REORDERED if self._moved(entry) else AuditFault.EDITED
            yield AuditFinding(fault, entry.number, entry.number)
        elif gap == 0 and entry.previous != previous and not told:
            yield AuditFinding(AuditFault.EDITED, number, number)
        if self._last is not None and not self._told and not told and _runs_back(self._last, entry):
            yield AuditFinding(AuditFault.CLOCK, entry.number, entry.number)
        self._last = entry

    def _moved(self, entry: AuditEntry) -> bool:
        """Whether the row is whole under another number."""
        origin = 0 if entry.previous == GENESIS else self._place_of(entry.previous)
        places = range(max(1, entry.number - _FAR), entry.number + _FAR)
        candidates = places if origin is None else (origin + 1, *places)
        return any(linked(replace(entry, number=number)).digest == entry.digest for number in candidates)


def _runs_back(before: AuditEntry, entry: AuditEntry) -> bool:
    if entry.event == AuditEvent.CLOCK_SET_BACK.word:
        return False
    return moment(entry.at) < moment(before.at)


def moment(text: str) -> datetime:
    """A row's time; what is none counts as the beginning of time, so that it shows."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found
    return datetime.fromisoformat("0001-01-02T00:00:00+00:00")


def anchor_findings(
    anchors: tuple[AuditAnchor, ...], digest_of: Callable[[int], str | None], public: str, first: int
) -> Iterator[AuditFinding]:
    """Anchors that are missing, not this workstation's (``public``: its SM2 key), or of another chain; the first one's id
    is ``first``."""
    for place, anchor in enumerate(anchors, start=first):
        digest = digest_of(anchor.number)
        if anchor.id != place or anchor.public != public or not _holds(anchor):
            yield AuditFinding(AuditFault.ANCHOR, anchor.number, anchor.number)
        elif digest is not None and digest != anchor.digest:
            yield AuditFinding(AuditFault.REWRITTEN, anchor.number, anchor.number)


def _holds(anchor: AuditAnchor) -> bool:
    try:
        check_signature(Signature(anchor.public, anchor.signature), anchor.signed_text(), "audit anchor")
    except (BadInput, ValueError):
        return False
    return True


def head_findings(
    head: AuditHead | None, last: AuditEntry | None, digest_of: Callable[[int], str | None]
) -> Iterator[AuditFinding]:
    """Whether the end of the log is where the mark beside the database says."""
    end = last.number if last is not None else 0
    if head is None:
        if end:
            yield AuditFinding(AuditFault.HEAD, end, end)
    elif head.number > end:
        yield AuditFinding(AuditFault.TRUNCATED, end + 1, head.number)
    elif head.number and digest_of(head.number) not in {head.digest, None}:
        yield AuditFinding(AuditFault.REWRITTEN, head.number, head.number)
