"""Strategies for the windows: everybody may look, an administrator may change, the photo station asks which holds."""

from __future__ import annotations

import threading
from dataclasses import replace

from app.config.clock import Clock
from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.errors import BadInput, NotAllowed
from app.domain.rights import Right, Room
from app.domain.strategy import Strategy, chosen, found
from app.photo.strategies import BrokenFile, StrategyShelf
from app.security.identifiers import new_id


class StrategyDesk:
    """检测策略管理. Thread: any; every call reads the folders and may block."""

    def __init__(self, shelf: StrategyShelf, place: DeskPlace, clock: Clock, audit: AuditLog) -> None:
        self._shelf = shelf
        self._place = place
        self._clock = clock
        self._audit = audit
        self._writing = threading.Lock()  # between reading the former version and writing the next

    @property
    def may_change(self) -> bool:
        """Whether the signed-in officer may change strategies."""
        return self._place.may(Room.STANDARDS, Right.WRITE)

    def list(self) -> tuple[Strategy, ...]:
        """Every strategy that can be followed, by id."""
        return self._shelf.look().strategies

    def broken(self) -> tuple[BrokenFile, ...]:
        """Local files nobody can follow, each with its reason."""
        return self._shelf.look().broken

    def search(self, words: str) -> tuple[Strategy, ...]:
        """策略查询 by keywords of names and department; "" gives all."""
        return found(self.list(), words)

    def new(self, draft: Strategy) -> Strategy:
        """新增策略: the draft under an id of its own.

        Raises:
            NotAllowed: AUT-104 not an administrator.
            BadInput: STG-125 the name is taken, STG-101 … STG-110 what is wrong in it.
            StoreFault: STO-1… it could not be written; nothing was changed.
        """
        self._only_administrators()
        with self._writing:
            strategy = replace(draft, id=f"s-{new_id().lower()}", version=1, updated=self._now())
            return self._keep(strategy)

    def change(self, strategy: Strategy) -> Strategy:
        """修改策略: the next version, if ``strategy`` was made from the one in force.

        Raises what ``new`` raises, and BadInput STG-123 when it is gone, STG-124 when it was changed meanwhile.
        """
        self._only_administrators()
        with self._writing:
            former = next((s for s in self.list() if s.id == strategy.id), None)
            if former is None:
                raise BadInput("STG-123", id=strategy.id[:60])
            if former.version != strategy.version:
                raise BadInput("STG-124", version=former.version)
            return self._keep(replace(strategy, version=former.version + 1, updated=self._now()))

    def delete(self, strategy_id: str) -> None:
        """删除策略. Raises NotAllowed AUT-104, BadInput STG-123 when there is none, StoreFault STO-1…."""
        self._only_administrators()
        with self._writing:
            if all(s.id != strategy_id for s in self.list()):
                raise BadInput("STG-123", id=strategy_id[:60])
            with self._audit.doing(Access(AuditEvent.STRATEGY_CHANGED, strategy_id, detail="deleted")):
                self._shelf.delete(strategy_id)

    def set_aside(self, file_id: str) -> None:
        """Move a broken file away. Raises NotAllowed AUT-104, BadInput STG-123 when it is not broken, StoreFault."""
        self._only_administrators()
        with self._writing:
            if all(b.id != file_id for b in self.broken()):
                raise BadInput("STG-123", id=file_id[:60])
            with self._audit.doing(Access(AuditEvent.STRATEGY_CHANGED, file_id, detail="set aside")):
                self._shelf.set_aside(file_id)

    def for_device(self, device: str, purpose: str | None = None) -> Strategy | None:
        """The strategy the device follows, None when none fits.

        Raises BadInput STG-121, STG-122 while a local file is broken: it could be the very one laid down for this
        device, and following another would judge the photo by fewer stations without anybody knowing.
        """
        content = self._shelf.look()
        if content.broken:
            raise content.broken[0].fault
        return chosen(content.strategies, device, purpose)

    def _only_administrators(self) -> None:
        if not self.may_change:
            raise NotAllowed("AUT-104")

    def _keep(self, strategy: Strategy) -> Strategy:
        mine = _names(strategy)
        twin = next((s for s in self.list() if s.id != strategy.id and mine & _names(s)), None)
        if twin is not None:
            raise BadInput("STG-125", name=twin.name(self._place.language))
        with self._audit.doing(Access(AuditEvent.STRATEGY_CHANGED, strategy.id, detail=f"version {strategy.version}")):
            self._shelf.write(strategy)
        return strategy

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")


def _names(strategy: Strategy) -> set[str]:
    both = (strategy.name_zh.strip().casefold(), strategy.name_en.strip().casefold())
    return {name for name in both if name}
