"""What the applicant's screen is asked to show besides the photo: something to pay, something to sign. Never a name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.fees import FeeState
from app.domain.signature import Signature


@dataclass(frozen=True)
class PaymentFace:
    """``lines``: what is paid for and the amount in yuan. ``qr`` None: there is nothing to scan now."""

    state: FeeState
    lines: tuple[tuple[str, str], ...]
    total: str
    unit: str = ""
    deadline: str = ""
    qr: QImage | None = None


@dataclass(frozen=True)
class SigningFace:
    """``what`` is signed, in the window's language."""

    what: str


Face = PaymentFace | SigningFace


class ApplicantStage(QObject):
    """GUI thread. ``asked``: another face, None = the photo again; ``signed`` and ``declined``: what the applicant did.

    ``seen``: whether there is an applicant's screen that shows it.
    """

    asked = Signal(object)
    signed = Signal(object)
    declined = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.face: Face | None = None
        self.seen = False

    def show_face(self, face: Face) -> None:
        """In place of whatever is there."""
        self.face = face
        self.asked.emit(face)

    def clear(self) -> None:
        """Nothing of the case stays in front of the next person."""
        if self.face is not None:
            self.face = None
            self.asked.emit(None)

    def sign(self, signature: Signature) -> None:
        """The applicant confirmed it on their screen."""
        if isinstance(self.face, SigningFace):
            self.signed.emit(signature)

    def decline(self) -> None:
        """The applicant does not sign now."""
        if isinstance(self.face, SigningFace):
            self.declined.emit()
