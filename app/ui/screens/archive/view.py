"""档案: the batches, and behind a key what is filed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from app.domain.archive_batch import ArchiveFile
from app.ui.bench import Bench
from app.ui.screens.archive.batch_page import BatchPage
from app.ui.screens.archive.search_page import SearchPage


class ArchiveView(QStackedWidget):
    """The batches, and behind Ctrl+F what is filed."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.batches = BatchPage(bench)
        self.search = SearchPage(bench, self)
        self.addWidget(self.batches)
        self.addWidget(self.search)
        self.batches.searched.connect(lambda: self.setCurrentWidget(self.search))
        self.batches.returned_wanted.connect(self._show_returned)
        self.search.left.connect(lambda: self.setCurrentWidget(self.batches))
        self.search.batch_wanted.connect(self._go_to_batch)

    def _show_returned(self) -> None:
        self.setCurrentWidget(self.search)
        self.search.find_returned()

    def _go_to_batch(self, file: ArchiveFile) -> None:
        self.setCurrentWidget(self.batches)
        self.batches.go_to(file)

    def enter(self) -> None:
        """The screen is shown."""
        self.batches.enter()

    def hold_back(self, step: Callable[[], object]) -> bool:
        """A pile under way stops after the sheet in hand before the desk is left."""
        if not self.batches.model.scanning:
            return False
        self.batches.model.stop_then(step)
        return True
