"""What a field is typed into, by its kind: a line, a list of codes, yes or no. All alike to whoever holds them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.domain.matters.form import Field, FieldKind
from app.domain.matters.table import BackEnd


class LineControl(QLineEdit):
    """Texts, numbers, days, addresses, telephone and document numbers."""

    edited = Signal(str)
    entered = Signal()

    def __init__(self, name: str, invitation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(invitation)
        self.setMaxLength(400)
        self.textEdited.connect(self.edited)
        self.returnPressed.connect(self.entered)

    def show_text(self, text: str) -> None:
        """The cursor stays where it is."""
        if self.text() != text:
            self.setText(text)

    def lock(self, locked: bool) -> None:
        """Readable and copyable, not typed into."""
        self.setReadOnly(locked)

    def widget(self) -> QWidget:
        """Itself."""
        return self


class ChoiceControl(QComboBox):
    """A code of a table; typing the code or its first character finds it."""

    edited = Signal(str)
    entered = Signal()

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(40)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem("", "")
        for code, words in entries:
            self.addItem(f"{code}  {words}", code)
        self.activated.connect(self._chosen)

    def _chosen(self) -> None:
        self.edited.emit(str(self.currentData()))

    def show_text(self, text: str) -> None:
        """A code that no table has any more is shown as it is."""
        if self.findData(text) < 0:
            self.addItem(text, text)
        self.setCurrentIndex(self.findData(text))

    def lock(self, locked: bool) -> None:
        """Greyed."""
        self.setEnabled(not locked)

    def widget(self) -> QWidget:
        """Itself."""
        return self


class YesNoControl(QWidget):
    """是 or 否, or nothing yet."""

    edited = Signal(str)
    entered = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.yes, self.no = QPushButton(self.tr("Yes"), self), QPushButton(self.tr("No"), self)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button, text in ((self.yes, "true"), (self.no, "false")):
            button.setCheckable(True)
            button.setAccessibleName(f"{name} {button.text()}")
            button.setProperty("text", text)
            self._group.addButton(button)
            row.addWidget(button, 1)
        self._group.buttonClicked.connect(self._clicked)

    def _clicked(self, button: QPushButton) -> None:
        self.edited.emit(str(button.property("text")))

    def show_text(self, text: str) -> None:
        """Neither is pressed while nothing is known."""
        self._group.setExclusive(False)
        self.yes.setChecked(text == "true")
        self.no.setChecked(text == "false")
        self._group.setExclusive(True)

    def lock(self, locked: bool) -> None:
        """Greyed."""
        self.yes.setEnabled(not locked)
        self.no.setEnabled(not locked)

    def widget(self) -> QWidget:
        """The first of the two."""
        return self.yes


def control_for(field: Field, language: str, parent: QWidget) -> LineControl | ChoiceControl | YesNoControl:
    """The control that a field's kind asks for; a table that only the back end knows is typed by its code."""
    name = field.zh if language.startswith("zh") else field.en
    if field.kind is FieldKind.YES_NO:
        return YesNoControl(name, parent)
    table = field.table
    if field.kind is FieldKind.CHOICE and table is not None and not isinstance(table.entries, BackEnd):
        return ChoiceControl(name, tuple((entry.id, entry.name(language)) for entry in table.entries), parent)
    return LineControl(name, _invitation(field), parent)


def _invitation(field: Field) -> str:
    if field.kind is FieldKind.DATE:
        return "20260131"
    if field.kind is FieldKind.NUMBER and field.least is not None and field.most is not None:
        return f"{field.least} … {field.most}"
    return ""
