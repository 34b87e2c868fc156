"""What may happen to a case now, as buttons made of the workflow's own table, with the opinion they ask for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.desk.casework import CaseDetail
from app.domain.cases.workflow import CaseEvent, Workflow
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.confirm_bar import ConfirmBar


class StepBar(QWidget):
    """``wanted`` carries the event once it is confirmed; what ends a case asks first."""

    wanted = Signal(object)  # CaseEvent

    def __init__(self, flow: Workflow, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = flow
        self._language = language
        self._detail: CaseDetail | None = None
        self._events: tuple[CaseEvent, ...] = ()
        self.opinion = QLineEdit(self)
        self.opinion.setAccessibleName(self.tr("Opinion"))
        self.opinion.setPlaceholderText(self.tr("Opinion or reason"))
        self.opinion.setMaxLength(500)
        self._hint = QLabel(self)
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        self.confirm = ConfirmBar(self)
        most = max(len(flow.allowed(state)) for state in flow.states)
        self.buttons = [KeyButton("", f"Alt+{number}", self) for number in range(1, most + 1)]
        row = QHBoxLayout()
        for button in self.buttons:
            button.clicked.connect(self._pressed)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.opinion)
        column.addWidget(self.confirm)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.show_detail(None)

    def show_detail(self, detail: CaseDetail | None) -> None:
        """The events of its state; none for a case that is at its end. The same case keeps what is being written."""
        former = self._detail
        changed = detail is None or former is None or former.case.id != detail.case.id
        if changed or (former is not None and detail is not None and len(former.nodes) != len(detail.nodes)):
            self.opinion.clear()
            self.confirm.drop()
        self._detail = detail
        self._events = () if detail is None else detail.allowed
        for number, button in enumerate(self.buttons):
            there = number < len(self._events)
            button.setVisible(there)
            if there:
                button.set_words(self._flow.events[self._events[number]].words.in_language(self._language))
        self.opinion.setVisible(bool(self._events))
        needing = [self._word(event) for event in self._events if self._flow.events[event].needs_opinion]
        words = self.tr("A reason is needed for: {0}").format(", ".join(needing)) if needing else ""
        if detail is not None and not self._events:
            words = self.tr("This case is at its end; nothing more can happen to it.")
        self._hint.setText(words)
        self._hint.setVisible(bool(words))

    def _word(self, event: CaseEvent) -> str:
        return self._flow.events[event].words.in_language(self._language)

    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, KeyButton) and sender in self.buttons:
            self.press(self._events[self.buttons.index(sender)])

    def press(self, event: CaseEvent) -> None:
        """As its button."""
        detail = self._detail
        if detail is None:
            return
        if self._flow.events[event].needs_opinion and not self.opinion.text().strip():
            self._hint.setText(self.tr("Write the reason for “{0}” first.").format(self._word(event)))
            self._hint.show()
            self.opinion.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        after = self._flow.after(detail.case.state, event)
        if self._flow.answered(after) and not self._flow.answered(detail.case.state):
            question = self.tr("“{0}” ends the case as “{1}” and cannot be taken back. Do it?")
            state = self._flow.states[after].words.in_language(self._language)
            self.confirm.ask(
                question.format(self._word(event), state),
                self._word(event),
                self.tr("Not yet"),
                lambda: self.wanted.emit(event),
            )
            return
        self.wanted.emit(event)
