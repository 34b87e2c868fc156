"""Pictures of the intake for the manual: a matter being picked, a form, the checks, what became of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.desk.fees import FeeLine
from app.printing.page import PagePress
from app.printing.raster import page_pictures
from app.sync.loop import SyncLoop
from app.ui.application import make_application
from app.ui.rehearsal import save_picture, wait_until
from app.ui.screens.applicant.view import ApplicantWindow
from app.ui.screens.photo_station.view_model import PhotoStationModel
from app.ui.theme import Theme
from helpers.fees import till
from helpers.intake_desks import Hands, at_the_window, fill_in, intake_room
from helpers.matter_texts import texts_of_matter
from helpers.printers import FONT
from helpers.signatures import flourish

_MATTER = "RK-030"
_SIZE = (1240, 660)  # what the frame leaves of 1366 x 768


def intake_pictures(language: str, target: Path) -> None:
    """Into ``target``; worked as an officer works it."""
    theme = Theme.load("light")
    make_application(language, theme)
    with (
        tempfile.TemporaryDirectory() as folder,
        till(Path(folder)) as counter,
        intake_room(counter.store, counter.clock, language) as room,
        at_the_window(
            room, line=FeeLine(counter.asking, SyncLoop(counter.asking, 60.0)), language=language, theme=theme
        ) as hands,
    ):
        hands.view.resize(*_SIZE)
        _pictures(hands, target)


def _pictures(hands: Hands, target: Path) -> None:
    matter = hands.begin(_MATTER).matter
    texts = texts_of_matter(_MATTER)
    fill_in(hands, matter, texts | {"from_province": "110000"})
    wait_until("idle", lambda: not hands.bench.tasks.busy)
    save_picture(hands.view, target / "intake-checks.png")
    hands.view.model.go(1)
    hands.fill("joiner_number", "99999919960402002")
    hands.next()
    save_picture(hands.view, target / "intake-form.png")
    hands.view.model.leave()
    fill_in(hands, hands.begin(_MATTER).matter, texts)
    paper = target / "paper.png"
    paper.write_bytes(page_pictures(PagePress(FONT).text("示例材料"))[0])
    while missing := hands.sheet.assessment.missing:
        count = len(hands.sheet.papers)
        hands.view.model.add_files(missing[0].material.id, (paper,))
        wait_until("paper", lambda count=count: len(hands.sheet.papers) > count)  # type: ignore[misc]
    paper.unlink()
    _fee_pictures(hands, target)
    hands.next()
    wait_until("case", lambda: bool(hands.cases))
    wait_until("drawn", lambda: bool(hands.view.outcome.handout.model.pages))
    save_picture(hands.view, target / "intake-outcome.png")


def _fee_pictures(hands: Hands, target: Path) -> None:
    """The payment code at the window and on the applicant's screen; the applicant's signature."""
    applicant = ApplicantWindow(hands.bench, PhotoStationModel(hands.bench))
    applicant.resize(800, 600)
    applicant.show()
    work, page = hands.view.work, hands.view.fee
    work.finish.pay.click()
    wait_until("items", lambda: page.list.count() > 0 and not page.model.busy)
    page.model.choose(page.model.items[0].code, True)
    page.next.click()
    wait_until("code", lambda: page.model.qr is not None and not hands.bench.tasks.busy)
    save_picture(hands.view, target / "intake-fee.png")
    save_picture(applicant, target / "applicant-payment.png")
    page.back.click()
    work.finish.sign.click()
    wait_until("sheet", lambda: applicant.signing is not None)
    if applicant.signing is not None:
        applicant.signing.pad.show_signature(flourish())
        save_picture(applicant, target / "applicant-signature.png")
    hands.view.signing.back.click()
    applicant.close()
    applicant.deleteLater()
    hands.view.activateWindow()
    wait_until("the window is in front again", hands.view.isActiveWindow)
