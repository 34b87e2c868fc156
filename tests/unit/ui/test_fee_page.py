"""缴费 in an officer's hands: from the code on the screen to the finance system's word, and nothing claimed before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.config.settings import Settings
from app.config.texts import Coded
from app.desk.desk import Desk
from app.desk.fees import FeeLine
from app.desk.gate import Gate
from app.domain.fees import FeeState, Payer
from app.sync.loop import SyncLoop
from app.ui.applicant_stage import PaymentFace
from app.ui.bench import Bench
from app.ui.rehearsal import wait_until
from app.ui.screens.applicant.payment_page import PaymentPage
from app.ui.screens.fees.model import FeeSubject
from app.ui.screens.fees.page import FeePage
from app.ui.theme import Theme
from helpers.fees import ITEM, till
from helpers.intake_desks import Hands, at_the_window, fill_in, intake_room
from helpers.matter_texts import texts_of_matter
from helpers.paper_desks import PaperDesk, paper_desk
from helpers.stores import TestClock, new_store


def face_of(hands: Hands) -> object:
    """What the applicant's screen is asked to show."""
    return hands.bench.stage.face


NAME, NUMBER = "欧阳𬱖", "999999199003071019"
SUBJECT = FeeSubject("C1", "SL-1", "RK-100　居民身份证换领", Payer(NAME, NUMBER), (ITEM,))


@dataclass
class Seat:
    desk: PaperDesk
    bench: Bench
    page: FeePage
    refusals: list[Coded] = field(default_factory=list)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.page, key, modifier)
        self.quiet()

    def quiet(self) -> None:
        wait_until("quiet", lambda: not self.page.model.busy and not self.bench.tasks.busy)

    def turn(self) -> None:
        """The finance system says its next word, and the page looks at it."""
        self.desk.till.later(seconds=10)
        self.page.model.look()
        self.quiet()


@contextmanager
def seated(folder: Path, *words: str) -> Iterator[Seat]:
    """``words``: what the finance system will say of an order, question by question."""
    with paper_desk(folder) as desk:
        desk.till.scripted(*(words or ("unpaid",)))
        bench = Bench(cast("Gate", None), Settings.of({}), "zh_CN", Theme.load("light"))
        bench.opened = cast("Desk", SimpleNamespace(fees=desk.fees))
        page = FeePage(bench, cast("FeePage", None))
        seat = Seat(desk, bench, page)
        bench.refused.connect(seat.refusals.append)
        page.resize(1000, 600)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page, 5000)
        try:
            page.open(SUBJECT)
            seat.quiet()
            yield seat
        finally:
            page.model.forget()
            page.close()
            bench.tasks.stop()
            bench.opened = None
            page.deleteLater()


def test_a_code_is_asked_for_shown_and_paid_by_the_finance_systems_word_alone(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path, "unpaid", "paid") as seat:
        page = seat.page
        assert page.next.accessibleName() == "获取缴款码"
        assert "20.00" in page.total.text()
        seat.press(Qt.Key.Key_F2)
        order = page.model.order
        assert order is not None
        assert order.state is FeeState.CREATED
        assert order.slip is not None
        assert page.code.text().replace(" ", "") == order.slip.code
        assert page.picture.has_image()
        assert page.state.text() == "待缴款"
        assert order.slip.deadline in page.facts.text()
        seat.turn()
        assert page.state.text() == "已缴款"
        assert not page.code.text(), "nobody pays twice"
        assert not page.picture.has_image()
        assert not page.notice.isEnabled()
        left: list[bool] = []
        page.left.connect(lambda: left.append(True))
        seat.press(Qt.Key.Key_F2)
        assert left
        assert not seat.refusals


def test_pressed_ten_times_there_is_one_order(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for _ in range(10):
            QTest.keyClick(seat.page, Qt.Key.Key_F2)
        seat.quiet()
        assert len(seat.desk.fees.orders("C1")) == 1


def test_what_is_unknown_is_shown_neither_as_paid_nor_as_failed(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path, "unpaid", "unknown", "paid") as seat:
        seat.press(Qt.Key.Key_F2)
        seat.turn()
        page = seat.page
        assert page.state.text() == "是否缴款不明"
        assert "请勿重复缴款" in page.advice.text()
        assert page.next.accessibleName() == "立即查询"
        seat.turn()
        assert page.state.text() == "已缴款"


def test_an_expired_code_gives_way_to_a_new_one(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path, "unpaid", "expired") as seat:
        seat.press(Qt.Key.Key_F2)
        first = seat.page.model.order
        seat.turn()
        assert seat.page.state.text() == "缴款码已过期"
        assert not seat.page.model.payable
        seat.page.open(SUBJECT)
        seat.quiet()
        seat.press(Qt.Key.Key_F2)
        second = seat.page.model.order
        assert first is not None
        assert second is not None
        assert second.id != first.id


def test_cancelling_asks_first_and_counts_when_the_finance_system_says_so(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        seat.press(Qt.Key.Key_F2)
        seat.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        page = seat.page
        assert page.question.isVisible()
        assert page.model.order is not None
        assert not page.model.order.cancel_wanted
        page.question.yes.click()
        seat.quiet()
        assert page.model.order.state is FeeState.CANCELLED
        assert page.state.text() == "已取消"
        assert page.next.accessibleName() == "获取缴款码"


def test_the_notice_is_printed_by_the_officers_press_and_only_while_there_is_something_to_pay(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        seat.press(Qt.Key.Key_F6)
        assert not seat.desk.queue.recent()
        seat.press(Qt.Key.Key_F2)
        seat.press(Qt.Key.Key_F6)
        assert len(seat.desk.queue.recent()) == 1
        assert seat.page.told.text()


def test_the_collecting_units_own_items_are_offered_where_the_matter_names_none(
    application: QApplication, tmp_path: Path
) -> None:
    with seated(tmp_path) as seat:
        page = seat.page
        page.open(FeeSubject("C2", "", "RK-100", SUBJECT.payer, None))
        seat.quiet()
        assert page.list.count() > 1
        assert not page.next.isEnabled(), "nothing is ticked for the officer"
        page.list.item(0).setCheckState(Qt.CheckState.Checked)
        seat.quiet()
        assert page.next.isEnabled()
        seat.press(Qt.Key.Key_F2)
        order = page.model.order
        assert order is not None
        assert order.demand.items == (page.model.items[0],)


def test_the_applicants_screen_shows_the_code_and_no_name(application: QApplication, tmp_path: Path) -> None:
    with seated(tmp_path, "unpaid", "unknown") as seat:
        seat.press(Qt.Key.Key_F2)
        face = seat.bench.stage.face
        assert isinstance(face, PaymentFace)
        assert NAME not in repr(face)
        assert NUMBER not in repr(face)
        screen = PaymentPage(seat.bench.theme, seat.page)
        screen.show_face(face)
        assert screen.picture.has_image()
        assert screen.sentence.text() == "请扫码缴款"
        seat.turn()
        face = seat.bench.stage.face
        assert isinstance(face, PaymentFace)
        screen.show_face(face)
        assert not screen.picture.has_image()
        assert "请勿重复缴款" in screen.sentence.text()
        seat.page.forget()
        assert seat.bench.stage.face is None


def test_without_a_gateway_the_officer_reads_what_to_do(application: QApplication, tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    with closing(store), intake_room(store, clock) as room, at_the_window(room) as hands:
        texts = texts_of_matter("RK-036")
        hands.begin("RK-036")
        fill_in(hands, hands.sheet.matter, texts)
        hands.press(Qt.Key.Key_F12)
        wait_until("told", lambda: bool(hands.refusals))
        assert hands.refusals[-1].code == "FEE-120"
        hands.press(Qt.Key.Key_Escape)
        assert hands.view.pages.currentWidget() is hands.view.work


def test_a_case_at_the_window_is_paid_before_it_is_accepted(application: QApplication, tmp_path: Path) -> None:
    with till(tmp_path) as counter, intake_room(counter.store, counter.clock) as room:
        counter.scripted("unpaid", "paid")
        line = FeeLine(counter.asking, SyncLoop(counter.asking, 60.0))
        with at_the_window(room, line=line) as hands:
            hands.begin("RK-036")
            fill_in(hands, hands.sheet.matter, texts_of_matter("RK-036"))
            assert "没有收费" in hands.view.work.finish.fee.text()
            hands.press(Qt.Key.Key_F12)
            page = hands.view.fee
            wait_until("items", lambda: page.list.count() > 0 and not page.model.busy)
            page.list.item(0).setCheckState(Qt.CheckState.Checked)
            hands.press(Qt.Key.Key_F2)
            wait_until("code", lambda: page.model.payable)
            counter.later(seconds=10)
            page.model.look()
            wait_until("paid", lambda: page.state.text() == "已缴款")
            hands.press(Qt.Key.Key_F2)
            wait_until("back", lambda: hands.view.pages.currentWidget() is hands.view.work)
            wait_until("known", lambda: hands.view.work.finish.fee.text().startswith("已缴款"))
            hands.next()
            wait_until("case", lambda: bool(hands.cases))
            order = counter.store.fees.of_case(hands.cases[0].id)[0]
            assert order.state is FeeState.PAID, "the fee belongs to the case that came of the draft"
            hands.press(Qt.Key.Key_F12)
            wait_until("case's fee", lambda: page.state.text() == "已缴款")


def test_on_another_screen_the_applicant_is_asked_for_nothing_and_back_again_it_is_there(
    application: QApplication, tmp_path: Path
) -> None:
    with till(tmp_path) as counter, intake_room(counter.store, counter.clock) as room:
        line = FeeLine(counter.asking, SyncLoop(counter.asking, 60.0))
        with at_the_window(room, line=line) as hands:
            hands.begin("RK-036")
            fill_in(hands, hands.sheet.matter, texts_of_matter("RK-036"))
            hands.press(Qt.Key.Key_F12)
            page = hands.view.fee
            wait_until("items", lambda: page.list.count() > 0 and not page.model.busy)
            page.list.item(0).setCheckState(Qt.CheckState.Checked)
            hands.press(Qt.Key.Key_F2)
            wait_until("code", lambda: page.model.payable)
            assert isinstance(face_of(hands), PaymentFace)
            hands.view.hide()
            assert face_of(hands) is None
            hands.view.show()
            assert isinstance(face_of(hands), PaymentFace)
