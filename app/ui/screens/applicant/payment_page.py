"""What the applicant sees of a payment: for what, how much, the code to scan; whether it came in. No name, no number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.fees import FeeState
from app.ui.applicant_stage import PaymentFace
from app.ui.theme import Theme
from app.ui.widgets.picture_view import PictureView


class PaymentPage(QWidget):
    """``show_face`` for each change."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = QLabel(self)
        self.sentence.setObjectName("asked")
        self.total = QLabel(self)
        self.total.setObjectName("asked")
        self.lines = QLabel(self)
        self.lines.setWordWrap(True)
        self.facts = QLabel(self)
        self.facts.setObjectName("muted")
        self.facts.setWordWrap(True)
        self.picture = PictureView(self, ground=theme.colours["window"], ink=theme.colours["text"])
        self.picture.setAccessibleName(self.tr("Code to pay with"))
        column = QVBoxLayout(self)
        for label in (self.sentence, self.lines, self.total):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self.picture, 1)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.facts)

    def show_face(self, face: PaymentFace) -> None:
        """The code is there only while it can be paid with."""
        words = {
            FeeState.ASKED: self.tr("Please wait for the payment code"),
            FeeState.CREATED: self.tr("Please scan to pay") if face.qr is not None else self.tr("Please wait"),
            FeeState.UNKNOWN: self.tr("Being checked. Please do not pay twice."),
            FeeState.PAID: self.tr("Paid. Thank you."),
        }
        self.sentence.setText(words.get(face.state, self.tr("Please do not pay now. Ask the officer.")))
        self.lines.setText("\n".join(f"{name}　{amount}" for name, amount in face.lines))
        self.total.setText(face.total)
        shown = face.state is FeeState.CREATED and face.qr is not None
        self.picture.set_image(face.qr if shown else None)
        facts = [self.tr("To: {0}").format(face.unit)] if face.unit else []
        facts += [self.tr("Pay until: {0}").format(face.deadline)] if face.deadline else []
        self.facts.setText("　".join(facts) if shown else "")
