"""Where things lie: the data files that ship with the program, and one workstation's own folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
MODELS = Path(__file__).resolve().parents[2] / "models"


@dataclass(frozen=True)
class DataFolder:
    """One workstation's own files. ``bootstrap`` makes the folder (mode 0700); nothing else does."""

    root: Path

    @classmethod
    def default(cls) -> DataFolder:
        """The place of the operating system's user data."""
        return cls(Path(platformdirs.user_data_dir("jingchuang", appauthor=False)))

    @property
    def settings(self) -> Path:
        """Plain settings; nothing personal, no secret."""
        return self.root / "settings.json"

    @property
    def keyring(self) -> Path:
        """The wrapped data key (security.keyring)."""
        return self.root / "keyring.json"

    @property
    def database(self) -> Path:
        """The SQLCipher file."""
        return self.root / "store.db"

    @property
    def door_book(self) -> Path:
        """Wrong passwords and who has to wait (store.door_book)."""
        return self.root / "door.json"

    @property
    def weak_passwords(self) -> Path:
        """The station's own words that are refused as passwords; need not exist."""
        return self.root / "weak-passwords.txt"

    @property
    def audit_mark(self) -> Path:
        """How far the audit log had come (store.audit)."""
        return self.root / "audit-head.sealed"

    @property
    def blobs(self) -> Path:
        """Sealed pictures."""
        return self.root / "blobs"

    @property
    def standards(self) -> Path:
        """Local photo standards; they take the place of shipped ones."""
        return self.root / "standards"

    @property
    def matters(self) -> Path:
        """The station's own entries of the catalogue of matters, above the shipped ones (config.matters)."""
        return self.root / "matters"

    @property
    def payment_interfaces(self) -> Path:
        """How a station's own payment gateway names things (config.payment); need not exist."""
        return self.root / "payment-interfaces.toml"

    @property
    def strategies(self) -> Path:
        """The workstation's own strategies, above the shipped ones (photo.strategies)."""
        return self.root / "strategies"

    @property
    def printers(self) -> Path:
        """What the check prints showed of each printer (printing.profiles)."""
        return self.root / "printers.json"

    @property
    def lock(self) -> Path:
        """Held while a program works on this folder."""
        return self.root / "instance.lock"

    @property
    def logs(self) -> Path:
        """Log files; no personal data."""
        return self.root / "logs"

    @property
    def backend(self) -> Path:
        """The embedded back end's own folder (training mode)."""
        return self.root / "backend"
