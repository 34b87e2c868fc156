"""The rules of passwords and of the door, from the settings and the list of words everybody tries."""

from __future__ import annotations

from pathlib import Path

from app.config.places import RESOURCES, DataFolder
from app.config.settings import Settings
from app.domain.lockout import LockRule
from app.domain.passwords import PasswordPolicy


def lock_rule(settings: Settings) -> LockRule:
    """When the door is locked and for how long."""
    return LockRule(
        settings.number("security.lock_attempts"),
        float(settings.number("security.lock_window")),
        60.0 * settings.number("security.lock_minutes"),
    )


def password_policy(settings: Settings, folder: DataFolder) -> PasswordPolicy:
    """With the station's own words beside the shipped ones."""
    weak = _words(RESOURCES / "security" / "weak-passwords.txt") | _words(folder.weak_passwords)
    return PasswordPolicy(
        weak,
        settings.number("security.password_days"),
        settings.number("security.password_history"),
        settings.flag("security.first_login_change"),
    )


def _words(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))
