"""One field of a form: its name, where its value came from, what it is typed into, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.config.texts import hand_reasons
from app.domain.cases.case import FieldValue, Provenance
from app.domain.matters.form import FieldKind
from app.intake.typed import Slot
from app.ui.bench import Bench
from app.ui.screens.intake.controls import control_for
from app.ui.widgets.reason_box import ReasonBox

_WIDE_NAME = 14
_WIDE_TEXT = 100


class FieldEditor(QWidget):
    """``edited``: key, text, reason. ``entered``: Enter in it. What a card said is locked until a reason is given."""

    edited = Signal(str, str, str)
    entered = Signal(str)

    def __init__(self, bench: Bench, slot: Slot, identity: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.slot = slot
        self._identity = identity
        self._bench = bench
        self._value = FieldValue("")
        field = slot.field
        self._words = field.zh if bench.language.startswith("zh") else field.en
        self.name = QLabel(self)
        self.name.setWordWrap(True)
        self.badge = QLabel(self)
        self.badge.setObjectName("badge")
        self.mend = QPushButton(self.tr("Mend"), self)
        self.mend.setObjectName("small")
        self.mend.setAccessibleName(self.tr("Mend {0}").format(self._words))
        self.control = control_for(field, bench.language, self)
        self.name.setBuddy(self.control.widget())
        asked = self.tr("Why is it changed by hand?")
        self.reason = ReasonBox(hand_reasons(bench.language), asked, asked, self)
        self.wrong = QLabel(self)
        self.wrong.setObjectName("wrong")
        self.wrong.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.name, 1)
        top.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.control)
        column.addWidget(self.reason)
        column.addWidget(self.wrong)
        self.reason.hide()
        self.wrong.hide()
        self.mend.clicked.connect(self._mend)
        self.control.edited.connect(self._edited)
        self.control.entered.connect(self._entered)
        self.reason.currentTextChanged.connect(self._reasoned)

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width."""
        field = self.slot.field
        return len(field.zh) > _WIDE_NAME or field.kind is FieldKind.ADDRESS or field.longest > _WIDE_TEXT

    @property
    def locked(self) -> bool:
        """Whether it cannot be typed into as it stands."""
        read = self._value.provenance is Provenance.CARD and bool(self._value.value)
        return self._identity or (read and not self.reason.currentText().strip())

    def show_value(self, value: FieldValue, *, mandatory: bool, wrong: str) -> None:
        """``wrong``: the sentence beneath, "" for none."""
        self._value = value
        star = " *" if mandatory else ""
        unit = f" ({self.slot.field.unit})" if self.slot.field.unit else ""
        self.name.setText(f"{self._words}{unit}{star}")
        self.control.show_text(value.value)
        self.badge.setText(self._origin(value))
        self.badge.setToolTip(value.reason)
        self.badge.setVisible(bool(self.badge.text()))
        self._lock()
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    def _lock(self) -> None:
        read = self._value.provenance is Provenance.CARD and bool(self._value.value)
        self.mend.setVisible(read and not self._identity)
        self.control.lock(self.locked)

    def _origin(self, value: FieldValue) -> str:
        if not value.value:
            return self.tr("on the left") if self._identity else ""
        words = {
            Provenance.CARD: self.tr("card"),
            Provenance.BACKEND: self.tr("back end"),
            Provenance.EARLIER_CASE: self.tr("earlier case"),
            Provenance.HAND: self.tr("hand"),
        }
        return words[value.provenance]

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.control.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _mend(self) -> None:
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reasoned(self) -> None:
        self._lock()

    def _edited(self, text: str) -> None:
        self.edited.emit(self.slot.key, text, self.reason.currentText().strip() or self._value.reason)

    def _entered(self) -> None:
        self.entered.emit(self.slot.key)
