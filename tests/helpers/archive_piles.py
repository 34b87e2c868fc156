"""Piles of typed archive pages with separators and blanks, as sheets for a feeder; the archivist's command line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.archive.separator_sheet import separator_png
from app.archive.separators import FileKind, Separator
from app.bootstrap.secret import BackendSecret
from app.cli import main
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.config.settings import Settings
from app.domain.records import Officer, Role
from app.security import keyring
from app.store.store import Store
from helpers.archive_documents import drawn, scanned
from helpers.documents import Pixels, page
from helpers.library import ACCOUNT
from helpers.printers import FONT
from helpers.stores import PASSWORD, new_key

DPI = 150
# Complete files of their business (resources/archive/materials.toml).
REGISTRATION = ("registration-form", "identity-copy", "origin", "domestic-certificate", "insurance", "check-record")
FIRST_LICENCE = ("licence-form", "identity-copy", "health-certificate", "score-record", "undertaking")
_CODES = {"vehicle": (FileKind.VEHICLE, "ZCDJ", "注册登记"), "driver": (FileKind.DRIVER, "CCSL", "初次申领")}


@dataclass
class TypedPile:
    """``truth``: serial → types in their order."""

    folder: Path
    paths: list[Path] = field(default_factory=list)
    truth: dict[str, list[str]] = field(default_factory=dict)

    def lay(self, pixels: Pixels) -> None:
        path = self.folder / f"sheet-{len(self.paths):04}.png"
        path.write_bytes(cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes())
        self.paths.append(path)

    def file(
        self,
        serial: str,
        types: tuple[str, ...],
        kind: str = "vehicle",
        seed: int = 0,
        *,
        blank: bool = True,
        business: str = "",
    ) -> None:
        """A separator, pages of these types, a blank back."""
        code, usual, name = _CODES[kind]
        self.separator(Separator(code, serial, business or usual), name)
        for number, type_id in enumerate(types):
            self.typed(kind, type_id, seed * 100 + number)
        if blank:
            self.lay(page("blank", DPI))
        self.truth[serial] = list(types)

    def separator(self, separator: Separator, name: str) -> None:
        png = separator_png(separator, name, FONT)
        self.lay(np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8))

    def typed(self, kind: str, type_id: str, seed: int, dpi: int = DPI) -> None:
        """Seeds beyond those of the model's training."""
        self.lay(scanned(drawn(kind, type_id, 70_000 + seed, dpi), seed, dpi))


def typed_pile(folder: Path) -> TypedPile:
    folder.mkdir(parents=True, exist_ok=True)
    return TypedPile(folder)


class Archivist:
    """An officer at the command line, with a password and, where ``url`` is given, a back end."""

    def __init__(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str = ""
    ) -> None:
        self.folder = DataFolder(root)
        self._capsys = capsys
        new_key(self.folder)
        key = keyring.unlock(self.folder.keyring, "zhang", PASSWORD)
        store = Store.open(self.folder, key, SystemClock())
        store.put_account(Officer("zhang", "张某", Role.ARCHIVIST), enabled=True)
        store.close()
        settings = Settings.load(self.folder.settings)
        if url:
            settings.change("backend.url", url)
            settings.change("backend.account", ACCOUNT.account)
            BackendSecret(self.folder, key, ACCOUNT.account).keep(ACCOUNT.password)
        monkeypatch.setattr("app.cli.archive_commands.ask_password", lambda prompt: PASSWORD)

    def store(self) -> Store:
        return Store.open(self.folder, keyring.unlock(self.folder.keyring, "zhang", PASSWORD), SystemClock())

    def command(self, *words: str) -> list[str]:
        return ["--language", "zh_CN", "archive", *words, "--user", "zhang", "--data", str(self.folder.root), "--json"]

    def run(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = main(self.command(*words))
        out = self._capsys.readouterr().out
        return code, json.loads(out) if out else {}
