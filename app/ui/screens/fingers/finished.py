"""The end of an enrolment: what goes onto the card, why something is missing, and the record to hand on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.fingers import SlotResult
from app.fingerprint.register import finger_name
from app.ui.bench import Bench
from app.ui.bridge.finger_signals import grey_image
from app.ui.screens.fingers.hands import HandsDrawing
from app.ui.screens.fingers.progress import finger_stands
from app.ui.screens.fingers.view_model import FingersModel
from app.ui.screens.fingers.words import OUTCOME_ICONS, exception_words, outcome_word, score_words
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.picture_view import PictureView
from app.ui.words import icon
from devices.ports.fingerprint import FingerImage

_SIDE = 300


class SlotCard(QFrame):
    """One of the fingers a card wants."""

    def __init__(self, slot: SlotResult, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        theme, language = bench.theme, bench.language
        self.picture = PictureView(self, ground=theme.colours["picture"], ink=theme.colours["picture_text"])
        self.picture.setMinimumHeight(200)
        self.picture.set_sentence(outcome_word(slot.outcome))
        name, token = OUTCOME_ICONS[slot.outcome]
        sign = QLabel(self)
        sign.setPixmap(icon(name, theme.colours[token]).pixmap(28, 28))
        heading = QLabel(f"{finger_name(slot.finger, language)}  {outcome_word(slot.outcome)}", self)
        heading.setObjectName("heading")
        told = [score_words(s, language) for s in slot.attempt.scores] if slot.attempt is not None else []
        if slot.exception is not None:
            told.append(exception_words(slot.exception, language))
        words = QLabel("\n".join(told), self)
        words.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(sign)
        head.addWidget(heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.picture, 1)
        column.addLayout(head)
        column.addWidget(words)
        self.setAccessibleName(f"{heading.text()} {words.text()}")

    def show_image(self, image: FingerImage) -> None:
        """The press that stands."""
        self.picture.set_image(grey_image(image))


class FinishedPage(QWidget):
    """``record_wanted`` carries the Compression."""

    record_wanted = Signal(object)

    def __init__(self, bench: Bench, model: FingersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        self._shown_for = ""
        self.person = QLabel(self)
        self.person.setObjectName("heading")
        self.hands = HandsDrawing(bench.theme, bench.language, self)
        self.passed_over = QLabel(self)
        self.passed_over.setWordWrap(True)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.cards: list[SlotCard] = []
        self._row = QHBoxLayout()
        self.leave = KeyButton(self.tr("Later"), "Escape", self)
        self.raw = KeyButton(self.tr("Export record"), "F8", self)
        self.wsq = KeyButton(self.tr("Export record (WSQ)"), "F9", self)
        self.finish = KeyButton(self.tr("Finish"), "Return / Enter", self)
        self.finish.setObjectName("next")
        self._lay_out()
        self.finish.clicked.connect(model.finish)
        self.leave.clicked.connect(model.leave)
        self.raw.clicked.connect(self._want_raw)
        self.wsq.clicked.connect(self._want_wsq)
        model.slot_seen.connect(self._show_slot)
        model.written.connect(self._show_written)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("All fingers are done"), self)
        title.setObjectName("asked")
        left = QWidget(self)
        left.setFixedWidth(_SIDE)
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 0, 0)
        for widget in (self.person, self.hands, self.passed_over):
            side.addWidget(widget)
        side.addStretch(1)
        side.addWidget(self.said)
        warning = QLabel(self.tr("ISO 19794-4. The file is not sealed: only for the system it is meant for."), self)
        warning.setObjectName("muted")
        warning.setWordWrap(True)
        middle = QVBoxLayout()
        middle.addWidget(title)
        middle.addLayout(self._row, 1)
        upper = QHBoxLayout()
        upper.addWidget(left)
        upper.addLayout(middle, 1)
        lower = QHBoxLayout()
        for button in (self.leave, self.raw, self.wsq):
            lower.addWidget(button)
        lower.addWidget(warning, 1)
        lower.addWidget(self.finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper, 1)
        column.addLayout(lower)

    def show_enrolment(self) -> None:
        """Once for each finished enrolment; later calls change nothing."""
        enrolment = self._model.enrolment
        if enrolment is None or enrolment.id == self._shown_for:
            return
        from app.fingerprint.iso19794 import Compression  # noqa: PLC0415 - only where a record is written

        self._shown_for = enrolment.id
        language = self._bench.language
        self.person.setText(f"{enrolment.applicant.name}  {enrolment.applicant.id_number}")
        self.hands.show_stands(finger_stands(enrolment))
        over = [e for e in enrolment.exceptions if not e.accepted]
        lines = [f"{finger_name(e.finger, language)}: {exception_words(e, language)}" for e in over]
        self.passed_over.setText("\n".join(lines))
        self.said.clear()
        for card in self.cards:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [SlotCard(slot, self._bench, self) for slot in self._model.slots()]
        for card in self.cards:
            self._row.addWidget(card)
        can = self._model.compressions()
        self.raw.setEnabled(Compression.RAW in can)
        self.wsq.setVisible(Compression.WSQ in can)
        self._model.see_slots()
        self.setFocus()

    def forget(self) -> None:
        """Nothing of the last person stays."""
        self._shown_for = ""
        self.said.clear()

    def _show_slot(self, place: int, image: FingerImage) -> None:
        if place < len(self.cards):
            self.cards[place].show_image(image)

    def _want_raw(self) -> None:
        from app.fingerprint.iso19794 import Compression  # noqa: PLC0415 - only where a record is written

        self.record_wanted.emit(Compression.RAW)

    def _want_wsq(self) -> None:
        from app.fingerprint.iso19794 import Compression  # noqa: PLC0415 - only where a record is written

        self.record_wanted.emit(Compression.WSQ)

    def _show_written(self, path: str) -> None:
        self.said.setText(self.tr("Written: {0}").format(path))
