"""Pictures of the archive: a batch looked through, a doubtful file signed for, and what is filed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import cast

from PIL import Image

from app.archive.separators import FileKind, Separator
from app.config.places import RESOURCES
from app.domain.archive_batch import BatchProfile, Declared
from app.ui.application import make_application
from app.ui.bench import Bench
from app.ui.main_window import MainWindow
from app.ui.rehearsal import Rehearsal, save_picture, wait_until
from app.ui.screen_table import ARCHIVE
from app.ui.screens.archive.view import ArchiveView
from app.ui.theme import Theme
from helpers.archive_documents import drawn
from helpers.archive_piles import REGISTRATION, typed_pile
from helpers.desks import TRAINEE, training_gate
from helpers.documents import page

_TRAINING = (
    ("DY2026000001", "DYDJ", "抵押登记", ("mortgage-form", "identity-copy")),
    ("BG2026000001", "BGDJ", "变更登记", ("alteration-form", "identity-copy", "vehicle-licence")),
)


def training_pile() -> None:
    """``resources/training/archive``: what lies in the training scanner's feeder, two files with their separators."""
    folder = RESOURCES / "training" / "archive"
    shutil.rmtree(folder, ignore_errors=True)
    pile = typed_pile(folder)
    for number, (serial, business, name, types) in enumerate(_TRAINING):
        pile.separator(Separator(FileKind.VEHICLE, serial, business), name)
        for place, type_id in enumerate(types):
            pile.lay(drawn("vehicle", type_id, 800 + 10 * number + place, 300))
        pile.lay(page("blank", 300))
    for path in pile.paths:
        with Image.open(path) as picture:
            picture.quantize(8).save(path, "PNG", optimize=True, dpi=(300, 300))


def archive_pictures(language: str, target: Path) -> None:
    """``archive.png`` and ``archive-search.png`` under ``target``."""
    theme = Theme.load("light")
    make_application(language, theme)
    with tempfile.TemporaryDirectory() as folder, training_gate(Path(folder), language) as (gate, settings, _, _):
        pile = typed_pile(Path(folder) / "sheets")
        pile.file("ZC2026000001", REGISTRATION, seed=3)
        pile.file("DY2026000001", ("mortgage-form", "identity-copy"), business="DYDJ", seed=1, blank=False)
        bench = Bench(gate, settings, language, theme, TRAINEE)
        window = MainWindow(bench)
        window.show()
        try:
            Rehearsal(window, lambda _: None).sign_in()
            archive = bench.desk.archive
            batch = archive.begin(BatchProfile("V", "files", 150, declared=Declared(files=2)))
            archive.take_in(batch.id, pile.paths)
            window.go_to(ARCHIVE)
            wait_until("archive", lambda: window.shown == ARCHIVE and not bench.tasks.busy, 60)
            view = cast("ArchiveView", window.screens[ARCHIVE])
            view.batches.model.open(batch.id)
            wait_until("opened", lambda: view.batches.wall.count() > 3 and not bench.tasks.busy, 60)
            view.batches.wall.setCurrentRow(3)
            wait_until("large picture", lambda: not bench.tasks.busy, 60)
            save_picture(window, target / "archive.png")
            view.setCurrentWidget(view.search)
            view.search.here.click()
            wait_until("found", lambda: view.search.table.rowCount() == 2 and not bench.tasks.busy, 60)
            view.search.open.click()
            wait_until("page", lambda: not view.search.model.busy and not bench.tasks.busy, 60)
            save_picture(window, target / "archive-search.png")
        finally:
            window.close()
            bench.shut()
