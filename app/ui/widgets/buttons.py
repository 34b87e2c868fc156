"""Buttons that carry their key: what an officer sees is what the keyboard does."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget


class KeyButton(QPushButton):
    """A button with its key in small print behind its word; the key works while its screen is visible."""

    def __init__(self, words: str, key: str, parent: QWidget, *, checkable: bool = False) -> None:
        super().__init__(parent)
        self._words = words
        self._key = key
        self.setCheckable(checkable)
        self._label()
        self._shortcuts = [QShortcut(QKeySequence(part), parent) for part in key.split(" / ")]
        for shortcut in self._shortcuts:
            shortcut.activated.connect(self._pressed_by_key)

    def _label(self) -> None:
        self.setText(f"{self._words}  {self.key_words()}")
        self.setAccessibleName(self._words)

    def set_words(self, words: str) -> None:
        """Another word on the same key."""
        self._words = words
        self._label()

    def key_words(self) -> str:
        """The key as it is written on the button."""
        shown = self._key.split(" / ", maxsplit=1)[0]
        return _SIGNS.get(shown, shown)

    def _pressed_by_key(self) -> None:
        if self.isEnabled() and self.isVisible():
            self.click()

    def let_keys_go(self, free: bool) -> None:
        """While somebody types, letters are letters."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not free)


_SIGNS = {"Return": "⏎", "Space": "␣", "Escape": "Esc", "Delete": "Del", "Up": "↑", "Down": "↓"}
