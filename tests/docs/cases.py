"""Pictures of the cases' screen: the list full and empty, a query, an error, papers, figures, verification."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.cases.application import ONLINE
from app.domain.cases.query import Operator
from app.domain.cases.verification import Stage
from app.domain.errors import NotAllowed
from app.imaging.sitter import SITTERS, sitter_jpeg
from app.store.drafts import Paper
from app.ui.application import make_application
from app.ui.rehearsal import save_picture
from app.ui.screens.cases.view import CasesView
from app.ui.theme import Theme
from app.ui.widgets.banner import Banner
from helpers.casework import TO_VERIFICATION, Counter, counter

_SIZE = (1254, 700)  # a window of 1366 × 768 less its rail, title and strip


class _Scene:
    """The screen with the window's banner above it."""

    def __init__(self, place: Counter, language: str, target: Path) -> None:
        self.place, self._target = place, target
        self.frame = QWidget()
        self.banner = Banner(language, place.bench.theme.colours["fail"], self.frame)
        self.view = CasesView(place.bench)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.banner)
        column.addWidget(self.view, 1)
        self.frame.resize(*_SIZE)
        self.frame.show()

    def seen(self, name: str) -> None:
        self.place.settle()
        save_picture(self.frame, self._target / f"cases-{name}.png")


def case_pictures(language: str, target: Path, theme_name: str = "light") -> None:
    """One PNG a scene."""
    make_application(language, Theme.load(theme_name))
    with tempfile.TemporaryDirectory() as folder, counter(Path(folder), language) as place:
        scene = _Scene(place, language, target)
        scene.view.enter()
        scene.seen("empty")
        place.crowd(200)
        case = place.online_case("YKB20261124", *TO_VERIFICATION, name="欧阳𬱖")
        for words, variant in (("结婚证", SITTERS[1]), ("居民户口簿", SITTERS[0])):
            data = sitter_jpeg(variant, 600, 800)
            place.store.drafts.keep_material(case.id, Paper("", words, ONLINE, "image/jpeg", data), "zhang")
        scene.view.enter()
        scene.seen("list")
        scene.view.list.detail.tabs.setCurrentIndex(1)
        _ask(scene)
        scene.seen("query")
        scene.view.list.detail.tabs.setCurrentIndex(2)
        scene.view.list.builder.put(scene.view.list.builder.asked().__class__())
        scene.view.enter()
        scene.seen("papers")
        scene.banner.show_error(NotAllowed("TBL-102", path="/home/police/办件.xlsx"))
        scene.seen("error")
        scene.banner.hide()
        detail = scene.view.list.model.detail
        if detail is not None and detail.papers:
            scene.view.list.papers.open(detail.papers, detail.papers[-1], beside=True)
            scene.view.list.setCurrentWidget(scene.view.list.papers)
            scene.seen("compare")
        scene.view.tabs.setCurrentWidget(scene.view.figures)
        scene.seen("figures")
        page = scene.view.verification
        page.stage.setCurrentIndex(page.stage.findData(Stage.VERIFY))
        scene.view.tabs.setCurrentWidget(page)
        place.settle()
        page.papers.selectRow(0)
        page.agrees.click()
        page.differs.click()
        scene.seen("verification")
        scene.frame.close()


def _ask(scene: _Scene) -> None:
    builder = scene.view.list.builder
    for field, operator, word, otherwise in (
        ("applicant_name", Operator.CONTAINS, "王", False),
        ("due", Operator.LESS_EQUAL, "2026-12-31", False),
        ("state", Operator.EQUAL, "", True),
    ):
        row = builder.rows[-1] if builder.rows[-1].asked() is None else builder.add_row()
        assert row is not None
        row.join.setCurrentIndex(int(otherwise))
        row.field.setCurrentIndex(row.field.findData(field))
        row.operator.setCurrentIndex(row.operator.findData(operator.value))
        row.value.setText(word)
    scene.view.list.search()
    scene.place.settle()
