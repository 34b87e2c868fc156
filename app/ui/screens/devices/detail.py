"""One device in full: state, what to do, what it told of itself, what last went well and what did not, its self-test."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.desk.roster import RosterRow
from app.ui.bench import Bench
from app.ui.screens.devices.words import fact_word, seen_word, state_shape, state_token, state_word
from app.ui.words import icon


class DeviceDetail(QFrame):
    """``show_row`` puts a device up; nothing here asks it anything."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._sign = QLabel(self)
        self.name = QLabel(self)
        self.name.setObjectName("title")
        self.state = QLabel(self)
        self.state.setObjectName("heading")
        self.cause = QLabel(self)
        self.next = QLabel(self)
        self.next.setObjectName("heading")
        self.code = QLabel(self)
        self.code.setObjectName("muted")
        for label in (self.cause, self.next):
            label.setWordWrap(True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._shown: list[QLabel] = []
        head = QGridLayout()
        head.setHorizontalSpacing(16)
        head.addWidget(self._sign, 0, 0, 2, 1)
        head.addWidget(self.name, 0, 1)
        head.addWidget(self.state, 1, 1)
        head.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        for label in (self.cause, self.next, self.code):
            column.addWidget(label)
        column.addSpacing(8)
        column.addLayout(self._facts)
        column.addStretch(1)

    def show_row(self, row: RosterRow, *, testing: bool) -> None:
        """In words."""
        language = self._bench.language
        colour = self._bench.theme.colours[state_token(row)]
        self._sign.setPixmap(icon(state_shape(row), colour).pixmap(44, 44))
        self.name.setText(row.kind.name(language))
        self.state.setText(state_word(row.standing))
        cause, following, code = self._reason(row)
        for label, words in ((self.cause, cause), (self.next, following), (self.code, code)):
            label.setText(words)
            label.setVisible(bool(words))
        self._show_facts(self._lines(row, testing=testing))
        self.setAccessibleName(f"{self.name.text()} {self.state.text()} {cause} {following}")

    def _reason(self, row: RosterRow) -> tuple[str, str, str]:
        if row.standing is None:
            return "", self.tr("Find it and enter its address in the settings."), ""
        error = row.standing.error
        if error is None and row.standing.usable and row.test is not None:
            error = row.test.result.error
        if error is None:
            return "", "", ""
        text = error_text(error, self._bench.language)
        return text.what, text.next, text.code

    def _lines(self, row: RosterRow, *, testing: bool) -> list[tuple[str, str]]:
        lines = [(self.tr("Address"), row.address)] if row.address else []
        lines += [(fact_word(name), value) for name, value in row.facts]
        standing = row.standing
        if standing is None:
            return lines
        lines.append((self.tr("Last success"), _clock(standing.last_success) or self.tr("none yet")))
        if standing.last_error is not None:
            text = error_text(standing.last_error, self._bench.language)
            at = _clock(standing.last_error_at)
            if standing.error is not None:
                lines.append((self.tr("Last error"), f"{at}  [{text.code}]"))  # its words stand above
            else:
                lines.append((self.tr("Last error"), f"{at}  {text.what}  [{text.code}]"))
                lines.append((self.tr("Remedy"), text.next))
        if standing.restarts:
            lines.append((self.tr("Driver restarts"), str(standing.restarts)))
        lines.append((self.tr("Self-test"), self._test_words(row, testing=testing)))
        return lines

    def _test_words(self, row: RosterRow, *, testing: bool) -> str:
        if testing:
            return self.tr("under way…")
        if row.test is None:
            return self.tr("not made yet")
        result = row.test.result
        if result.passed is None:
            verdict = self.tr("cannot tell")
        else:
            verdict = self.tr("passed") if result.passed else self.tr("not passed")
        said = seen_word(result.seen)
        return "  ".join(part for part in (_clock(row.test.at), verdict, said) if part)

    def _show_facts(self, lines: list[tuple[str, str]]) -> None:
        """Labels are kept and reworded: a panel that looks every second must not flicker."""
        while len(self._shown) < 2 * len(lines):
            row, column = divmod(len(self._shown), 2)
            label = QLabel(self)
            label.setWordWrap(column == 1)
            if column == 0:
                label.setObjectName("muted")
            self._facts.addWidget(label, row, column)
            self._shown.append(label)
        flat = [word for line in lines for word in line]
        for number, label in enumerate(self._shown):
            label.setText(flat[number] if number < len(flat) else "")
            label.setVisible(number < len(flat))


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone():%m-%d %H:%M:%S}" if at is not None else ""
