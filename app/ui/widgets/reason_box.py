"""A reason as a field: one of those laid down, or words of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget


class ReasonBox(QComboBox):
    """``currentText`` is the reason; empty at first."""

    def __init__(self, reasons: Sequence[str], name: str, invitation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.addItems(["", *reasons])
        self.setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(invitation)
            line.setAccessibleName(name)
