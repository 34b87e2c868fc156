"""签名 of the applicant: at this window, or a word that they are signing on their own screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.domain.signature import Signature
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from app.ui.screens.intake.signing_model import SigningModel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.signature_panel import SignaturePanel


class SigningPage(QStackedWidget):
    """``left``: signed, declined or called off; the case is as it was but for a signature that was kept."""

    left = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self.model = SigningModel(bench)
        self._what = ""
        self.panel: SignaturePanel | None = None
        self.there = QWidget(self)
        self.told = QLabel(self.there)
        self.told.setObjectName("title")
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.told.setWordWrap(True)
        self.back = KeyButton(self.tr("Back to the case"), "Escape", self.there)
        self.here = KeyButton(self.tr("Sign at this window"), "F2", self.there)
        lower = QHBoxLayout()
        lower.addWidget(self.back)
        lower.addStretch(1)
        lower.addWidget(self.here)
        column = QVBoxLayout(self.there)
        column.addWidget(self.told, 1)
        column.addLayout(lower)
        self.addWidget(self.there)
        self.back.clicked.connect(self._leave)
        self.here.clicked.connect(self.model.sign_here)
        self.model.changed.connect(self._show)
        self.model.arrived.connect(self._drawn)
        self.model.kept.connect(self._done)
        self.model.declined.connect(self._done)

    def open(self, sheet: Sheet) -> None:
        """Ask the applicant of this case."""
        self._what = sheet.matter.name(self._bench.language)
        self.model.begin(sheet, self._what)

    def forget(self) -> None:
        """Another case: nobody's ink stays."""
        self.model.stop()
        self._drop_panel()

    def _drop_panel(self) -> None:
        if self.panel is not None:
            self.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None

    def _show(self) -> None:
        model = self.model
        if model.on_stage:
            self._drop_panel()
            self.told.setText(self.tr("The applicant signs on their screen: {0}").format(self._what))
            self.setCurrentWidget(self.there)
            self.here.setFocus(Qt.FocusReason.OtherFocusReason)
        elif model.sheet is not None and self.panel is None:
            panel = self.panel = SignaturePanel(self._what, self)
            panel.signed.connect(model.keep)
            panel.given_up.connect(self._leave)
            panel.cleared.connect(model.afresh)
            self.addWidget(panel)
            self.setCurrentWidget(panel)
            panel.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drawn(self, signature: Signature) -> None:
        """What the pen writes on the pad appears here as it comes."""
        if self.panel is not None:
            self.panel.pad.show_signature(signature)

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def _done(self) -> None:
        self._drop_panel()
        self.left.emit()
