"""Which province takes part in what is done across provinces (跨省通办); the back end's check of entitlement decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.matters.table import Source


class Service(Enum):
    """The columns of the source's table."""

    MOVE = "move"  # 户口迁移
    BIRTH = "birth"  # 出生入户
    CERTIFICATE = "certificate"  # 户籍类证明
    ID_CARD = "id_card"  # 居民身份证


class Level(Enum):
    """How far a province takes part."""

    ALL = "all"  # 全部开通
    PART = "part"  # 部分开通
    NONE = "none"  # 未开通


@dataclass(frozen=True)
class Coverage:
    """One province by its code (GB/T 2260)."""

    province: str
    levels: tuple[tuple[Service, Level], ...]
    source: Source

    def level(self, service: Service) -> Level:
        """How far it takes part in a service."""
        return dict(self.levels)[service]
