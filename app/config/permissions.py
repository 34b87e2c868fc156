"""The permission tables that are shipped, read once; an altered file is refused."""

from __future__ import annotations

import tomllib
from functools import cache

from app.config.places import RESOURCES
from app.domain.permissions import PermissionTable, permission_table, require_separated

SHIPPED = RESOURCES / "security" / "permissions.toml"
TRAINING = RESOURCES / "security" / "training-permissions.toml"


@cache
def shipped_permissions() -> PermissionTable:
    """For a station that has none of its own. Raises BadInput AUT-123, AUT-127 for a file that was spoilt."""
    return require_separated(permission_table(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))))


@cache
def training_permissions() -> PermissionTable:
    """Made-up data only, so one account may try everything. Raises BadInput AUT-123."""
    return permission_table(tomllib.loads(TRAINING.read_text(encoding="utf-8")))
