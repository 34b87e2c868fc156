"""查找设备: choose a kind, see what the machine sees or type a network address, try it, put it into the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.config.texts import Coded, error_text
from app.desk.finder import Candidate, Trial
from app.ui.bench import Bench
from app.ui.widgets.buttons import KeyButton


class FindPanel(QFrame):
    """``used`` carries the setting that was written; ``left`` when the officer goes back."""

    used = Signal(str)
    left = Signal()

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind of device"))
        self.host = QLineEdit(self)
        self.host.setPlaceholderText(self.tr("network address, for example 192.168.1.20 or 192.168.1.20:9100"))
        self.host.setAccessibleName(self.tr("Network address"))
        self.found = QListWidget(self)
        self.found.setObjectName("entries")
        self.found.setAccessibleName(self.tr("Devices found"))
        self.said = QLabel(self)
        self.said.setObjectName("heading")
        self.said.setWordWrap(True)
        self.search = KeyButton(self.tr("Search"), "F5", self)
        self.add = KeyButton(self.tr("Add the network address"), "F6", self)
        self.test = KeyButton(self.tr("Try it"), "F7", self)
        self.use = KeyButton(self.tr("Put into the settings"), "F8", self)
        self.use.setObjectName("next")
        self.back = KeyButton(self.tr("Back"), "Escape", self)
        self._lay_out()
        for kind in bench.desk.devices.finder.kinds:
            self.kind.addItem(kind.name(bench.language), kind.id)
        self.kind.activated.connect(self.look)
        self.search.clicked.connect(self.look)
        self.add.clicked.connect(self._add)
        self.host.returnPressed.connect(self._add)
        self.test.clicked.connect(self._try)
        self.use.clicked.connect(self._use)
        self.back.clicked.connect(self.left)
        self.found.currentRowChanged.connect(self._enable)
        self._enable()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Find devices"), self)
        title.setObjectName("title")
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        for row, (words, field, button) in enumerate(
            (
                (self.tr("Kind of device"), self.kind, self.search),
                (self.tr("Network address"), self.host, self.add),
            )
        ):
            label = QLabel(words, self)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(button, row, 2)
        lower = QHBoxLayout()
        lower.addWidget(self.back)
        lower.addStretch(1)
        lower.addWidget(self.test)
        lower.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(title)
        column.addLayout(grid)
        column.addWidget(self.found, 1)
        column.addWidget(self.said)
        column.addLayout(lower)

    def look(self) -> None:
        """What the machine sees for the chosen kind."""
        kind = str(self.kind.currentData())
        self.said.setText(self.tr("Searching…"))
        self._bench.ask(lambda: self._bench.desk.devices.finder.find(kind), lambda candidates: self._show(kind, candidates))

    def _show(self, kind: str, candidates: tuple[Candidate, ...]) -> None:
        if kind != self.kind.currentData():
            return  # another kind was chosen meanwhile
        self.found.clear()
        for candidate in candidates:
            self._append(candidate)
        nothing = self.tr("Nothing of this kind is to be seen. Check cable and power, or type a network address.")
        self.said.setText("" if candidates else nothing)
        self.found.setCurrentRow(0 if candidates else -1)
        self._enable()

    def _append(self, candidate: Candidate) -> None:
        item = QListWidgetItem(f"{candidate.name}\n{candidate.address}", self.found)
        item.setData(Qt.ItemDataRole.UserRole, candidate)

    def _add(self) -> None:
        kind, host = str(self.kind.currentData()), self.host.text()
        self._bench.ask(lambda: self._bench.desk.devices.finder.typed(kind, host), self._added, self._refused)

    def _added(self, candidate: Candidate) -> None:
        self._append(candidate)
        self.found.setCurrentRow(self.found.count() - 1)
        self.said.clear()

    def chosen(self) -> Candidate | None:
        """The one under the cursor."""
        item = self.found.currentItem()
        candidate = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return candidate if isinstance(candidate, Candidate) else None

    def _enable(self) -> None:
        for button in (self.test, self.use):
            button.setEnabled(self.chosen() is not None)

    def _try(self) -> None:
        candidate = self.chosen()
        if candidate is None:
            return
        self.said.setText(self.tr("Trying {0}…").format(candidate.address))
        self.test.setEnabled(False)
        self._bench.ask(lambda: self._bench.desk.devices.finder.try_out(candidate), self._tried, self._refused)

    def _tried(self, trial: Trial) -> None:
        self._enable()
        if trial.error is not None:
            self._refused(trial.error)
        elif trial.good:
            self.said.setText(self.tr("It answers: {0}").format(trial.model or trial.candidate.address))
        else:
            self.said.setText(self.tr("It is open but gives no answer."))

    def _refused(self, error: Coded) -> None:
        self._enable()
        text = error_text(error, self._bench.language)
        self.said.setText(f"{text.what} {text.next}  [{text.code}]")

    def _use(self) -> None:
        candidate = self.chosen()
        if candidate is not None:
            self._bench.ask(lambda: self._bench.desk.devices.finder.use(candidate), self.used.emit, self._refused)
