"""The rooms of the workstation and what may be done in them: 读、写、导出 apart from each other."""

from __future__ import annotations

from enum import Enum


class Room(Enum):
    """Where something happens; permissions and the audit log are kept by room."""

    DOOR = "door"
    PEOPLE = "people"  # what a card or travel document says
    PHOTO = "photo"
    FINGERS = "fingers"
    CASES = "cases"
    TRAIL = "trail"
    ARCHIVE = "archive"  # scanned files of vehicles and drivers
    FEES = "fees"
    STANDARDS = "standards"
    SETTINGS = "settings"
    ACCOUNTS = "accounts"
    AUDIT = "audit"


class Right(Enum):
    """读、写、导出. Paper counts as export: it leaves the workstation."""

    READ = "read"
    WRITE = "write"
    EXPORT = "export"
