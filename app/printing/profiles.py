"""What is known of each printer: which characters and how many columns an officer saw on its check print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import BadInput
from app.printing.charset import UNCHECKED, Charset
from app.security.files import make_private_folder, write_private

_VERSION = 1
# Columns of font A → dots of the print head.
WIDTHS: Mapping[int, int] = {48: 576, 42: 512, 32: 384}
_DOTS = {dots: dots for dots in (0, *WIDTHS.values())}


@dataclass(frozen=True)
class PrinterProfile:
    """``width_dots`` 0 and ``checked`` "" (ISO time): nobody has looked yet."""

    address: str
    charset: Charset = UNCHECKED
    width_dots: int = 0
    checked: str = ""

    def document(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return {"characters": self.charset.names(), "width_dots": self.width_dots, "checked": self.checked}


class PrinterProfiles:
    """The file of profiles, by device address."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, address: str) -> PrinterProfile:
        """The profile, an unchecked one for a printer nobody checked. Raises BadInput PRN-133 for a broken file."""
        rows = self._rows()
        if address not in rows:
            return PrinterProfile(address)
        row = rows[address]
        try:
            width = _DOTS[row["width_dots"]]
            return PrinterProfile(address, Charset.of(row["characters"]), width, str(row["checked"]))
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput("PRN-133", path=str(self._path)) from error

    def keep(self, profile: PrinterProfile) -> None:
        """Durable when this returns. Raises StoreFault STO-10x, BadInput PRN-133."""
        rows = {**self._rows(), profile.address: profile.document()}
        document = json.dumps({"version": _VERSION, "printers": rows}, ensure_ascii=False, indent=1)
        make_private_folder(self._path.parent)
        write_private(self._path, document.encode())

    def _rows(self) -> dict[str, Any]:
        if not self._path.exists():
            return {}
        try:
            document = json.loads(self._path.read_bytes())
            rows: dict[str, Any] = dict({_VERSION: document}[document["version"]]["printers"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise BadInput("PRN-133", path=str(self._path)) from error
        return rows
