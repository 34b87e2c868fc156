"""Settings changed at the window: each change recorded, the rules of the door by an administrator alone."""

from __future__ import annotations

from app.config.settings import declarations
from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.errors import NotAllowed
from app.domain.rights import Right, Room

_OF_THE_DOOR = "security"


class SettingDesk:
    """Thread: any; blocks on the disk."""

    def __init__(self, place: DeskPlace, audit: AuditLog) -> None:
        self._place = place
        self._audit = audit

    def hidden(self) -> frozenset[str]:
        """Groups that this officer does not see."""
        own = frozenset({"hidden"})
        return own if self._place.may(Room.ACCOUNTS, Right.WRITE) else own | {_OF_THE_DOOR}

    def change(self, key: str, value: object) -> None:
        """Takes effect at once or at the next start, as declared. Raises BadInput SET-…, NotAllowed AUT-120."""
        group = next((declared.group for declared in declarations() if declared.key == key), "")
        with self._audit.doing(Access(AuditEvent.SETTING_CHANGED, key)):
            if group in self.hidden():
                raise NotAllowed("AUT-120")
            self._place.settings.change(key, value)
