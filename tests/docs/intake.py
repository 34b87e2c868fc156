"""Pictures of the intake for the manual: a matter being picked, a form, the checks, what became of it."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from app.intake.typed import texts_of
from app.printing.page import PagePress
from app.printing.raster import page_pictures
from app.ui.application import make_application
from app.ui.rehearsal import save_picture, wait_until
from app.ui.theme import Theme
from helpers.intake_desks import Hands, at_the_window, fill_in, intake_room
from helpers.printers import FONT
from helpers.stores import TestClock, new_store

_MATTER = "RK-030"
_SIZE = (1240, 660)  # what the frame leaves of 1366 x 768


def intake_pictures(language: str, target: Path) -> None:
    """Into ``target``; worked as an officer works it."""
    theme = Theme.load("light")
    make_application(language, theme)
    clock = TestClock()
    with tempfile.TemporaryDirectory() as folder:
        store, _, _ = new_store(Path(folder) / "data", clock)
        with (
            closing(store),
            intake_room(store, clock, language) as room,
            at_the_window(room, language=language, theme=theme) as hands,
        ):
            hands.view.resize(*_SIZE)
            _pictures(hands, target)


def _pictures(hands: Hands, target: Path) -> None:
    matter = hands.begin(_MATTER).matter
    texts = texts_of(matter.form, matter.examples[0].filling)
    fill_in(hands, matter, texts | {"from_province": "110000"})
    wait_until("idle", lambda: not hands.bench.tasks.busy)
    save_picture(hands.view, target / "intake-checks.png")
    hands.view.model.go(1)
    hands.fill("joiner_number", "99999919960402002")
    hands.next()
    save_picture(hands.view, target / "intake-form.png")
    hands.view.model.leave()
    fill_in(hands, hands.begin(_MATTER).matter, texts)
    paper = target / "paper.png"
    paper.write_bytes(page_pictures(PagePress(FONT).text("示例材料"))[0])
    while missing := hands.sheet.assessment.missing:
        count = len(hands.sheet.papers)
        hands.view.model.add_files(missing[0].material.id, (paper,))
        wait_until("paper", lambda count=count: len(hands.sheet.papers) > count)  # type: ignore[misc]
    paper.unlink()
    while not hands.cases:
        hands.next()
        wait_until("next", lambda: not hands.view.model.busy)
    wait_until("drawn", lambda: bool(hands.view.outcome.handout.model.pages))
    save_picture(hands.view, target / "intake-outcome.png")
