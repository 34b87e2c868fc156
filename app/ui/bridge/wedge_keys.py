"""A reader that types into a field: its burst becomes one signal, a person's typing goes where it was meant to go."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from app.domain.wedge import KeyOutcome, WedgeRecogniser

_WRITES_NOTHING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_AltGr)


def _now_ms() -> int:
    return int(1000 * time.monotonic())


class WedgeKeys(QObject):
    """Watches one widget's keys. ``scanned`` carries the lines a reader typed (tuple of str), without their Enters.

    Keys are held for at most 30 ms; a person does not notice. While the field has the focus, letters are letters: single
    letters as shortcuts must be let go (KeyButton.let_keys_go), because Qt looks for shortcuts before any filter.
    """

    scanned = Signal(object)

    def __init__(self, field: QObject, clock: Callable[[], int] = _now_ms) -> None:
        super().__init__(field)
        self._field = field
        self._clock = clock
        self._recogniser = WedgeRecogniser()
        self._held: list[QKeyEvent] = []
        self._giving_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._silence)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True keeps the key from the field."""
        if self._giving_back or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        key = event if isinstance(event, QKeyEvent) else None
        if key is None or key.key() in _SHIFTS:
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._hold(key) if self._held else False
        self._timer.stop()
        outcome = self._recogniser.press(_character(key), self._clock())
        kept = self._act(outcome, key)
        if waiting := self._recogniser.waiting_ms:
            self._timer.start(waiting + 5)
        return kept

    def _act(self, outcome: KeyOutcome, key: QKeyEvent | None) -> bool:
        if outcome.release:
            self._give_back()
        if outcome.scan is not None:
            self._held.clear()
            self.scanned.emit(outcome.scan)
        if outcome.hold and outcome.scan is None and key is not None:
            return self._hold(key)
        return outcome.hold

    def _hold(self, key: QKeyEvent) -> bool:
        self._held.append(QKeyEvent(key))
        return True

    def _give_back(self) -> None:
        held, self._held = self._held, []
        self._giving_back = True
        for key in held:
            QCoreApplication.sendEvent(self._field, key)
        self._giving_back = False

    @Slot()
    def _silence(self) -> None:
        self._act(self._recogniser.quiet(self._clock()), None)
        if waiting := self._recogniser.waiting_ms:
            self._timer.start(waiting + 5)


def _character(key: QKeyEvent) -> str:
    """What the recogniser is told: a character, Enter, or "" for a key that writes nothing."""
    if key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "\n"
    text = key.text()
    if key.isAutoRepeat() or key.modifiers() & _WRITES_NOTHING or len(text) != 1 or not text.isprintable():
        return ""
    return text
