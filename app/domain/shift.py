"""点检 at the beginning of a shift: what was looked at, by whom, and whether it is time to look again. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.errors import BadInput

LONGEST_NOTE = 200


@dataclass(frozen=True)
class CheckItem:
    """One thing to look at; ``kind`` names the device whose state stands beside it, "" for none."""

    id: str
    kind: str
    zh: str
    en: str

    def text(self, language: str) -> str:
        """What to look at."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class CheckAnswer:
    """``good`` False needs a note: what is wrong, and what was done about it."""

    item: str
    good: bool
    note: str = ""


@dataclass(frozen=True)
class ShiftCheck:
    """A signed check. ``document`` is the very text that was signed; ``public`` and ``signature`` are SM2, hex."""

    id: str
    signed: datetime
    officer: str
    document: str
    public: str
    signature: str

    def answers(self) -> tuple[CheckAnswer, ...]:
        """As they were signed."""
        return tuple(CheckAnswer(a["item"], a["good"], a["note"]) for a in json.loads(self.document)["answers"])

    @property
    def all_good(self) -> bool:
        """Whether nothing was found wrong."""
        return all(answer.good for answer in self.answers())


def is_due(last: datetime | None, now: datetime, hours: int) -> bool:
    """A check holds for ``hours``; one from the future (the clock was set back) holds for nothing."""
    return last is None or not timedelta(0) <= now - last < timedelta(hours=hours)


def require_answers(items: tuple[CheckItem, ...], answers: tuple[CheckAnswer, ...]) -> None:
    """Raises BadInput CHK-101 unless every item has one answer, CHK-102 for a fault without a note or a note too long."""
    if sorted(a.item for a in answers) != sorted(i.id for i in items):
        raise BadInput("CHK-101", missing=len({i.id for i in items} - {a.item for a in answers}))
    for answer in answers:
        if (not answer.good and not answer.note.strip()) or len(answer.note) > LONGEST_NOTE:
            raise BadInput("CHK-102", longest=LONGEST_NOTE)


def check_document(
    items: tuple[CheckItem, ...], answers: tuple[CheckAnswer, ...], *, officer: str, terminal: str, version: int,
    signed: datetime,
) -> str:  # fmt: skip
    """The text to sign: canonical JSON (sorted names, no blanks), answers in the order of the list."""
    given = {answer.item: answer for answer in answers}
    rows = [{"item": i.id, "text": i.zh, "good": given[i.id].good, "note": given[i.id].note.strip()} for i in items]
    document = {
        "answers": rows, "list": version, "officer": officer, "signed": signed.isoformat(), "terminal": terminal,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
