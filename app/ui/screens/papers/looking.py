"""A page of a paper on its way to the screen: opened and decoded off the GUI thread, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from app.config.texts import Coded, error_text
from app.domain.cases.case import CaseMaterial
from app.ui.bench import Bench

_LARGE_PX = 2400


@dataclass(frozen=True)
class PaperImage:
    """``image`` None: ``why`` says what is the matter. ``page`` counts from 0."""

    image: QImage | None
    page: int = 0
    pages: int = 1
    why: str = ""

    def caption(self, name: str) -> str:
        """The paper's name, with the page where there are several."""
        if self.pages == 1:
            return name
        place = QCoreApplication.translate("Papers", "page {0} of {1}").format(self.page + 1, self.pages)
        return f"{name} · {place}"


def look_at(bench: Bench, paper: CaseMaterial, page: int, answer: Callable[[PaperImage], object]) -> None:
    """Ask for one page; the answer comes on the GUI thread, always."""
    reading, language = bench.desk.paper_reading, bench.language

    def question() -> PaperImage:
        found = reading.look(paper, page, _LARGE_PX)
        image = QImage.fromData(found.data)
        return PaperImage(None if image.isNull() else image, found.page, found.pages)

    def refused(error: Coded) -> None:
        answer(PaperImage(None, why=error_text(error, language).what))

    bench.ask(question, answer, refused)
