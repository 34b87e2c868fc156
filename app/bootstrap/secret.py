"""The back end's password, kept sealed beside the store and never in the settings."""

from __future__ import annotations

from app.config.places import DataFolder
from app.security.digest import sm3_hex
from app.security.files import write_private
from app.security.keyring import DataKey
from app.security.sealing import open_sealed, seal

_PURPOSE = "backend-password"


class BackendSecret:
    """One account's password for the photo library; every account has a file of its own.

    An account changed in the settings therefore has no password yet, and a former one is found again.
    """

    def __init__(self, folder: DataFolder, key: DataKey, account: str) -> None:
        self._path = folder.root / f"backend-{sm3_hex(account.encode())[:16]}.sealed"
        self._key = key
        self._account = account

    def keep(self, password: str) -> None:
        """Seal it to disk."""
        write_private(self._path, seal(self._key, password.encode(), purpose=_PURPOSE, owner=self._account))

    def read(self) -> str:
        """The password, "" when none was kept. Raises StoreFault when the file is not ours."""
        if not self._path.exists():
            return ""
        return open_sealed(self._key, self._path.read_bytes(), purpose=_PURPOSE, owner=self._account).decode()
