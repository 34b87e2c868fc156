"""签名 at the window: on this screen, the applicant's or the pad; kept with the case; known when the form changed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.signature import Signature
from app.imaging.ink import RECORD
from app.intake.signing import form_bytes
from app.security.signed_document import SignedDocument
from app.ui.applicant_stage import SigningFace
from app.ui.rehearsal import wait_until
from app.ui.screens.applicant.view import ApplicantWindow
from app.ui.screens.photo_station.view_model import PhotoStationModel
from devices.host.signature_pad import SignaturePadHost
from devices.registry import worker_launch
from devices.simulators.tablet.server import TabletSimulator
from devices.simulators.tablet.strokes import Fault
from helpers.intake_desks import Hands, at_the_window, fill_in, intake_room
from helpers.matter_texts import texts_of_matter
from helpers.signatures import flourish
from helpers.stores import TestClock, new_store

CODE = "RK-036"


@contextmanager
def at_the_checks(folder: Path, pad: SignaturePadHost | None = None) -> Iterator[Hands]:
    """A case filled in up to 核对."""
    clock = TestClock()
    store, _, _ = new_store(folder / "data", clock)
    with closing(store), intake_room(store, clock) as room, at_the_window(room, pad=pad) as hands:
        hands.begin(CODE)
        fill_in(hands, hands.sheet.matter, texts_of_matter(CODE))
        wait_until("checks", hands.view.work.finish.isVisible)
        yield hands


def face(hands: Hands) -> object:
    """What the applicant's screen is asked to show."""
    return hands.bench.stage.face


def sign_here(hands: Hands, signature: Signature) -> None:
    hands.press(Qt.Key.Key_F5)
    panel = hands.view.signing.panel
    assert panel is not None
    panel.pad.show_signature(signature)
    hands.press(Qt.Key.Key_Return)
    wait_until("kept", lambda: hands.sheet.signed is not None)


def test_a_signature_at_the_window_is_a_paper_of_the_case_with_the_pens_way_in_it(
    application: QApplication, tmp_path: Path
) -> None:
    with at_the_checks(tmp_path) as hands:
        finish = hands.view.work.finish
        assert finish.signed.text() == "还没有签名。"
        sign_here(hands, flourish())
        assert hands.view.pages.currentWidget() is hands.view.work
        wait_until("told", lambda: finish.signed.text().startswith("已签名"))
        hands.next()
        wait_until("case", lambda: bool(hands.cases))
        (paper,) = [p for p in hands.room.store.drafts.materials(hands.cases[0].id) if p.origin == "signature"]
        assert paper.name.startswith("申请人签名")
        image = Image.open(io.BytesIO(hands.room.store.drafts.material_data(paper.id)))
        assert image.getpixel((0, 0)) == 255, "on white, for every viewer"
        assert image.getextrema()[0] == 0, "with black ink"
        bound = SignedDocument.from_json(image.info[RECORD])
        fields = hands.room.store.cases.case(hands.cases[0].id).content.fields
        bound.require_unchanged(form_bytes({key: each.value for key, each in fields.items()}))
        assert bound.title == CODE
        kept = bound.signature
        assert len(kept.strokes) == 2
        assert {p.pressure for s in kept.strokes for p in s} == {p.pressure for s in flourish().strokes for p in s}


def test_what_is_changed_after_signing_asks_for_another_signature_and_put_back_it_counts_again(
    application: QApplication, tmp_path: Path
) -> None:
    with at_the_checks(tmp_path) as hands:
        sign_here(hands, flourish())
        before = hands.sheet.value("applicant_phone").value
        hands.view.model.change("applicant_phone", "02399999999")
        assert hands.sheet.signed is not None
        assert not hands.sheet.signed.current
        assert "重新签名" in hands.view.work.finish.signed.text()
        hands.view.model.change("applicant_phone", before)
        assert hands.sheet.signed.current


def test_a_dot_is_no_signature_and_escape_signs_nothing(application: QApplication, tmp_path: Path) -> None:
    with at_the_checks(tmp_path) as hands:
        hands.press(Qt.Key.Key_F5)
        hands.press(Qt.Key.Key_Return)
        assert hands.view.signing.panel is not None
        hands.press(Qt.Key.Key_Escape)
        assert hands.view.pages.currentWidget() is hands.view.work
        assert not hands.sheet.papers


def test_where_the_applicant_has_a_screen_they_sign_there(application: QApplication, tmp_path: Path) -> None:
    with at_the_checks(tmp_path) as hands:
        stage = hands.bench.stage
        applicant = ApplicantWindow(hands.bench, PhotoStationModel(hands.bench))
        applicant.resize(800, 600)
        applicant.show()
        wait_until("seen", lambda: stage.seen)
        hands.view.window().activateWindow()
        hands.press(Qt.Key.Key_F5)
        assert isinstance(face(hands), SigningFace)
        assert applicant.signing is not None
        assert "申请人屏幕" in hands.view.signing.told.text()
        applicant.signing.signed.emit(flourish())
        wait_until("kept", lambda: hands.sheet.signed is not None)
        assert face(hands) is None
        assert applicant.pages.currentWidget() is applicant.photo
        assert hands.view.pages.currentWidget() is hands.view.work
        applicant.close()
        wait_until("gone", lambda: not stage.seen)
        applicant.deleteLater()


def test_the_applicant_declines_or_the_officer_takes_it_at_the_window(application: QApplication, tmp_path: Path) -> None:
    with at_the_checks(tmp_path) as hands:
        stage = hands.bench.stage
        stage.seen = True
        hands.press(Qt.Key.Key_F5)
        stage.decline()
        assert hands.view.pages.currentWidget() is hands.view.work
        hands.press(Qt.Key.Key_F5)
        hands.press(Qt.Key.Key_F2)
        assert face(hands) is None
        assert hands.view.signing.panel is not None


def test_a_signature_for_a_case_that_was_left_does_not_come_to_the_next_one(
    application: QApplication, tmp_path: Path
) -> None:
    with at_the_checks(tmp_path) as hands:
        stage = hands.bench.stage
        stage.seen = True
        hands.press(Qt.Key.Key_F5)
        assert face(hands) is not None
        hands.view.model.leave()
        assert face(hands) is None
        stage.sign(flourish())
        wait_until("quiet", lambda: not hands.bench.tasks.busy)
        assert not any(hands.room.store.drafts.materials(each.draft.id) for each in hands.view.model.drafts)


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.TORN])
def test_what_the_pen_writes_on_the_pad_appears_and_is_confirmed(
    fault: Fault, application: QApplication, tmp_path: Path
) -> None:
    simulator = TabletSimulator()
    simulator.start()
    host = SignaturePadHost(worker_launch("signature_pad", simulator.address))
    host.start()
    try:
        assert host.wait_until_open(30)
        with at_the_checks(tmp_path, host) as hands:
            hands.press(Qt.Key.Key_F5)
            panel = hands.view.signing.panel
            assert panel is not None
            wait_until("white sheet", lambda: hands.view.signing.model.pad_waits, 10)
            simulator.sign(fault)
            wait_until("drawn", lambda: len(panel.pad.signature().strokes) == 2, 10)
            hands.press(Qt.Key.Key_Return)
            wait_until("kept", lambda: hands.sheet.signed is not None)
            assert not hands.refusals
    finally:
        host.stop(5)
        simulator.stop()


def test_a_pad_that_is_not_there_is_told_and_the_screen_takes_the_signature(
    application: QApplication, tmp_path: Path
) -> None:
    host = SignaturePadHost(worker_launch("signature_pad", "evdev:/dev/input/not-there"))
    host.start()
    try:
        with at_the_checks(tmp_path, host) as hands:
            hands.press(Qt.Key.Key_F5)
            wait_until("told", lambda: bool(hands.refusals), 10)
            panel = hands.view.signing.panel
            assert panel is not None
            panel.pad.show_signature(flourish())
            hands.press(Qt.Key.Key_Return)
            wait_until("kept", lambda: hands.sheet.signed is not None)
            assert len(hands.refusals) == 1
    finally:
        host.stop(5)
