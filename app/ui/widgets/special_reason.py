"""特检原因 as a field: one of the reasons laid down, or words of one's own."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from app.config.texts import special_reasons


class SpecialReasonBox(QComboBox):
    """``currentText`` is the reason; empty at first."""

    def __init__(self, language: str, name: str, invitation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.addItems(["", *special_reasons(language)])
        self.setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(invitation)
            line.setAccessibleName(name)
