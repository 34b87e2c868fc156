"""A strategy (检测策略) says, for one department and its devices, which photo is made and who looks at it in what order."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from app.domain.errors import BadInput
from app.domain.numbering import NumberingRule

PURPOSES = ("household", "exit-entry", "traffic", "other")

# An id is a file name on every system, so it is kept to what no file system folds, escapes or reserves.
_ID = re.compile(r"[a-z][a-z0-9]{0,15}(?:-[a-z0-9]{1,16}){0,3}")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")

_LINE_MAX = 60
_REMARK_MAX = 400
_DEVICES_MAX = 64


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
    special_reason_needed: bool = False
    version: int = 1
    updated: str = ""  # ISO time of the last change

    def name(self, language: str) -> str:
        """The name in ``zh_CN`` or ``en``; the other one where this was left empty."""
        first, second = (self.name_zh, self.name_en) if language.startswith("zh") else (self.name_en, self.name_zh)
        return first or second

    def is_bound_to(self, device: str) -> bool:
        """Whether one of its own devices is meant by ``device``: the whole name, or a model with its serial behind."""
        return any(_means(own, device) for own in self.devices)


def _means(own: str, device: str) -> bool:
    own, device = own.casefold().strip(), device.casefold().strip()
    return bool(own) and (device == own or device.startswith(own + " "))


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
    """The same strategy when it can be followed.

    Raises:
        BadInput: STG-101 no name, STG-102 no inspection station, STG-103 a station twice, STG-104 bad numbering,
            STG-105 unknown standard or none, STG-106 bad id, STG-107 unknown purpose, STG-108 a text too long or with
            control characters, STG-109 a device twice or an empty one, STG-110 bad version.
    """
    _check_names(strategy)
    _check_stations(strategy.stations)
    try:
        NumberingRule(strategy.numbering)
    except BadInput as error:
        raise BadInput("STG-104", template=strategy.numbering) from error
    unknown = [s for s in strategy.standard_ids if s not in known_standards]
    if unknown or not strategy.standard_ids or len(set(strategy.standard_ids)) != len(strategy.standard_ids):
        raise BadInput("STG-105", ids=", ".join(unknown or strategy.standard_ids) or "—")
    if strategy.purpose not in PURPOSES:
        raise BadInput("STG-107", purpose=strategy.purpose)
    _check_texts(strategy)
    _check_devices(strategy.devices)
    if strategy.version < 1:
        raise BadInput("STG-110", version=strategy.version)
    return strategy


def _check_names(strategy: Strategy) -> None:
    if not _ID.fullmatch(strategy.id) or _RESERVED.fullmatch(strategy.id):
        raise BadInput("STG-106", id=strategy.id)
    if not strategy.name_zh.strip() and not strategy.name_en.strip():
        raise BadInput("STG-101")


def _check_stations(stations: tuple[InspectionStation, ...]) -> None:
    if not stations:
        raise BadInput("STG-102")
    if len(set(stations)) != len(stations):
        twice = next(s for s in stations if stations.count(s) > 1)
        raise BadInput("STG-103", station=twice.value)


def _check_texts(strategy: Strategy) -> None:
    lines = {
        "name_zh": strategy.name_zh,
        "name_en": strategy.name_en,
        "department": strategy.department,
        "device_type": strategy.device_type,
        "photo_library": strategy.photo_library,
        "updated": strategy.updated,
    }
    for field, text in lines.items():
        if len(text) > _LINE_MAX or not text.isprintable():
            raise BadInput("STG-108", field=field, limit=_LINE_MAX)
    remark = strategy.remark
    if len(remark) > _REMARK_MAX or not remark.replace("\n", "").isprintable():
        raise BadInput("STG-108", field="remark", limit=_REMARK_MAX)


def _check_devices(devices: tuple[str, ...]) -> None:
    folded = [d.casefold().strip() for d in devices]
    if len(devices) > _DEVICES_MAX or not all(folded) or len(set(folded)) != len(folded):
        raise BadInput("STG-109", devices=", ".join(devices)[:200])
    if any(len(d) > _LINE_MAX or not d.isprintable() for d in devices):
        raise BadInput("STG-108", field="devices", limit=_LINE_MAX)
