"""The retouching panel in a window of its own: its keys are the review's too, so it cannot stand beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.retouch import Retouch
from app.ui.bench import Bench
from app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from app.imaging.retouch import RetouchResult


class RetouchDialog(QDialog):
    """``panel.retouch`` holds what was done when the dialog is accepted."""

    def __init__(
        self,
        bench: Bench,
        render: Callable[[Retouch], RetouchResult],
        outline: tuple[tuple[float, float], ...],
        retouch: Retouch,
        parent: QWidget,
    ) -> None:
        from app.ui.screens.review.retouch_panel import RetouchPanel  # noqa: PLC0415 - brings the picture libraries

        super().__init__(parent)
        self.setWindowTitle(self.tr("Retouch"))
        self.resize(1100, 760)
        self.panel = RetouchPanel(bench.theme.colours, bench.tasks, self)
        self.panel.refused.connect(bench.refused)
        cancel = KeyButton(self.tr("Cancel"), "Escape", self)
        use = KeyButton(self.tr("Use this"), "Return / Enter", self)
        use.setObjectName("next")
        cancel.clicked.connect(self.reject)
        use.clicked.connect(self.accept)
        lower = QHBoxLayout()
        lower.addWidget(cancel)
        lower.addStretch(1)
        lower.addWidget(use)
        column = QVBoxLayout(self)
        column.addWidget(self.panel, 1)
        column.addLayout(lower)
        self.panel.open(render, outline, retouch)
