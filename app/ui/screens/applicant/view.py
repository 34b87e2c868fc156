"""The applicant's own screen: a mirror, the shots to choose from, something to pay or to sign. Never another's data."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from app.config.texts import live_sentence
from app.ui.applicant_stage import Face, PaymentFace, SigningFace
from app.ui.bench import Bench
from app.ui.screens.applicant.payment_page import PaymentPage
from app.ui.screens.photo_station.view_model import PhotoStationModel
from app.ui.widgets.picture_view import PictureView
from app.ui.widgets.shot_strip import ShotStrip
from app.ui.widgets.signature_panel import SignaturePanel


class ApplicantWindow(QWidget):
    """A second top-level window over the same model."""

    def __init__(self, bench: Bench, model: PhotoStationModel) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("For the applicant"))
        self._bench = bench
        self._model = model
        self._sentence = QLabel(self)
        self._sentence.setObjectName("title")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self.mirror = PictureView(self)
        self.mirror.set_mirrored(True)
        self.mirror.setAccessibleName(self.tr("Mirror"))
        self.strip = ShotStrip(bench.theme, self)
        self.photo = QWidget(self)
        column = QVBoxLayout(self.photo)
        column.addWidget(self._sentence)
        column.addWidget(self.mirror, 1)
        column.addWidget(self.strip)
        self.payment = PaymentPage(bench.theme, self)
        self.signing: SignaturePanel | None = None
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.photo)
        self.pages.addWidget(self.payment)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        bench.camera_signals.painted.connect(self._paint)
        model.session_changed.connect(self._show_session)
        model.shots_changed.connect(self._show_shots)
        model.tile_changed.connect(self._show_tile)
        model.applicant_picked.connect(self.strip.set_applicants_pick)
        self.strip.itemClicked.connect(self._touched)
        model.guidance_changed.connect(self._show_guidance)
        self._show_shots()
        bench.stage.asked.connect(self._show_face)
        self._show_face(bench.stage.face)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the applicant can be asked here."""
        super().showEvent(event)
        self._bench.stage.seen = True

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it any more."""
        super().hideEvent(event)
        self._bench.stage.seen = False

    def _show_face(self, face: Face | None) -> None:
        """A payment, a sheet to sign on, or the photo again; of the one before nothing stays."""
        if self.signing is not None:
            self.pages.removeWidget(self.signing)
            self.signing.deleteLater()
            self.signing = None
        match face:
            case PaymentFace():
                self.payment.show_face(face)
                self.pages.setCurrentWidget(self.payment)
            case SigningFace(what):
                self.signing = SignaturePanel(what, self)
                self.signing.signed.connect(self._bench.stage.sign)
                self.signing.given_up.connect(self._bench.stage.decline)
                self.pages.addWidget(self.signing)
                self.pages.setCurrentWidget(self.signing)
            case None:
                self.pages.setCurrentWidget(self.photo)

    def _show_guidance(self, key: str) -> None:
        if self._model.session is not None and not self._model.tiles:
            self._sentence.setText(live_sentence(key, self._bench.language))

    def _paint(self, image: object) -> None:
        if self._model.session is not None:
            self.mirror.set_image(image)  # type: ignore[arg-type]  # a QImage, through a signal of object

    def _show_session(self) -> None:
        session = self._model.session
        if session is None:
            self.mirror.set_image(None)
            self.mirror.set_sentence(self.tr("Thank you. Please wait for your receipt."))
            self._sentence.setText(self.tr("Welcome"))
            self.strip.show_count(0)
        elif self._model.tiles:
            self._sentence.setText(self.tr("Touch the picture you like best"))
        else:
            self._sentence.setText(self.tr("Sit upright and look into the camera"))

    def _show_shots(self) -> None:
        self.strip.show_count(len(self._model.tiles))
        for row in range(len(self._model.tiles)):
            self._show_tile(row)
        self._show_session()

    def _show_tile(self, row: int) -> None:
        tile = self._model.tiles[row]
        if tile.image is not None:
            self.strip.set_thumbnail(row, tile.image)
        if tile.screening is not None:
            self.strip.set_verdict(row, tile.screening.report.verdict)

    def _touched(self, item: QListWidgetItem) -> None:
        self._model.applicant_picks(self.strip.row(item))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1…9 and 0 choose, for a number pad at the applicant's seat."""
        text = event.text()
        if text.isdecimal() and text.isascii():
            self._model.applicant_picks((int(text) - 1) % 10)
        else:
            super().keyPressEvent(event)
