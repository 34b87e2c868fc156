"""Pictures of every screen with something on it, made by working the windows; for the demo and the manuals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.person import Applicant
from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import Rehearsal, save_picture
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.config.settings import Settings
    from app.desk.gate import Gate


def take_screenshots(
    gate: Gate,
    settings: Settings,
    trainee: tuple[str, str],
    applicant: Applicant,
    folder: Path,
    language: str,
    *,
    theme_name: str = "light",
    size: tuple[int, int] = (1366, 768),
) -> list[Path]:
    """Signs in at the gate, does one whole job in the windows, leaves a PNG of every screen. GUI thread."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    theme = Theme.load(theme_name)
    make_application(language, theme)
    bench = Bench(gate, settings, language, theme, trainee)
    window = MainWindow(bench)
    window.resize(*size)
    window.show()
    pictures: list[Path] = []

    def seen(name: str) -> None:
        path = folder / f"{name}.png"
        widget = window.applicant if name == "applicant" and window.applicant is not None else window
        save_picture(widget, path)
        pictures.append(path)

    try:
        rehearsal = Rehearsal(window, seen)
        rehearsal.sign_in()
        rehearsal.photograph(applicant, 3)
        rehearsal.review()
        rehearsal.look_around()
    finally:
        window.close()
        bench.shut()
    return pictures
