"""班前点检 for the windows: the list, whether it is due, and the operator's signature under it. Thread: any; blocking."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache

from app.config.clock import Clock
from app.config.places import RESOURCES
from app.desk.place import DeskPlace
from app.domain.shift import CheckAnswer, CheckItem, ShiftCheck, check_document, is_due, require_answers
from app.security.identifiers import new_id
from app.security.signing import Signature
from app.store.store import Store


@cache
def checklist() -> tuple[int, tuple[CheckItem, ...]]:
    """Version and items of ``resources/devices/shift-checklist.toml``."""
    with (RESOURCES / "devices" / "shift-checklist.toml").open("rb") as file:
        rows = tomllib.load(file)
    version = int(rows.pop("version")["number"])
    return version, tuple(CheckItem(name, row.get("kind", ""), row["zh"], row["en"]) for name, row in rows.items())


class ShiftDesk:
    """``sign`` makes this workstation's SM2 signature; the signed text names the signed-in account."""

    def __init__(self, store: Store, place: DeskPlace, sign: Callable[[bytes], Signature], clock: Clock) -> None:
        self._store = store
        self._place = place
        self._sign = sign
        self._clock = clock

    @property
    def items(self) -> tuple[CheckItem, ...]:
        """What to look at."""
        return checklist()[1]

    def last(self) -> ShiftCheck | None:
        """The newest signed check."""
        return next(iter(self._store.shift_checks.latest(1)), None)

    def due(self) -> bool:
        """Whether it is time to look again; nothing is blocked by it."""
        last = self.last()
        hours = self._place.settings.number("shift.check_hours")
        return is_due(last.signed if last is not None else None, self._clock.now(), hours)

    def sign(self, answers: tuple[CheckAnswer, ...]) -> ShiftCheck:
        """Sign and keep. Raises BadInput CHK-101, CHK-102; StoreFault."""
        version, items = checklist()
        require_answers(items, answers)
        now = self._clock.now()
        text = check_document(
            items,
            answers,
            officer=self._place.officer.account,
            terminal=self._place.station().terminal_number,
            version=version,
            signed=now,
        )
        signature = self._sign(text.encode())
        check = ShiftCheck(new_id(), now, self._place.officer.account, text, signature.public, signature.value)
        self._store.shift_checks.add(check)
        return check
