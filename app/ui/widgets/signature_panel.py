"""The signing place: what is signed, the sheet, what is still missing, clear, undo, done."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.signature_rules import signature_limits
from app.domain.signature import Plausibility, plausibility
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.signature_pad import SignaturePad


class SignaturePanel(QWidget):
    """``signed`` carries a plausible Signature, ``given_up`` that the person does not sign now, ``cleared`` that the sheet
    is to be white again. What is too little is never taken: the panel asks again in words."""

    signed = Signal(object)
    given_up = Signal()
    cleared = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.pad = SignaturePad(self)
        self._heading = QLabel(self.tr("Please sign: {what}").format(what=what), self)
        self._heading.setObjectName("heading")
        self._heading.setWordWrap(True)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(40)
        self._undo = KeyButton(self.tr("Undo stroke"), "Ctrl+Z", self)
        self._clear = KeyButton(self.tr("Sign afresh"), "Del", self)
        self._leave = KeyButton(self.tr("Do not sign now"), "Escape", self)
        self._done = KeyButton(self.tr("The signature is right"), "Return", self)
        self._done.setObjectName("next")
        self._undo.clicked.connect(self.pad.undo)
        self._clear.clicked.connect(self.pad.clear)
        self._clear.clicked.connect(self.cleared)
        self._leave.clicked.connect(self.given_up)
        self._done.clicked.connect(self._finish)
        self.pad.changed.connect(self._look)
        buttons = QHBoxLayout()
        for button in (self._undo, self._clear, self._leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self.pad, 1)
        column.addWidget(self._sentence)
        column.addLayout(buttons)
        # The keyboard starts on the sheet: a stray space must not press "do not sign".
        self.setFocusProxy(self.pad)
        self.pad.setFocus()
        self._look()

    def sentence(self) -> str:
        """What is asked of the person now."""
        return self._sentence.text()

    def _words(self, found: Plausibility) -> str:
        return {
            Plausibility.EMPTY: self.tr("Sign on the line with the pen, a finger or the mouse."),
            Plausibility.DOT: self.tr("That is only a dot. Please write your whole name."),
            Plausibility.TOO_SHORT: self.tr("That is too short for a signature. Please write your whole name."),
            Plausibility.ENOUGH: self.tr("If the signature is right, confirm it; otherwise sign afresh."),
        }[found]

    @Slot()
    def _look(self) -> None:
        found = plausibility(self.pad.signature(), signature_limits())
        self._sentence.setText(self._words(found))
        self._done.setEnabled(found is Plausibility.ENOUGH)
        written = found is not Plausibility.EMPTY
        self._undo.setEnabled(written)
        self._clear.setEnabled(written)

    @Slot()
    def _finish(self) -> None:
        signature = self.pad.signature()
        if plausibility(signature, signature_limits()) is Plausibility.ENOUGH:
            self.signed.emit(signature)
