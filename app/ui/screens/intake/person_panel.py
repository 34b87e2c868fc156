"""Who it is about: card, passport, wedge or by hand with a reason; for the applicant, the agent, those who move along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import Coded, hand_reasons
from app.desk.face_check import FaceMatch
from app.desk.person_reader import ReadPerson
from app.domain.cases.case import Provenance
from app.intake.people import PersonPlace, certificate_of, kind_of_certificate
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.person_fields import PersonFields
from app.ui.widgets.reason_box import ReasonBox
from devices.ports.card_photo import HEIGHT, WIDTH, CardPicture

_PHOTO_PX = 96
_DOCUMENT_PX = 152


class PersonPanel(QFrame):
    """``typed``: key, text, reason; ``read``: the place and what a document said; ``reasoned``: the place and why."""

    typed = Signal(str, str, str)
    read = Signal(object, object)
    reasoned = Signal(object, str)
    submitted = Signal()
    place_chosen = Signal(int)

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._place: PersonPlace | None = None
        self._shown = ("", "")  # draft and place
        self.places = QComboBox(self)
        self.places.setMinimumHeight(40)
        self.places.setAccessibleName(self.tr("Whose document"))
        self.fields = PersonFields(bench, "", self)
        self.fields.document.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.fields.document.setMinimumContentsLength(6)
        self.fields.document.setMaximumWidth(_DOCUMENT_PX)
        self.origin = QLabel(self)
        self.origin.setObjectName("badge")
        self.photo = QLabel(self)
        self.photo.setAccessibleName(self.tr("Photo of the card"))
        self.compare = KeyButton(self.tr("Compare with the live face"), "Ctrl+F3", self)
        self.match = QLabel(self)
        self.match.setWordWrap(True)
        self._chip: tuple[CardPicture, str] | None = None  # the photo in the chip and whose it is
        why = self.tr("Why by hand")
        self.reason = ReasonBox(hand_reasons(bench.language), why, self.tr("Reason, when typed by hand"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.places)
        column.addWidget(self.fields)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.origin, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)
        column.addWidget(self.compare)
        column.addWidget(self.match)
        self.compare.hide()
        self.match.hide()
        self.compare.clicked.connect(self._compare)
        self.places.activated.connect(self.place_chosen)
        self.fields.name.textEdited.connect(self._name_typed)
        self.fields.number.textEdited.connect(self._number_typed)
        self.fields.document.activated.connect(self._document_chosen)
        self.fields.read.connect(self._document_read)
        self.fields.submitted.connect(self._entered)
        self.reason.currentTextChanged.connect(self._reasoned)

    # -- showing ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The keyboard goes to the name where nobody is known yet."""
        if not self.fields.name.text():
            self.fields.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at_reason(self) -> None:
        """The keyboard goes to the reason that is lacking."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sheet(self, sheet: Sheet) -> None:
        """The person in front; one who asks for nothing but a list has none of this."""
        places = sheet.places
        titles = [place.title(self._bench.language) for place in places]
        if titles != [self.places.itemText(n) for n in range(self.places.count())]:
            self.places.clear()
            self.places.addItems(titles)
        number = min(sheet.place, len(places) - 1)
        self.places.setCurrentIndex(number)
        place = places[number]
        changed = self._shown != (sheet.draft_id, place.id)
        self._place, self._shown = place, (sheet.draft_id, place.id)
        if changed:
            self.fields.stop()
            self._show_photo(None)
        self._show_values(sheet, place, changed)

    def _show_values(self, sheet: Sheet, place: PersonPlace, changed: bool) -> None:
        fields = self.fields
        name, number = (sheet.value(self._key(place, detail)) for detail in ("name", "number"))
        for line, value in ((fields.name, name), (fields.number, number)):
            if line.text() != value.value:
                line.setText(value.value)
        certificate = sheet.value(self._key(place, "type")).value
        kind = kind_of_certificate(certificate)
        shown = certificate_of(str(fields.document.currentData()), number.value)
        if changed or (kind and certificate != shown):
            fields.document.setCurrentIndex(max(0, fields.document.findData(kind)))
        if changed:
            self.reason.show_reason(name.reason or number.reason)
        words = {
            Provenance.CARD: self.tr("Read from the document"),
            Provenance.BACKEND: self.tr("From the back end"),
            Provenance.EARLIER_CASE: self.tr("From an earlier case"),
            Provenance.HAND: self.tr("Typed by hand"),
        }
        self.origin.setText(words[name.provenance] if name.value else "")
        self.origin.setVisible(bool(name.value))
        self._lock(name.provenance is Provenance.CARD and bool(name.value))

    def _lock(self, read: bool) -> None:
        locked = read and not self.reason.currentText().strip()
        self.fields.name.setReadOnly(locked)
        self.fields.number.setReadOnly(locked)
        self.fields.document.setEnabled(not locked)

    @staticmethod
    def _key(place: PersonPlace, detail: str) -> str:
        slot = place.by_detail.get(detail)
        return slot.key if slot is not None else ""

    def _show_photo(self, image: QImage | None) -> None:
        self._chip = None if image is None else self._chip
        self.compare.setVisible(image is not None and self._bench.desk.face_check.offered)
        self.match.clear()
        self.match.setVisible(False)
        self.photo.setVisible(image is not None)
        if image is not None:
            small = image.scaledToHeight(_PHOTO_PX, Qt.TransformationMode.SmoothTransformation)
            self.photo.setPixmap(QPixmap.fromImage(small))
        else:
            self.photo.clear()

    # -- what was done ---------------------------------------------------------------------------------

    def _name_typed(self, text: str) -> None:
        self._type("name", text)

    def _number_typed(self, text: str) -> None:
        self._type("number", text)
        self._type_certificate()

    def _document_chosen(self) -> None:
        self._type_certificate()

    def _type_certificate(self) -> None:
        kind = str(self.fields.document.currentData())
        self._type("type", certificate_of(kind, self.fields.number.text()))

    def _type(self, detail: str, text: str) -> None:
        if self._place is not None and detail in self._place.by_detail:
            self.typed.emit(self._place.by_detail[detail].key, text, self.reason.currentText().strip())

    def _document_read(self, person: ReadPerson) -> None:
        place = self._place
        if place is None:
            return
        self.reason.show_reason("")
        self.read.emit(place, person)
        people = self._bench.desk.people
        shown = self._shown
        number = person.number
        self._bench.ask(lambda: people.photo(person), lambda picture: self._photographed(shown, number, picture))

    def _photographed(self, shown: tuple[str, str], number: str, picture: CardPicture | None) -> None:
        """Unless somebody else is in front meanwhile."""
        if picture is not None and self._shown == shown:
            self._chip = picture, number
            self._show_photo(QImage(picture.rgb, WIDTH, HEIGHT, 3 * WIDTH, QImage.Format.Format_RGB888).copy())

    def _compare(self) -> None:
        """人证 1:1, once for each press."""
        if self._chip is None:
            return
        picture, number = self._chip
        shown, check = self._shown, self._bench.desk.face_check
        self.compare.setEnabled(False)
        self._say(self.tr("Looking at the face before the camera…"))
        self._bench.ask(
            lambda: check.compare(picture, number),
            lambda match: self._compared(shown, match),
            lambda error: self._not_compared(shown, error),
        )

    def _compared(self, shown: tuple[str, str], match: FaceMatch) -> None:
        self.compare.setEnabled(True)
        if self._shown != shown:
            return
        words = self.tr("Alike") if match.alike else self.tr("Not alike enough: look yourself")
        several = " " + self.tr("Several faces are before the camera.") if match.faces > 1 else ""
        figures = self.tr("{0:.3f}, limit {1:.3f}").format(match.score, match.limit)
        decide = self.tr("You decide.")
        self._say(f"{'✔' if match.alike else '▲'} {words} ({figures}).{several} {decide}")

    def _not_compared(self, shown: tuple[str, str], error: Coded) -> None:
        self.compare.setEnabled(True)
        if self._shown == shown:
            self._say("")
        self._bench.refused.emit(error)

    def _say(self, words: str) -> None:
        self.match.setText(words)
        self.match.setVisible(bool(words))

    def _reasoned(self, reason: str) -> None:
        if self._place is not None:
            self.reasoned.emit(self._place, reason.strip())

    def _entered(self) -> None:
        if self.fields.applicant() is not None:
            self.submitted.emit()
