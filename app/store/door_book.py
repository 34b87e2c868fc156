"""Who knocked at the door with a wrong password, on the disk before the answer: a restart forgets nothing.

The file lies in the open, as nothing is unlocked yet: account names and seconds. A damaged one keeps everybody out for
one locking time. What was refused waits here until somebody has signed in and it can be written into the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any

from app.config.clock import Clock
from app.domain.errors import NotAllowed
from app.domain.lockout import Knocks, LockRule, certainly_passed
from app.security.files import write_private

_VERSION = 1
_MOST_TOLD = 500  # refusals that are kept for the audit log
_EVERYBODY = ""
_NOBODY = "?"  # names that no account has: each may be a password typed into the wrong field


@dataclass(frozen=True)
class Refusal:
    """One refused try. ``account`` is ``?`` for a name nobody has here."""

    at: str
    account: str
    code: str


@dataclass(frozen=True)
class _Page:
    seen: float
    knocks: dict[str, Knocks]
    refused: tuple[Refusal, ...]


class DoorBook:
    """One program at a time (store.lock). ``rule`` is asked anew at every knock."""

    def __init__(self, path: Path, clock: Clock, rule: Callable[[], LockRule]) -> None:
        self._path = path
        self._clock = clock
        self._rule = rule

    def knock(self, account: str, *, known: bool) -> Knocks:
        """Before a password is tried; the account's tries before this one. Raises NotAllowed AUT-105 while it has to wait.

        The try counts as wrong until ``opened`` is called: a program that is killed in between has still counted it.
        """
        page, rule = self._page(), self._rule()
        name = account if known else _NOBODY
        former = page.knocks.get(name, Knocks())
        waits = max(former.locked_s, page.knocks.get(_EVERYBODY, Knocks()).locked_s)
        if waits > 0:
            self._write(self._refusing(page, name, "AUT-105"))
            raise NotAllowed("AUT-105", seconds=ceil(waits))
        knocks = {**page.knocks, name: former.wrong(rule)}
        self._write(self._refusing(replace(page, knocks=knocks), name, "AUT-101"))
        return former

    def withdraw(self, account: str, former: Knocks) -> None:
        """The password was right and something else is missing: the try counts neither as wrong nor as right."""
        page = self._page()
        self._write(replace(page, knocks={**page.knocks, account: former}, refused=page.refused[:-1]))

    def opened(self, account: str) -> None:
        """The password was right: its tries are forgotten, and the last one was no refusal."""
        page = self._page()
        knocks = {name: each for name, each in page.knocks.items() if name != account}
        self._write(replace(page, knocks=knocks, refused=page.refused[:-1]))

    def release(self, account: str) -> None:
        """解锁 by an administrator."""
        page = self._page()
        self._write(replace(page, knocks={n: k for n, k in page.knocks.items() if n not in {account, _EVERYBODY}}))

    def waiting(self) -> dict[str, int]:
        """Accounts that have to wait, and how many seconds."""
        return {name: ceil(k.locked_s) for name, k in self._page().knocks.items() if k.locked_s > 0}

    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused since somebody last took note of it."""
        return self._page().refused

    def take_note(self) -> None:
        """It stands in the audit log now."""
        self._write(replace(self._page(), refused=()))

    def _refusing(self, page: _Page, account: str, code: str) -> _Page:
        refusal = Refusal(self._clock.now().isoformat(timespec="seconds"), account, code)
        return replace(page, refused=(*page.refused, refusal)[-_MOST_TOLD:])

    # -- the file --------------------------------------------------------------------------------------

    def _page(self) -> _Page:
        """As it stands at this moment."""
        now, rule = self._clock.monotonic(), self._rule()
        try:
            page = _read(json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return _Page(now, {}, ())
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return _Page(now, {_EVERYBODY: Knocks((), rule.lock_s)}, ())
        passed = certainly_passed(page.seen, now)
        knocks = {name: each.after(passed, rule) for name, each in page.knocks.items()}
        return _Page(now, {name: each for name, each in knocks.items() if each != Knocks()}, page.refused)

    def _write(self, page: _Page) -> None:
        document = {
            "version": _VERSION,
            "seen": page.seen,
            "knocks": {name: [list(each.ages), each.locked_s] for name, each in page.knocks.items()},
            "refused": [[each.at, each.account, each.code] for each in page.refused],
        }
        write_private(self._path, json.dumps(document, ensure_ascii=False).encode())


def _read(document: Any) -> _Page:
    if document["version"] != _VERSION:
        raise ValueError(document["version"])
    knocks = {
        str(name): Knocks(tuple(float(age) for age in ages), float(locked))
        for name, (ages, locked) in document["knocks"].items()
    }
    refused = tuple(Refusal(*map(str, row)) for row in document["refused"])
    return _Page(float(document["seen"]), knocks, refused)
