"""The way a photo takes, drawn: stations as boxes joined by arrows, each moved or removed where it stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.strategy import InspectionStation, moved
from app.ui.screens.strategies.words import STATION_ICONS, station_note, station_word
from app.ui.theme import Theme
from app.ui.words import icon

_EARLIER, _REMOVE, _LATER = "earlier", "remove", "later"


class FlowArrow(QWidget):
    """A line with a head, pointing where the photo goes next."""

    def __init__(self, colour: str, length: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = QColor(colour)
        self.setFixedSize(length, 20)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Middle line, filled head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 2))
        middle, right = self.height() / 2, self.width() - 4.0
        painter.drawLine(QPointF(4, middle), QPointF(right - 8, middle))
        painter.setBrush(self._colour)
        head = [QPointF(right, middle), QPointF(right - 10, middle - 6), QPointF(right - 10, middle + 6)]
        painter.drawPolygon(QPolygonF(head))
        painter.end()


class StationBox(QFrame):
    """One station with its place in the order; ``asked`` carries the station and what to do with it."""

    asked = Signal(object, str)

    def __init__(
        self, station: InspectionStation, place: int, count: int, theme: Theme, parent: QWidget, *, compact: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("flowbox")
        self.station = station
        colour = theme.colours["accent"]
        self.word = station_word(station)
        self.setAccessibleName(f"{place + 1} {self.word}")
        sign = QLabel(self)
        sign.setPixmap(icon(STATION_ICONS[station], colour).pixmap(26, 26))
        sign.setHidden(compact)
        title = QLabel(f"{place + 1}  {self.word}", self)
        title.setObjectName("heading")
        note = QLabel(station_note(station), self)
        note.setObjectName("muted")
        note.setHidden(compact)
        self.setToolTip(note.text())
        head = QHBoxLayout()
        head.addWidget(sign)
        head.addWidget(title, 1)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._button(_EARLIER, "mdi6.arrow-left", self.tr("Move {0} earlier"), theme, live=place > 0))
        row.addWidget(self._button(_REMOVE, "mdi6.close", self.tr("Remove {0}"), theme, live=True))
        row.addWidget(self._button(_LATER, "mdi6.arrow-right", self.tr("Move {0} later"), theme, live=place + 1 < count))
        column = QVBoxLayout(self)
        side = 6 if compact else 12
        column.setContentsMargins(side, 8, side, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(note)
        column.addLayout(row)

    def _button(self, what: str, sign: str, words: str, theme: Theme, *, live: bool) -> QPushButton:
        button = QPushButton(icon(sign, theme.colours["accent" if live else "line"]), "", self)
        button.setObjectName("flowbutton")
        button.setAccessibleName(words.format(self.word))
        button.setToolTip(words.format(self.word))
        button.setEnabled(live)
        button.setProperty("what", what)
        button.clicked.connect(self._clicked)
        self.buttons[what] = button
        return button

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(self.station, str(sender.property("what")))


class StationFlow(QWidget):
    """The whole way from the camera to the library. ``changed`` whenever the officer changed the order."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = False
        self._stations: tuple[InspectionStation, ...] = ()
        self.boxes: list[StationBox] = []
        self.add_buttons: dict[InspectionStation, QPushButton] = {}
        self._way = QHBoxLayout()
        self._way.setSpacing(2)
        adding = QHBoxLayout()
        self._add_word = QLabel(self.tr("Add station"), self)
        self._add_word.setObjectName("muted")
        adding.addWidget(self._add_word)
        for station in InspectionStation:
            adding.addWidget(self._add_button(station))
        adding.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(self._way)
        column.addLayout(adding)

    @property
    def stations(self) -> tuple[InspectionStation, ...]:
        """The order as it is drawn."""
        return self._stations

    def set_compact(self, compact: bool) -> None:
        """Words and buttons alone, for a narrow window."""
        if compact != self._compact:
            self._compact = compact
            self.show_stations(self._stations)

    def show_stations(self, stations: tuple[InspectionStation, ...]) -> None:
        """Draw this order; says nothing."""
        self._stations = stations
        self._clear()
        accent, arrow = self._theme.colours["accent"], 22 if self._compact else 40
        self._way.addWidget(self._cap("mdi6.camera", self.tr("Shot taken")), 0, Qt.AlignmentFlag.AlignVCenter)
        for place, station in enumerate(stations):
            self._way.addWidget(FlowArrow(accent, arrow, self))
            box = StationBox(station, place, len(stations), self._theme, self, compact=self._compact)
            box.asked.connect(self._asked)
            self.boxes.append(box)
            self._way.addWidget(box)
        self._way.addWidget(FlowArrow(accent if stations else self._theme.colours["line"], arrow, self))
        self._way.addWidget(self._cap("mdi6.image-check", self.tr("Photo issued")), 0, Qt.AlignmentFlag.AlignVCenter)
        self._way.addStretch(1)
        for station, button in self.add_buttons.items():
            button.setVisible(station not in stations)
        self._add_word.setVisible(len(stations) < len(InspectionStation))

    def _clear(self) -> None:
        self.boxes = []
        while self._way.count():
            widget = self._way.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _cap(self, sign: str, word: str) -> QWidget:
        cap = QFrame(self)
        cap.setObjectName("flowcap")
        picture = QLabel(cap)
        picture.setPixmap(icon(sign, self._theme.colours["muted"]).pixmap(QSize(24, 24)))
        label = QLabel(word, cap)
        label.setObjectName("muted")
        column = QVBoxLayout(cap)
        side = 4 if self._compact else 10
        column.setContentsMargins(side, 8, side, 8)
        for widget in (picture, label):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        return cap

    def _add_button(self, station: InspectionStation) -> QPushButton:
        button = QPushButton(icon("mdi6.plus", self._theme.colours["accent"]), station_word(station), self)
        button.setObjectName("flowadd")
        button.setAccessibleName(self.tr("Add {0}").format(station_word(station)))
        button.setProperty("station", station.value)
        button.clicked.connect(self._add)
        self.add_buttons[station] = button
        return button

    def _add(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._take((*self._stations, InspectionStation(str(sender.property("station")))), None, "")

    def _asked(self, station: InspectionStation, what: str) -> None:
        at = self._stations.index(station)
        if what == _REMOVE:
            self._take(tuple(s for s in self._stations if s is not station), None, "")
        else:
            self._take(moved(self._stations, at, up=what == _EARLIER), station, what)

    def _take(self, stations: tuple[InspectionStation, ...], station: InspectionStation | None, what: str) -> None:
        """The new order; the keyboard stays on the button that was pressed, now in its new place."""
        self.show_stations(stations)
        box = next((b for b in self.boxes if b.station is station), None)
        if box is not None:
            button = box.buttons[what] if box.buttons[what].isEnabled() else box.buttons[_REMOVE]
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
