"""Reads and changes strategies off the GUI thread; tells each refusal to the field it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.domain.errors import BadInput
from app.domain.numbering import NumberingRule
from app.domain.strategy import DEVICE_TYPES, PURPOSES, InspectionStation, Strategy, found, problems
from app.photo.strategies import BrokenFile
from app.ui.bench import Bench

_FIELD_OF = {
    "STG-101": "name_zh",
    "STG-102": "stations",
    "STG-103": "stations",
    "STG-104": "numbering",
    "STG-105": "standards",
    "STG-107": "purpose",
    "STG-109": "devices",
    "STG-125": "name_zh",
}


def field_of(error: Coded) -> str:
    """The form's field an error is about, "" for the banner."""
    return str(error.params["field"]) if error.code == "STG-108" else _FIELD_OF.get(error.code, "")


class StrategiesModel(QObject):
    """``read`` after every look, ``kept`` with the saved strategy, ``gone`` after a deletion, ``wrong`` by field."""

    read = Signal()
    kept = Signal(object)  # Strategy
    gone = Signal()
    wrong = Signal(object)  # dict[str, Coded]

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.strategies: tuple[Strategy, ...] = ()
        self.broken: tuple[BrokenFile, ...] = ()
        self.busy = False

    @property
    def may_change(self) -> bool:
        """Whether the signed-in officer may."""
        return self._bench.opened is not None and self._bench.desk.strategies.may_change

    def refresh(self) -> None:
        """Look at the files again."""
        desk = self._bench.desk.strategies
        self._bench.ask(lambda: (desk.list(), desk.broken()), self._answer)

    def _answer(self, found_now: tuple[tuple[Strategy, ...], tuple[BrokenFile, ...]]) -> None:
        self.strategies, self.broken = found_now
        self.read.emit()

    def shown(self, words: str) -> tuple[Strategy, ...]:
        """Those a search leaves."""
        return found(self.strategies, words)

    def blank(self) -> Strategy:
        """What a new strategy starts from: the station's own numbering, the machine as the first judge."""
        standards = tuple(s.id for s in self._bench.desk.standards[:1])
        numbering = self._bench.settings.text("photo.numbering")
        return Strategy("", "", "", "", DEVICE_TYPES[0], PURPOSES[0], standards, (InspectionStation.ALGORITHM,), numbering)

    def example(self, template: str, service: str) -> str:
        """Today's first number under a rule, "" when the rule cannot be followed."""
        settings = self._bench.settings
        try:
            rule = NumberingRule(template)
        except BadInput:
            return ""
        return rule.number(
            region=settings.text("station.region_code"),
            terminal=settings.text("station.terminal_number"),
            service=service,
            day=date.today(),  # noqa: DTZ011 - the wall calendar of the window
            seq=1,
        )

    def camera(self) -> str:
        """The connected camera's model, "" for none."""
        description = self._bench.desk.camera.description()
        return description.model if description is not None else ""

    def save(self, draft: Strategy) -> None:
        """New without an id, else the next version; every wrong field is told at once."""
        if self.busy:
            return
        known = [s.id for s in self._bench.desk.standards]
        refused = [p for p in problems(draft, known) if draft.id or p.code != "STG-106"]
        if refused:
            self._tell(refused)
            return
        desk = self._bench.desk.strategies
        self._do(lambda: desk.change(draft) if draft.id else desk.new(draft), self._kept)

    def delete(self, strategy_id: str) -> None:
        """After the officer's yes."""
        desk = self._bench.desk.strategies
        self._do(lambda: desk.delete(strategy_id), self._gone)

    def set_aside(self, file_id: str) -> None:
        """A broken file, after the officer's yes."""
        desk = self._bench.desk.strategies
        self._do(lambda: desk.set_aside(file_id), self._gone)

    def _do(self, step: Callable[[], Strategy | None], answer: Callable[[Strategy | None], None]) -> None:
        if self.busy:
            return
        self.busy = True
        self._bench.ask(step, answer, self._refused)

    def _kept(self, strategy: Strategy | None) -> None:
        self.busy = False
        self.wrong.emit({})
        self.kept.emit(strategy)
        self.refresh()

    def _gone(self, _: object) -> None:
        self.busy = False
        self.gone.emit()
        self.refresh()

    def _refused(self, error: Coded) -> None:
        self.busy = False
        self._tell([error])
        self.refresh()

    def _tell(self, refused: list[BadInput] | list[Coded]) -> None:
        fields: dict[str, Coded] = {}
        for error in refused:
            fields.setdefault(field_of(error), error)
        nowhere = fields.pop("", None)
        if nowhere is not None:
            self._bench.refused.emit(nowhere)
        self.wrong.emit(fields)
