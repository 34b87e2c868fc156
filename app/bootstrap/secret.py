"""Secrets of this workstation towards others, kept sealed beside the store and never in the settings."""

from __future__ import annotations

from app.config.places import DataFolder
from app.security.digest import sm3_hex
from app.security.files import write_private
from app.security.keyring import DataKey
from app.security.sealing import open_sealed, reseal, seal


class SealedSecret:
    """One secret of one owner; every owner has a file of its own.

    An owner changed in the settings therefore has no secret yet, and a former one's is found again.
    """

    def __init__(self, folder: DataFolder, key: DataKey, name: str, purpose: str, owner: str) -> None:
        self._path = folder.root / f"{name}-{sm3_hex(owner.encode())[:16]}.sealed"
        self._key = key
        self._purpose = purpose
        self._owner = owner

    def keep(self, secret: str) -> None:
        """Seal it to disk."""
        write_private(self._path, seal(self._key, secret.encode(), purpose=self._purpose, owner=self._owner))

    def reseal(self, former: DataKey) -> None:
        """What was kept under the former data key, under this one. Raises StoreFault when the file is not ours."""
        if self._path.exists():
            kept = self._path.read_bytes()
            write_private(self._path, reseal(former, self._key, kept, purpose=self._purpose, owner=self._owner))

    def read(self) -> str:
        """The secret, "" when none was kept. Raises StoreFault when the file is not ours."""
        if not self._path.exists():
            return ""
        return open_sealed(self._key, self._path.read_bytes(), purpose=self._purpose, owner=self._owner).decode()


class BackendSecret(SealedSecret):
    """An account's password for the photo library."""

    def __init__(self, folder: DataFolder, key: DataKey, account: str) -> None:
        super().__init__(folder, key, "backend", "backend-password", account)


class FiscalKey(SealedSecret):
    """The key agreed with the payment gateway under an application id."""

    def __init__(self, folder: DataFolder, key: DataKey, app_id: str) -> None:
        super().__init__(folder, key, "fiscal", "fiscal-key", app_id)


class TerminalKey(SealedSecret):
    """A terminal's APPKEY under its APPID."""

    def __init__(self, folder: DataFolder, key: DataKey, app_id: str) -> None:
        super().__init__(folder, key, "terminal", "terminal-key", app_id)
