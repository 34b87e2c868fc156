"""What a password must be: long and mixed enough, no word everybody tries, not one of the last ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.errors import BadInput

_SHORTEST = 8
_CLASSES = 3


@dataclass(frozen=True)
class PasswordPolicy:
    """``days`` until it must be changed, 0 = never; ``history``: how many former ones are refused."""

    weak: frozenset[str]
    days: int
    history: int
    first_change: bool


@dataclass(frozen=True)
class PasswordState:
    """When it was set, and whether by somebody else than its owner."""

    since: datetime
    initial: bool


def require_strong(password: str) -> None:
    """At least 8 characters of three of the four classes. Raises BadInput AUT-110."""
    classes = (str.isdigit, str.isupper, str.islower, lambda c: not c.isalnum())
    if len(password) < _SHORTEST or sum(any(map(test, password)) for test in classes) < _CLASSES:
        raise BadInput("AUT-110")


def require_uncommon(password: str, policy: PasswordPolicy) -> None:
    """Raises BadInput AUT-112 for a word of the list."""
    if password.casefold() in policy.weak:
        raise BadInput("AUT-112")


def must_change(state: PasswordState, policy: PasswordPolicy, now: datetime) -> bool:
    """Whether its owner has to choose another one before anything else."""
    expired = policy.days > 0 and now - state.since >= timedelta(days=policy.days)
    return expired or (state.initial and policy.first_change)
