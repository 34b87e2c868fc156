"""指纹: who, then one finger after the other, then what goes onto the card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.fingers import Ask, Enrolment
from app.domain.person import Applicant
from app.ui.bench import Bench
from app.ui.screens.fingers.finished import FinishedPage
from app.ui.screens.fingers.taking import TakingPage
from app.ui.screens.fingers.view_model import FingersModel
from app.ui.screens.fingers.who import WhoForm
from app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from app.fingerprint.iso19794 import Compression


class FingersView(QWidget):
    """Three pages, made when they are first wanted: all screens together are made in one moment of the sign-in."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.model = FingersModel(bench)
        self._pages = QStackedWidget(self)
        self._who: WhoForm | None = None
        self._taking: TakingPage | None = None
        self._finished: FinishedPage | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.model.changed.connect(self._show)
        self.model.left_open.connect(self._offer)

    # -- pages -----------------------------------------------------------------------------------------

    @property
    def who(self) -> WhoForm:
        """The start form."""
        if self._who is None:
            page = QWidget(self)
            form = WhoForm(self._bench, page)
            self.begin = KeyButton(self.tr("Begin"), "F2", page)
            self.begin.setObjectName("next")
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(form, 4)
            row.addStretch(1)
            end = QHBoxLayout()
            end.addStretch(1)
            end.addWidget(self.begin)
            column = QVBoxLayout(page)
            column.addStretch(1)
            column.addLayout(row)
            column.addStretch(1)
            column.addLayout(end)
            self._pages.addWidget(page)
            self.begin.clicked.connect(form.submit)
            form.started.connect(self.model.begin)
            form.resumed.connect(self.model.take_up)
            form.discarded.connect(self.model.give_up)
            self._who = form
        return self._who

    @property
    def taking(self) -> TakingPage:
        """Where fingers are taken."""
        if self._taking is None:
            self._taking = TakingPage(self._bench, self.model, self)
            self._taking.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._pages.addWidget(self._taking)
        return self._taking

    @property
    def finished(self) -> FinishedPage:
        """What came of it."""
        if self._finished is None:
            self._finished = FinishedPage(self._bench, self.model, self)
            self._finished.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._finished.record_wanted.connect(self._choose_file)
            self._pages.addWidget(self._finished)
        return self._finished

    # -- coming and going ------------------------------------------------------------------------------

    def enter(self) -> None:
        """The screen is shown: it stands where it stood."""
        self.model.watch(True)
        self._show()
        if self.model.enrolment is None:
            self.model.ask_left_open()
            if not self.who.name.text():
                self.who.name.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the scanner's state is not asked for any more; a press that is waited for goes on."""
        self.model.watch(False)
        super().hideEvent(event)

    def take(self, applicant: Applicant) -> bool:
        """Somebody read from a card or come from another screen: filled in, to be begun. False while one is under way."""
        if self.model.enrolment is not None:
            return False
        self.who.take(applicant)
        return True

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._bench.opened is None:
            return
        enrolment = self.model.enrolment
        before = self._pages.currentWidget()
        if enrolment is None:
            self._show_who()
        elif enrolment.step().ask is Ask.DONE:
            self.finished.show_enrolment()
            self._pages.setCurrentWidget(self.finished)
        else:
            self.taking.show_enrolment()
            self._pages.setCurrentWidget(self.taking)
            if before is not self.taking:
                self.taking.setFocus()

    def _show_who(self) -> None:
        page = self.who.parentWidget()
        if self._finished is not None:
            self._finished.forget()
        if self._pages.currentWidget() is page:
            return
        came_back = self._pages.currentWidget() in (self._taking, self._finished)
        self._pages.setCurrentWidget(page)
        if came_back:
            self.who.clear()
            self.model.ask_left_open()

    def _offer(self, found: tuple[Enrolment, ...]) -> None:
        self.who.show_open(found)

    def _choose_file(self, compression: Compression) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export record"), self.model.file_name(), "ISO 19794-4 (*.fir)")
        if name:
            self.model.write(compression, Path(name))
