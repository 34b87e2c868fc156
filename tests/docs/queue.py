"""Pictures of the hall's queue: who waits, who is called, who missed the call, who must be photographed first."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import cast

from app.config.queue import segments
from app.domain.person import Applicant, check_character
from app.domain.queueing import SignIn, VisitEvent
from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import Rehearsal, save_picture, wait_until
from app.ui.screen_table import QUEUE
from app.ui.screens.queue.view import QueueView
from app.ui.theme import Theme
from helpers.desks import TRAINEE, training_gate

_PEOPLE = ("甲walk-in", "乙booked", "丙walk-in", "丁foreigners", "戊walk-in", "己booked", "庚walk-in")


def _comes(number: int, person: str) -> SignIn:
    first17 = f"99999919900307{number:03d}"
    segment = segments()[person[1:]]
    who = Applicant(f"示例{person[0]}", first17 + check_character(first17))
    return SignIn(who, segment, segment.businesses[number % 3], "card")


def queue_pictures(language: str, target: Path) -> None:
    """``queue.png`` under ``target``."""
    theme = Theme.load("light")
    make_application(language, theme)
    with tempfile.TemporaryDirectory() as folder, training_gate(Path(folder), language) as (gate, settings, _, _):
        bench = Bench(gate, settings, language, theme, TRAINEE)
        window = MainWindow(bench)
        window.show()
        try:
            Rehearsal(window, lambda _: None).sign_in()
            hall = bench.desk.hall
            for number, person in enumerate(_PEOPLE):
                hall.sign_in(_comes(number, person))
            hall.step(hall.call_next(), VisitEvent.MISS)
            hall.call_next()
            window.go_to(QUEUE)
            wait_until("queue", lambda: window.shown == QUEUE and not bench.tasks.busy)
            view = cast("QueueView", window.screens[QUEUE])
            wait_until("numbers", lambda: view.table.rowCount() == len(_PEOPLE))
            save_picture(window, target / "queue.png")
        finally:
            window.close()
            bench.shut()
