"""A strategy (检测策略) says, for one department and its devices, which photo is made and who looks at it in what order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.domain.errors import BadInput
from app.domain.numbering import NumberingRule

# What the windows have words for; a file may name another.
DEVICE_TYPES = ("camera", "webcam", "kiosk")

PURPOSES = ("household", "exit-entry", "traffic", "other")

# An id is a file name on every system, so it is kept to what no file system folds, escapes or reserves.
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")

_ID_MAX = 40
_LINE_MAX = 60
_NUMBERING_MAX = 80
_REMARK_MAX = 400
_DEVICES_MAX = 64
_VERSION_MAX = 10**9


class InspectionStation(Enum):
    """A place where a photo is judged (质检工位)."""

    ALGORITHM = "algorithm"  # 算法检测, on this machine
    BACKEND = "backend"  # 后端检测 / 一所检测
    MANUAL = "manual"  # 人工检测


@dataclass(frozen=True)
class Strategy:
    """One inspection strategy; only ``validated`` ones are kept or followed."""

    id: str
    name_zh: str
    name_en: str
    department: str  # 所属部门
    device_type: str
    purpose: str  # 照片用途, one of PURPOSES
    standard_ids: tuple[str, ...]
    stations: tuple[InspectionStation, ...]  # in the order in which a photo passes them
    numbering: str  # the text of a NumberingRule
    photo_library: str = ""  # 照片库, "" = the station's own
    devices: tuple[str, ...] = ()  # names or models it is bound to, empty = any
    remark: str = ""
    special_reason_needed: bool = False  # every photo is a special inspection (特检) and says why
    issue_before_answer: bool = False  # a photo is final before the back end has answered
    version: int = 1
    updated: str = ""  # ISO time of the last change

    def name(self, language: str) -> str:
        """The name in ``zh_CN`` or ``en``; the other one where this was left empty."""
        first, second = (self.name_zh, self.name_en) if language.startswith("zh") else (self.name_en, self.name_zh)
        return first or second

    def is_bound_to(self, device: str) -> bool:
        """Whether ``device`` (a model, perhaps with maker and serial around it) is one of its own, word for word."""
        return any(_names(own, device) for own in self.devices)


def _names(own: str, device: str) -> bool:
    words = re.escape(own.casefold().strip())
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", device.casefold()) is not None


def chosen(strategies: Sequence[Strategy], device: str, purpose: str | None = None) -> Strategy | None:
    """The strategy for a device: one bound to it before one for any device; ties by id; None when none fits."""
    fitting = sorted((s for s in strategies if purpose is None or s.purpose == purpose), key=lambda s: s.id)
    bound = (s for s in fitting if s.is_bound_to(device))
    unbound = (s for s in fitting if not s.devices)
    return next(bound, None) or next(unbound, None)


def moved(stations: Sequence[InspectionStation], index: int, up: bool) -> tuple[InspectionStation, ...]:
    """The stations with the one at ``index`` a place nearer the start (``up``) or the end; at an end it stays."""
    order = list(stations)
    other = index - 1 if up else index + 1
    if 0 <= index < len(order) and 0 <= other < len(order):
        order[index], order[other] = order[other], order[index]
    return tuple(order)


def found(strategies: Sequence[Strategy], words: str) -> tuple[Strategy, ...]:
    """策略查询: those in whose names or department every keyword occurs; no keyword gives all."""
    keys = words.casefold().split()

    def fits(strategy: Strategy) -> bool:
        text = "\n".join((strategy.name_zh, strategy.name_en, strategy.department)).casefold()
        return all(key in text for key in keys)

    return tuple(s for s in strategies if fits(s))


def validated(strategy: Strategy, known_standards: Collection[str]) -> Strategy:
    """The same strategy when it can be followed; raises the first of its ``problems``."""
    for problem in problems(strategy, known_standards):
        raise problem
    return strategy


def problems(strategy: Strategy, known_standards: Collection[str]) -> Iterator[BadInput]:
    """Everything that keeps a strategy from being followed, at most one for each field.

    STG-101 no name, STG-102 no inspection station, STG-103 a station twice, STG-104 bad numbering, STG-105 no
    standard, an unknown one or one twice, STG-106 bad id, STG-107 unknown purpose, STG-108 a text too long or with
    control characters, STG-109 a device twice or an empty one, STG-110 bad version or time.
    """
    if not good_id(strategy.id):
        yield BadInput("STG-106", id=strategy.id[:_LINE_MAX])
    if not strategy.name_zh.strip() and not strategy.name_en.strip():
        yield BadInput("STG-101")
    yield from _wrong_stations(strategy.stations)
    if not _is_numbering(strategy.numbering):
        yield BadInput("STG-104", template=strategy.numbering[:_NUMBERING_MAX])
    yield from _wrong_standards(strategy.standard_ids, known_standards)
    if strategy.purpose not in PURPOSES:
        yield BadInput("STG-107", purpose=strategy.purpose[:_LINE_MAX])
    yield from _wrong_texts(strategy)
    yield from _wrong_devices(strategy.devices)
    if not 1 <= strategy.version <= _VERSION_MAX or not _is_time(strategy.updated):
        yield BadInput("STG-110", version=str(strategy.version)[:12], time=strategy.updated[:_LINE_MAX])


def good_id(strategy_id: str) -> bool:
    """Whether this may name a strategy and its file."""
    fits = len(strategy_id) <= _ID_MAX and _ID.fullmatch(strategy_id)
    return bool(fits) and not _RESERVED.fullmatch(strategy_id)


def _wrong_stations(stations: tuple[InspectionStation, ...]) -> Iterator[BadInput]:
    if not stations:
        yield BadInput("STG-102")
    twice = next((s for s in stations if stations.count(s) > 1), None)
    if twice is not None:
        yield BadInput("STG-103", station=twice.value)


def _is_numbering(text: str) -> bool:
    if len(text) > _NUMBERING_MAX:
        return False
    try:
        NumberingRule(text)
    except BadInput:
        return False
    return True


def _wrong_standards(standard_ids: tuple[str, ...], known: Collection[str]) -> Iterator[BadInput]:
    wrong = [s for s in standard_ids if s not in known or standard_ids.count(s) > 1]
    if wrong or not standard_ids:
        yield BadInput("STG-105", ids=", ".join(wrong)[:200] or "—")


def _is_time(text: str) -> bool:
    try:
        return not text or datetime.fromisoformat(text) is not None
    except ValueError:
        return False


def _wrong_texts(strategy: Strategy) -> Iterator[BadInput]:
    for field in ("name_zh", "name_en", "department", "device_type", "photo_library"):
        text = str(getattr(strategy, field))
        if len(text) > _LINE_MAX or not text.isprintable():
            yield BadInput("STG-108", field=field, limit=_LINE_MAX)
    remark = strategy.remark
    if len(remark) > _REMARK_MAX or not remark.replace("\n", "").isprintable():
        yield BadInput("STG-108", field="remark", limit=_REMARK_MAX)


def _wrong_devices(devices: tuple[str, ...]) -> Iterator[BadInput]:
    folded = [d.casefold().strip() for d in devices]
    crowded = len(devices) > _DEVICES_MAX or not all(folded) or len(set(folded)) != len(folded)
    if crowded or any(len(d) > _LINE_MAX or not d.isprintable() for d in devices):
        yield BadInput("STG-109", devices=", ".join(devices)[:200], limit=_LINE_MAX)
