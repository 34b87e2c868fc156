"""A desk of photo standards over a real folder, with a real signing key under a cheap data key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.bootstrap.standards import officers_standards
from app.config.places import DataFolder
from app.config.settings import Settings, Value
from app.desk.standards import StandardsDesk
from app.domain.photo_standard import HeadMeasure, PhotoStandard
from app.domain.records import Officer, Role
from app.photo.flt import write_flt
from app.photo.standards import load_standards, standard_by_id
from app.photo.strategies import StrategyShelf, strategy_text
from app.security.keyring import DataKey
from helpers.audit import Remembered
from helpers.stores import TestClock, new_key


@dataclass
class StandardsPlace:
    """One workstation's folder; every call of ``desk`` is another sign-in."""

    folder: DataFolder
    key: DataKey
    clock: TestClock
    settings: Settings

    @classmethod
    def made(cls, root: Path, **settings: Value) -> StandardsPlace:
        folder = DataFolder(root)
        values = {name.replace("__", "."): value for name, value in settings.items()}
        return cls(folder, new_key(folder), TestClock(), Settings.of(values))

    def desk(self, role: Role = Role.ADMINISTRATOR, language: str = "zh_CN") -> StandardsDesk:
        officer = Officer("zhang", "张", role)
        return officers_standards(self.folder, self.settings, officer, self.key, self.clock, language, Remembered())

    def lay(self, name: str, text: str) -> Path:
        """A file put into the folder by hand."""
        self.folder.standards.mkdir(exist_ok=True)
        path = self.folder.standards / name
        path.write_text(text, encoding="utf-8")
        return path

    def files(self) -> list[str]:
        return sorted(p.name for p in self.folder.standards.glob("*")) if self.folder.standards.exists() else []

    def use(self, standard_ids: Sequence[str], name: str) -> None:
        """A local strategy that names these standards."""
        strict = next(s for s in StrategyShelf(Path("/nowhere"), lambda: IDS).look().strategies if s.id == "strict")
        mine = replace(strict, id="mine", name_zh=name, name_en=name, standard_ids=tuple(standard_ids))
        self.folder.strategies.mkdir(exist_ok=True)
        (self.folder.strategies / "mine.toml").write_text(strategy_text(mine), encoding="utf-8")


IDS = tuple(s.id for s in load_standards())


def shipped(standard_id: str = "id-card") -> PhotoStandard:
    """As it came with the program."""
    return standard_by_id(load_standards(), standard_id)


def narrower(standard: PhotoStandard, source: str = "市局通知 第 3 条") -> PhotoStandard:
    """Face width from 195 px, with its source."""
    bands = tuple(
        replace(b, low=195.0, source=source) if b.measure is HeadMeasure.FACE_WIDTH else b for b in standard.geometry
    )
    return replace(standard, geometry=bands)


def text_of(standard: PhotoStandard) -> str:
    """Its file."""
    return write_flt(standard).decode()
