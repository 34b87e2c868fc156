"""Words of roles, rooms and rights."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.records import Role
from app.domain.rights import Right, Room


def role_word(role: Role) -> str:
    """What an account is for."""
    return {
        Role.NONE: QCoreApplication.translate("Accounts", "no role yet"),
        Role.OPERATOR: QCoreApplication.translate("Accounts", "photo-station operator"),
        Role.OFFICER: QCoreApplication.translate("Accounts", "window officer"),
        Role.ARCHIVIST: QCoreApplication.translate("Accounts", "archivist"),
        Role.ADMINISTRATOR: QCoreApplication.translate("Accounts", "system administrator"),
        Role.SECURITY: QCoreApplication.translate("Accounts", "security administrator"),
        Role.AUDITOR: QCoreApplication.translate("Accounts", "auditor"),
    }[role]


def room_word(room: Room) -> str:
    """Where something is done."""
    return {
        Room.DOOR: QCoreApplication.translate("Accounts", "signing in"),
        Room.PEOPLE: QCoreApplication.translate("Accounts", "documents and queue"),
        Room.PHOTO: QCoreApplication.translate("Accounts", "photos"),
        Room.FINGERS: QCoreApplication.translate("Accounts", "fingerprints"),
        Room.CASES: QCoreApplication.translate("Accounts", "cases"),
        Room.TRAIL: QCoreApplication.translate("Accounts", "inspection trail"),
        Room.ARCHIVE: QCoreApplication.translate("Accounts", "archive"),
        Room.FEES: QCoreApplication.translate("Accounts", "fees"),
        Room.STANDARDS: QCoreApplication.translate("Accounts", "standards and strategies"),
        Room.SETTINGS: QCoreApplication.translate("Accounts", "settings"),
        Room.ACCOUNTS: QCoreApplication.translate("Accounts", "accounts"),
        Room.AUDIT: QCoreApplication.translate("Accounts", "audit log"),
    }[room]


def right_word(right: Right) -> str:
    """读、写、导出."""
    return {
        Right.READ: QCoreApplication.translate("Accounts", "read"),
        Right.WRITE: QCoreApplication.translate("Accounts", "write"),
        Right.EXPORT: QCoreApplication.translate("Accounts", "export"),
    }[right]
