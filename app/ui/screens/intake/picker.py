"""Which matter: a few letters find it, Enter begins it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.matters.matter import Matter
from app.ui.bench import Bench
from app.ui.widgets.buttons import KeyButton


class MatterPicker(QWidget):
    """``picked`` carries the matter. ``find``: what was typed → the matters, best first."""

    picked = Signal(object)

    def __init__(self, bench: Bench, find: Callable[[str], tuple[Matter, ...]], parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._find = find
        self._shown: tuple[Matter, ...] = ()
        title = QLabel(self.tr("Which matter?"), self)
        title.setObjectName("title")
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(self.tr("Find a matter"))
        self.typed.setPlaceholderText(self.tr("Pinyin initials, code or words of the name"))
        self.list = QListWidget(self)
        self.list.setObjectName("entries")
        self.list.setAccessibleName(self.tr("Matters"))
        self.list.setUniformItemSizes(True)
        self.count = QLabel(self)
        self.count.setObjectName("muted")
        self.begin = KeyButton(self.tr("Begin"), "F2", self)
        self.begin.setObjectName("next")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.typed)
        column.addWidget(self.list, 1)
        lower = QHBoxLayout()
        lower.addWidget(self.count)
        lower.addStretch(1)
        lower.addWidget(self.begin)
        column.addLayout(lower)
        self.typed.installEventFilter(self)
        self.typed.textChanged.connect(self.look)
        self.typed.returnPressed.connect(self._pick)
        self.begin.clicked.connect(self._pick)
        self.list.itemActivated.connect(self._pick)
        self.look()

    def enter(self) -> None:
        """Ready for the next one."""
        self.typed.clear()
        self.look()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """What fits what is typed."""
        language = self._bench.language
        self._shown = self._find(self.typed.text())
        self.list.clear()
        for matter in self._shown:
            item = QListWidgetItem(
                f"{matter.code}　{matter.name(language)}　· {matter.police_line.name(language)}", self.list
            )
            item.setSizeHint(QSize(0, 40))
        if self._shown:
            self.list.setCurrentRow(0)
        self.count.setText(self.tr("{0} matters").format(len(self._shown)))
        self.begin.setEnabled(bool(self._shown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ and ↓ move the cursor of the list while the letters are typed."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(int(event.key()))
            if step is not None:
                self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)

    def _pick(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.picked.emit(self._shown[row])
