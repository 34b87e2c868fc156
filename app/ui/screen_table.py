"""Every screen, once: its name, its picture on the rail, the module it is made from, and in whose rooms it lies."""

from __future__ import annotations

from app.desk.place import DeskPlace
from app.domain.rights import Right, Room

PHOTO, INTAKE, HISTORY, TRAIL, OUTBOX, PRINTING = "photo", "intake", "history", "trail", "outbox", "printing"
DEVICES, STRATEGIES, STANDARDS, SETTINGS = "devices", "strategies", "standards", "settings"
FINGERS = "fingers"
CASES = "cases"
QUEUE = "queue"
AUDIT = "audit"
ARCHIVE = "archive"
ACCOUNTS = "accounts"
ICONS = {
    PHOTO: "mdi6.camera-account",
    INTAKE: "mdi6.account-file-text-outline",
    HISTORY: "mdi6.image-search",
    TRAIL: "mdi6.clipboard-check-outline",
    OUTBOX: "mdi6.tray-arrow-up",
    PRINTING: "mdi6.printer-check",
    DEVICES: "mdi6.usb",
    STRATEGIES: "mdi6.transit-connection-variant",
    STANDARDS: "mdi6.ruler-square",
    SETTINGS: "mdi6.cog",
    FINGERS: "mdi6.fingerprint",
    CASES: "mdi6.folder-account-outline",
    QUEUE: "mdi6.account-clock",
    ARCHIVE: "mdi6.archive-outline",
    ACCOUNTS: "mdi6.account-key",
    AUDIT: "mdi6.shield-search",
}

# Name → module and view: each is imported when it is first wanted, so that the sign-in window is there at once.
VIEWS = {
    INTAKE: ("intake.view", "IntakeView"),
    HISTORY: ("history.view", "HistoryView"),
    TRAIL: ("trail.view", "TrailView"),
    OUTBOX: ("outbox.view", "OutboxView"),
    PRINTING: ("printing.view", "PrintingView"),
    DEVICES: ("devices.view", "DevicesView"),
    STRATEGIES: ("strategies.view", "StrategiesView"),
    STANDARDS: ("standards.view", "StandardsView"),
    SETTINGS: ("settings.view", "SettingsView"),
    FINGERS: ("fingers.view", "FingersView"),
    CASES: ("cases.view", "CasesView"),
    QUEUE: ("queue.view", "QueueView"),
    ARCHIVE: ("archive.view", "ArchiveView"),
    ACCOUNTS: ("accounts.view", "AccountsView"),
    AUDIT: ("audit.view", "AuditView"),
}

_WORK = (Room.PHOTO, Room.FINGERS, Room.CASES, Room.ARCHIVE, Room.FEES)
# Screen → rooms, any of which opens it.
_ROOMS: dict[str, tuple[Room, ...]] = {
    PHOTO: (Room.PHOTO,),
    INTAKE: (Room.CASES,),
    HISTORY: (Room.PHOTO,),
    TRAIL: (Room.TRAIL,),
    OUTBOX: _WORK,
    PRINTING: _WORK,
    DEVICES: (*_WORK, Room.SETTINGS),
    STRATEGIES: (Room.STANDARDS,),
    STANDARDS: (Room.STANDARDS,),
    SETTINGS: (Room.SETTINGS,),
    FINGERS: (Room.FINGERS,),
    CASES: (Room.CASES,),
    QUEUE: (Room.PHOTO, Room.CASES),
    ARCHIVE: (Room.ARCHIVE,),
    ACCOUNTS: (Room.ACCOUNTS,),
    AUDIT: (Room.AUDIT,),
}


def opens(place: DeskPlace, screen: str) -> bool:
    """Whether this officer finds that screen; what is done there is asked again by each service."""
    return any(place.may(room, Right.READ) for room in _ROOMS[screen])
