"""Strategies on disk: the shipped files, and the workstation's own above them in its data folder.

In this room because a strategy is checked against the photo standards, which are read here, and because it is
written with ``security.files``, which ``config`` lies below.

One strategy a file, named for its id. A local file replaces the shipped one of the same id; a local file that holds
only ``deleted = true`` takes it away. A local file that cannot be read does not let the shipped one return: the
photos would silently be judged by fewer stations than an administrator had laid down.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.config.places import RESOURCES
from app.domain.errors import BadInput
from app.domain.strategy import InspectionStation, Strategy, good_id, validated
from app.security.files import disk_fault, make_private_folder, write_private

_SUFFIX = ".toml"

# Far above any strategy that passes ``validated``; a larger file is none of ours.
_LARGEST_FILE = 256 * 1024

_REQUIRED = {"name", "department", "device_type", "purpose", "standards", "stations", "numbering", "version"}
_OPTIONAL = {"photo_library", "devices", "remark", "special_reason_needed", "issue_before_answer", "updated"}


@dataclass(frozen=True)
class BrokenFile:
    """A local file nobody can follow: ``id`` is its name without the suffix, ``fault`` says why."""

    id: str
    fault: BadInput


@dataclass(frozen=True)
class ShelfContent:
    """What a look at both folders gave, each part in the order of the ids."""

    strategies: tuple[Strategy, ...]
    broken: tuple[BrokenFile, ...]


class StrategyShelf:
    """The two folders as one. Keeps nothing in memory: what is on disk holds. Callers serialise the writing."""

    def __init__(
        self, local: Path, known_standards: Callable[[], Collection[str]], shipped: Path = RESOURCES / "strategies"
    ) -> None:
        self._local = local
        self._known_standards = known_standards
        self._shipped = shipped

    def look(self) -> ShelfContent:
        """Everything there is. Raises BadInput STG-121, STG-122 for a shipped file only (the program is damaged)."""
        known = self._known_standards()
        kept: dict[str, Strategy] = {}
        broken: dict[str, BrokenFile] = {}
        for path in _files(self._shipped):
            kept[path.stem] = read_strategy(path, known)
        for path in _files(self._local):
            kept.pop(path.stem, None)
            try:
                document = _document(path)
                if not _is_deletion(document):
                    kept[path.stem] = _checked(path, document, known)
            except BadInput as fault:
                broken[path.stem] = BrokenFile(path.stem, fault)
        return ShelfContent(tuple(kept[k] for k in sorted(kept)), tuple(broken[k] for k in sorted(broken)))

    def write(self, strategy: Strategy) -> None:
        """Keep it, whole or not at all. Raises BadInput STG-1…, StoreFault STO-1… (the former file stays)."""
        text = strategy_text(validated(strategy, self._known_standards()))
        make_private_folder(self._local)
        write_private(self._file(strategy.id), text.encode("utf-8"))

    def delete(self, strategy_id: str) -> None:
        """Take it away; a shipped one by a local file that says so. Raises BadInput STG-123, StoreFault STO-1…."""
        if not good_id(strategy_id):
            raise BadInput("STG-123", id=strategy_id[:60])
        if (self._shipped / f"{strategy_id}{_SUFFIX}").exists():
            make_private_folder(self._local)
            write_private(self._file(strategy_id), b"deleted = true\n")
            return
        try:
            self._file(strategy_id).unlink()
        except FileNotFoundError as error:
            raise BadInput("STG-123", id=strategy_id) from error
        except OSError as error:
            raise disk_fault(error) from error

    def set_aside(self, file_id: str) -> None:
        """Rename a broken local file to ``….broken``, so that the shipped one, if any, is in force again.

        Raises BadInput STG-123 when there is no such local file, StoreFault STO-1….
        """
        path = next((p for p in _files(self._local) if p.stem == file_id), None)
        if path is None:
            raise BadInput("STG-123", id=file_id[:60])
        try:
            path.replace(path.with_suffix(".broken"))
        except OSError as error:
            raise disk_fault(error) from error

    def _file(self, strategy_id: str) -> Path:
        return self._local / f"{strategy_id}{_SUFFIX}"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else []


def read_strategy(path: Path, known_standards: Collection[str]) -> Strategy:
    """One file, every line of it understood. Raises BadInput STG-121 unreadable, STG-122 what is wrong in it."""
    return _checked(path, _document(path), known_standards)


def _document(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
        if len(data) > _LARGEST_FILE:
            raise BadInput("STG-121", file=path.name, reason="too large")
        return tomllib.loads(data.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput("STG-121", file=path.name, reason=str(error)[:200]) from error


def _is_deletion(document: dict[str, Any]) -> bool:
    return document == {"deleted": True} and isinstance(document["deleted"], bool)


def _checked(path: Path, document: dict[str, Any], known: Collection[str]) -> Strategy:
    try:
        return validated(_strategy(path.stem, document), known)
    except (BadInput, KeyError, TypeError, ValueError) as error:
        reason = str(error) if isinstance(error, BadInput) else f"{type(error).__name__} {error}"
        raise BadInput("STG-122", file=path.name, reason=reason[:200]) from error


def _strategy(strategy_id: str, document: dict[str, Any]) -> Strategy:
    missing, unknown = _REQUIRED - document.keys(), document.keys() - _REQUIRED - _OPTIONAL
    if missing or unknown:
        raise ValueError(f"missing {sorted(missing)}, unknown {sorted(unknown)}")
    name = document["name"]
    if not isinstance(name, dict) or name.keys() != {"zh", "en"}:
        raise ValueError("name needs zh and en")
    return Strategy(
        id=strategy_id,
        name_zh=_text(name, "zh"),
        name_en=_text(name, "en"),
        department=_text(document, "department"),
        device_type=_text(document, "device_type"),
        purpose=_text(document, "purpose"),
        standard_ids=_texts(document, "standards"),
        stations=tuple(InspectionStation(station) for station in _texts(document, "stations")),
        numbering=_text(document, "numbering"),
        photo_library=_text(document, "photo_library"),
        devices=_texts(document, "devices"),
        remark=_text(document, "remark"),
        special_reason_needed=_flag(document, "special_reason_needed"),
        issue_before_answer=_flag(document, "issue_before_answer"),
        version=_whole(document, "version"),
        updated=_text(document, "updated"),
    )


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise TypeError(f"{key} is no list of texts")
    return tuple(value)


def _flag(row: dict[str, Any], key: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise TypeError(f"{key} is not true or false")
    return value


def _whole(row: dict[str, Any], key: str) -> int:
    value = row[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{key} is no whole number")
    return value


def strategy_text(strategy: Strategy) -> str:
    """The file's text. A JSON string without control characters is a TOML string, so ``json`` does the quoting."""

    def quoted(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    names = f"{{ zh = {quoted(strategy.name_zh)}, en = {quoted(strategy.name_en)} }}"
    lines = {
        "name": names,
        "department": quoted(strategy.department),
        "device_type": quoted(strategy.device_type),
        "purpose": quoted(strategy.purpose),
        "standards": quoted(strategy.standard_ids),
        "stations": quoted([station.value for station in strategy.stations]),
        "numbering": quoted(strategy.numbering),
        "photo_library": quoted(strategy.photo_library),
        "devices": quoted(strategy.devices),
        "remark": quoted(strategy.remark),
        "special_reason_needed": quoted(strategy.special_reason_needed),
        "issue_before_answer": quoted(strategy.issue_before_answer),
        "version": quoted(strategy.version),
        "updated": quoted(strategy.updated),
    }
    return "".join(f"{key} = {value}\n" for key, value in lines.items())
