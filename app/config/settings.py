"""Settings: declared once in a data file, checked on every change, kept as plain JSON (nothing personal, no secret)."""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from app.config.places import RESOURCES
from app.domain.errors import BadInput, StoreFault

Value = str | int | bool

_VERSION = 1


class SettingKind(Enum):
    """How a setting is edited and checked."""

    TEXT = "text"
    INTEGER = "integer"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    DEVICE = "device"
    PATTERN = "pattern"


@dataclass(frozen=True)
class SettingDeclaration:
    """One row of ``resources/settings/declarations.toml``."""

    key: str
    kind: SettingKind
    default: Value
    group: str
    restart: bool
    choices: tuple[str, ...]
    low: int | None
    high: int | None
    max_length: int
    pattern: str
    unit: str
    labels: dict[str, str]
    helps: dict[str, str]

    def label(self, language: str) -> str:
        """The name shown beside the field."""
        return self.labels["zh" if language.startswith("zh") else "en"]

    def help(self, language: str) -> str:
        """The sentence beneath the field."""
        return self.helps["zh" if language.startswith("zh") else "en"]

    def checked(self, value: object) -> Value:
        """The value if this setting may take it. Raises BadInput CFG-101 (what is allowed is in the text)."""
        good = {
            SettingKind.TEXT: self._is_text,
            SettingKind.DEVICE: self._is_text,
            SettingKind.PATTERN: self._matches,
            SettingKind.CHOICE: lambda v: v in self.choices,
            SettingKind.BOOLEAN: lambda v: isinstance(v, bool),
            SettingKind.INTEGER: self._in_range,
        }[self.kind](value)
        if not good or not isinstance(value, str | int):
            raise BadInput("CFG-101", key=self.key, allowed=self.allowed())
        return value

    def allowed(self) -> str:
        """What the setting may take, in a few characters."""
        if self.kind is SettingKind.INTEGER:
            return f"{self.low}-{self.high}"
        if self.kind is SettingKind.CHOICE:
            return " | ".join(self.choices)
        if self.kind is SettingKind.BOOLEAN:
            return "true | false"
        return self.pattern or f"≤ {self.max_length}"

    def _is_text(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= self.max_length and value.isprintable()

    def _matches(self, value: object) -> bool:
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None

    def _in_range(self, value: object) -> bool:
        low, high = self.low, self.high
        if not isinstance(value, int) or isinstance(value, bool) or low is None or high is None:
            return False
        return low <= value <= high


def _declaration(key: str, row: dict[str, Any]) -> SettingDeclaration:
    return SettingDeclaration(
        key=key,
        kind=SettingKind(row["kind"]),
        default=row["default"],
        group=row["group"],
        restart=row["restart"],
        choices=tuple(row.get("choices", ())),
        low=row.get("low"),
        high=row.get("high"),
        max_length=row.get("max_length", 400),
        pattern=row.get("pattern", ""),
        unit=row.get("unit", ""),
        labels={"zh": row["zh"]["label"], "en": row["en"]["label"]},
        helps={"zh": row["zh"]["help"], "en": row["en"]["help"]},
    )


@cache
def declarations() -> tuple[SettingDeclaration, ...]:
    """Every setting in the order of the data file."""
    with (RESOURCES / "settings" / "declarations.toml").open("rb") as file:
        rows = tomllib.load(file)
    return tuple(_declaration(key, row) for key, row in rows.items())


def declaration(key: str) -> SettingDeclaration:
    """One setting's declaration. Raises BadInput CFG-102 for a key nobody declared."""
    for row in declarations():
        if row.key == key:
            return row
    raise BadInput("CFG-102", key=key)


class Settings:
    """The values in force. Reading is free of I/O; a change is on disk before it counts."""

    def __init__(self, path: Path | None, values: dict[str, Value]) -> None:
        self._path = path
        self._values = values

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The settings file, or the defaults when there is none.

        Raises:
            BadInput: CFG-101 a value out of its limits, CFG-102 an unknown key, CFG-103 not our JSON,
                CFG-104 written by a newer program.
        """
        if not path.exists():
            return cls(path, {})
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise BadInput("CFG-103", path=str(path)) from error
        if not isinstance(document, dict) or not isinstance(document.get("values"), dict):
            raise BadInput("CFG-103", path=str(path))
        if document.get("version") != _VERSION:
            raise BadInput("CFG-104", version=str(document.get("version")))
        values = {key: declaration(key).checked(value) for key, value in document["values"].items()}
        return cls(path, values)

    @classmethod
    def of(cls, values: dict[str, Value]) -> Settings:
        """Settings that live in memory only (training, command line, tests)."""
        return cls(None, {key: declaration(key).checked(value) for key, value in values.items()})

    def value(self, key: str) -> Value:
        """The value in force."""
        return self._values.get(key, declaration(key).default)

    def text(self, key: str) -> str:
        """A text-like value."""
        return str(self.value(key))

    def flag(self, key: str) -> bool:
        """A boolean setting."""
        return bool(self.value(key))

    def number(self, key: str) -> int:
        """An integer value."""
        return int(self.value(key))

    def change(self, key: str, value: object) -> None:
        """Check, write to disk (temp file, fsync, rename), then use. Raises BadInput, StoreFault CFG-105."""
        row = declaration(key)
        values = {**self._values, key: row.checked(value)}
        if self._path is not None:
            _write(self._path, values)
        self._values = values


def _write(path: Path, values: dict[str, Value]) -> None:
    document = json.dumps({"version": _VERSION, "values": values}, ensure_ascii=False, indent=1)
    temporary = path.with_suffix(".tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StoreFault("CFG-105", reason=error.strerror or "") from error
