"""受理 at the keyboard: presses for frequent matters beside what their forms must have, and how soon a key is a glyph."""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bench.rows import Row, row
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.config.matters import shipped_catalogue
from app.domain.matters.matter import Matter
from app.intake.typed import slots
from app.ui.application import make_application
from app.ui.rehearsal import wait_until
from app.ui.screens.intake.controls import LineControl
from app.ui.theme import Theme
from helpers.intake_desks import Hands, at_the_window, fill_in, intake_room
from helpers.matter_texts import texts_of_matter
from helpers.pictures import portrait_jpeg
from helpers.stores import TestClock, new_store

# One of each kind that a window sees daily: a certificate, a move, a dog, a driver's matter, a passport.
FREQUENT = ("RK-100", "RK-030", "ZA-002", "JJ-001", "CR-001")
_KEYS = 200


@contextmanager
def _window(matter: Matter) -> Iterator[tuple[Hands, Path]]:
    clock = TestClock()
    clock.time = datetime.combine(matter.examples[0].today, clock.time.timetz())
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.jpg"
        paper.write_bytes(portrait_jpeg(width=300, height=400))
        store, _, _ = new_store(Path(folder) / "data", clock)
        with closing(store), intake_room(store, clock) as room, at_the_window(room) as hands:
            yield hands, paper


def _hand_in(hands: Hands, paper: Path) -> None:
    """A file for each missing material: its line, F6, the file's name taken as one press, Enter."""
    while hands.sheet.assessment.missing:
        count = len(hands.sheet.papers)
        hands.view.model.add_files(hands.sheet.assessment.missing[0].material.id, (paper,))
        hands.keys += 4
        wait_until("paper", lambda n=count: len(hands.sheet.papers) > n)  # type: ignore[misc]  # the default binds


def _presses(matter: Matter) -> Iterator[Row]:
    """Typed by hand throughout: no card, nothing known before, each Chinese character one press; no pointer at all."""
    texts = texts_of_matter(matter.code)
    with _window(matter) as (hands, paper):
        fill_in(hands, hands.begin(matter.code).matter, texts)
        _hand_in(hands, paper)
        hands.next()
        wait_until("case", lambda: bool(hands.cases))
        keys, travel = hands.keys, hands.travel_px
        across = math.hypot(hands.view.width(), hands.view.height())
    facts = matter.examples[0].filling.values
    typed = sum(slot.field.is_mandatory(facts) for slot in slots(matter.form, texts) if not slot.section.rows)
    yield row(f"presses to take {matter.code} by hand", keys, "presses", "mandatory fields of its form", typed)
    name = f"pointer travel to take {matter.code}, if every field is gone to with the mouse"
    yield row(name, travel, "px", "the window from corner to corner", across)


class _Painted(QObject):
    """When the watched widget has painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return super().eventFilter(watched, event)


def _glyph_ms(line: QLineEdit) -> float:
    """The 99th percentile of key press → painted line, in milliseconds."""
    painted = _Painted()
    line.installEventFilter(painted)
    line.setFocus()
    times = []
    for number in range(_KEYS):
        if number % 20 == 0:
            line.clear()
        painted.at, begun = 0.0, time.perf_counter()
        QTest.keyClick(line, Qt.Key.Key_A)
        while not painted.at:
            QApplication.processEvents()
        times.append(1000 * (painted.at - begun))
    line.removeEventFilter(painted)
    return statistics.quantiles(times, n=100)[98]


def _lines(hands: Hands, step: int) -> list[LineControl]:
    """The lines to type into that a section shows."""
    hands.view.model.go(step)
    QApplication.processEvents()
    editors = hands.view.work.section.editors.values()
    return [e.control for e in editors if isinstance(e.control, LineControl) and e.control.isVisibleTo(hands.view)]


def _largest() -> Row:
    """The longest form, in its section with the most lines."""
    matter = max(shipped_catalogue().matters, key=lambda m: len(m.form.fields))
    bare = QLineEdit()
    bare.show()
    with _window(matter) as (hands, _):
        hands.begin(matter.code)
        step = max(range(len(matter.form.sections)), key=lambda n: len(_lines(hands, n)))
        ours, theirs = _glyph_ms(_lines(hands, step)[-1]), _glyph_ms(bare)
    return row("key to glyph on the largest form, p99", ours, "ms", "a bare QLineEdit in a window of its own", theirs)


def measure() -> Iterator[Row]:
    """In the real window, offscreen."""
    make_application("zh_CN", Theme.load("light"))
    for code in FREQUENT:
        yield from _presses(shipped_catalogue().matter(code))
    yield _largest()
