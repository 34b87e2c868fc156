"""The retouch panel: every stroke is recorded and taken back, the face is refused in words, nothing waits for pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.config.texts import Coded
from app.domain.errors import BadInput
from app.domain.retouch import Adjustments, BrushStroke, Retouch, StrokeKind
from app.imaging.retouch import RetouchResult, retouched, zone_outline
from app.ui.screens.review.retouch_panel import RetouchPanel
from app.ui.theme import Theme

GREY = np.full((250, 200, 3), 90, np.uint8)
FACE = np.zeros((250, 200), np.uint8)
FACE[50:150, 50:150] = 255
DAB = BrushStroke(StrokeKind.ERASE, ((0.5, 0.8),), 0.05)


class Tasks:
    """Keeps questions until somebody lets them be answered."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Coded], None]]] = []

    def run(self, question: Callable[[], Any], answer: Callable[[Any], None], refuse: Callable[[Coded], None]) -> None:
        self.waiting.append((question, answer, refuse))

    def one(self) -> None:
        """Answer the oldest."""
        question, answer, refuse = self.waiting.pop(0)
        try:
            result = question()
        except BadInput as error:
            refuse(error)
        else:
            answer(result)

    def all(self) -> None:
        """Answer until nothing is asked any more."""
        while self.waiting:
            self.one()


class Desk:
    """The panel with a grey picture, what it announced and what it had rendered."""

    def __init__(self) -> None:
        self.tasks = Tasks()
        self.rendered: list[Retouch] = []
        self.changes: list[Retouch] = []
        self.panel = RetouchPanel(Theme.load("light").colours, self.tasks)
        self.panel.changed.connect(self.changes.append)
        self.panel.resize(1000, 640)
        self.panel.show()
        self.panel.open(self.render, zone_outline(FACE))
        self.tasks.all()

    def render(self, retouch: Retouch) -> RetouchResult:
        self.rendered.append(retouch)
        return retouched(GREY, retouch, (255, 255, 255), FACE)

    def at(self, x: float, y: float) -> QPoint:
        rect = self.panel.canvas.image_rect()
        return QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()).toPoint()

    def draw(self, *places: tuple[float, float]) -> None:
        """A stroke with the mouse."""
        canvas, left = self.panel.canvas, Qt.MouseButton.LeftButton
        QTest.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, self.at(*places[0]))
        for place in places[1:]:
            QTest.mouseMove(canvas, self.at(*place))
        QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, self.at(*places[-1]))

    def shown(self, x: float, y: float) -> int:
        """Grey value of the canvas on the screen."""
        return self.panel.canvas.grab().toImage().pixelColor(self.at(x, y)).red()


@pytest.fixture
def desk(application: QApplication) -> Desk:
    return Desk()


# -- drawing -------------------------------------------------------------------------------------------


def test_a_drawn_stroke_is_recorded_in_shares_announced_and_shown(desk: Desk) -> None:
    desk.draw((0.1, 0.8), (0.5, 0.8), (0.9, 0.9))
    (change,) = desk.changes
    (stroke,) = change.strokes
    assert stroke.kind is StrokeKind.ERASE
    assert stroke.points[0] == pytest.approx((0.1, 0.8), abs=0.005)
    assert stroke.points[-1] == pytest.approx((0.9, 0.9), abs=0.005)
    assert desk.panel.retouch == change
    desk.tasks.all()
    assert desk.rendered[-1] == change
    assert desk.shown(0.3, 0.8) == 255


def test_the_chosen_tool_and_size_make_the_stroke(desk: Desk) -> None:
    desk.panel.smart.click()
    desk.panel.brush.setValue(25)
    desk.draw((0.5, 0.9))
    desk.panel.erase.click()
    desk.panel.brush.setValue(5)
    desk.draw((0.5, 0.9))
    strokes = desk.changes[-1].strokes
    assert [(s.kind, s.radius) for s in strokes] == [(StrokeKind.SMART_ERASE, 0.05), (StrokeKind.ERASE, 0.01)]


def test_the_mouse_leaving_the_picture_draws_along_its_edge(desk: Desk) -> None:
    canvas, place = desk.panel.canvas, QPoint(1, desk.at(0.5, 0.9).y())
    assert not canvas.image_rect().contains(place)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, desk.at(0.5, 0.9))
    QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.changes[-1].strokes[-1].points[-1] == pytest.approx((0.0, 0.9), abs=0.005)


def test_the_keyboard_draws_too(desk: Desk) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Space):
        QTest.keyClick(desk.panel.canvas, key)
    assert desk.panel.retouch.is_empty, "the middle is the face"
    for _ in range(40):
        QTest.keyClick(desk.panel.canvas, Qt.Key.Key_Down)
    QTest.keyClick(desk.panel.canvas, Qt.Key.Key_Space)
    assert desk.changes[-1].strokes[-1].points[0] == pytest.approx((0.49, 0.5 + 0.42 * 200 / 250))


def test_without_a_picture_nothing_is_drawn(desk: Desk) -> None:
    desk.panel.open(desk.render, ())
    desk.draw((0.5, 0.9))
    QTest.keyClick(desk.panel.canvas, Qt.Key.Key_Space)
    assert desk.changes == []


# -- the protected face --------------------------------------------------------------------------------


def test_a_stroke_on_the_face_is_refused_in_words_and_not_recorded(desk: Desk) -> None:
    desk.draw((0.4, 0.4), (0.6, 0.4))
    assert desk.changes == []
    assert desk.panel.refusal.text() == "未执行：面部受保护，不能擦除。"


def test_where_all_is_protected_the_edge_of_the_picture_is_too(desk: Desk) -> None:
    desk.panel.canvas.set_zone(zone_outline(np.full((250, 200), 255, np.uint8)))
    desk.draw((0.5, 0.99), (0.5, 0.9))
    assert desk.changes == []


def test_a_stroke_that_only_touches_the_face_is_recorded_and_says_what_was_refused(desk: Desk) -> None:
    desk.draw((0.5, 0.59))
    assert len(desk.changes) == 1
    desk.tasks.all()
    assert desk.panel.refusal.text().startswith("有 ")
    assert "受保护" in desk.panel.refusal.text()


def test_the_face_is_hatched(desk: Desk) -> None:
    with_zone = desk.panel.canvas.grab().toImage()
    desk.panel.canvas.set_zone(())
    without = desk.panel.canvas.grab().toImage()
    inside = [desk.at(0.4 + n / 100, 0.4) for n in range(10)]
    assert any(with_zone.pixel(place) != without.pixel(place) for place in inside)
    assert all(without.pixel(place) == without.pixel(inside[0]) for place in inside)


# -- tone ----------------------------------------------------------------------------------------------


def test_a_slider_is_shown_at_once_and_recorded_once_when_let_go(desk: Desk) -> None:
    slider = desk.panel.sliders["brightness"]
    slider.setSliderDown(True)
    for value in (10, 20, 30):
        slider.setValue(value)
    desk.tasks.all()
    assert desk.rendered[-1].adjustments.brightness == 0.3
    assert desk.shown(0.1, 0.9) > 95
    QTest.qWait(400)
    assert desk.changes == [], "the hand still holds it"
    slider.setSliderDown(False)
    assert desk.changes == [Retouch(Adjustments(brightness=0.3))]


def test_a_slider_moved_by_keys_is_recorded_when_the_hand_rests(desk: Desk) -> None:
    for _ in range(3):
        QTest.keyClick(desk.panel.sliders["contrast"], Qt.Key.Key_Right)
    assert desk.changes == []
    QTest.qWait(500)
    assert desk.changes == [Retouch(Adjustments(contrast=0.03))]


@pytest.mark.parametrize("name", ["brightness", "contrast", "sharpness", "saturation", "warmth"])
def test_each_slider_moves_its_own_adjustment(desk: Desk, name: str) -> None:
    desk.panel.sliders[name].setValue(100)
    desk.panel.hide()
    assert desk.changes == [Retouch(Adjustments(**{name: 1.0}))], "and is not lost when the page is left at once"


def test_a_stroke_right_after_a_slider_leaves_two_steps(desk: Desk) -> None:
    desk.panel.sliders["warmth"].setValue(40)
    desk.draw((0.5, 0.9))
    assert [(len(c.strokes), c.adjustments.warmth) for c in desk.changes] == [(0, 0.4), (1, 0.4)]


def test_a_finer_value_than_a_slider_can_show_is_kept(desk: Desk) -> None:
    fine = Retouch(Adjustments(brightness=0.123), (DAB,))
    desk.panel.open(desk.render, (), fine)
    desk.panel.sliders["warmth"].setValue(50)
    desk.panel.hide()
    assert desk.changes == [Retouch(Adjustments(brightness=0.123, warmth=0.5), (DAB,))]


# -- taking back ---------------------------------------------------------------------------------------


def test_undo_redo_and_reset_go_step_by_step(desk: Desk) -> None:
    panel = desk.panel
    assert not any(button.isEnabled() for button in (panel.undo, panel.redo, panel.reset))
    panel.sliders["warmth"].setValue(40)
    desk.draw((0.5, 0.9))
    done = panel.retouch
    panel.undo.click()
    assert panel.retouch == Retouch(Adjustments(warmth=0.4))
    panel.undo.click()
    assert panel.retouch.is_empty
    assert panel.sliders["warmth"].value() == 0
    assert not panel.undo.isEnabled()
    panel.redo.click()
    panel.redo.click()
    assert panel.retouch == done
    assert panel.sliders["warmth"].value() == 40
    panel.reset.click()
    assert panel.retouch.is_empty
    panel.undo.click()
    assert panel.retouch == done
    assert desk.changes[-1] == done
    desk.tasks.all()
    assert desk.rendered[-1] == done


def test_a_retouch_opened_again_can_be_taken_back(desk: Desk) -> None:
    desk.panel.open(desk.render, (), Retouch(strokes=(DAB,)))
    assert desk.panel.retouch.strokes == (DAB,)
    desk.panel.undo.click()
    assert desk.changes == [Retouch()]


# -- words and waiting ---------------------------------------------------------------------------------


def test_the_erased_area_is_told(desk: Desk) -> None:
    assert desk.panel.area.text() == "手工擦除面积：占照片 0.0 %"
    desk.panel.brush.setValue(50)
    desk.draw((0.5, 0.8))
    desk.tasks.all()
    share = float(desk.panel.area.text().removeprefix("手工擦除面积：占照片 ").removesuffix(" %"))
    assert share == pytest.approx(100 * np.pi * 0.1**2 * 200 / 250, rel=0.1)


def test_nothing_waits_and_only_the_newest_wish_is_rendered(desk: Desk) -> None:
    before = len(desk.rendered)
    for value in range(1, 20):
        desk.panel.sliders["contrast"].setValue(value)
    assert len(desk.tasks.waiting) == 1
    desk.tasks.all()
    assert [r.adjustments.contrast for r in desk.rendered[before:]] == [0.01, 0.19]


def test_an_answer_for_the_picture_before_is_not_shown(desk: Desk) -> None:
    desk.panel.sliders["brightness"].setValue(100)
    desk.panel.open(desk.render, ())
    desk.tasks.one()
    assert not desk.panel.canvas.has_image()
    desk.tasks.all()
    assert desk.shown(0.1, 0.9) == 90


def test_a_failed_rendering_is_announced_and_the_next_is_tried(desk: Desk) -> None:
    errors: list[Coded] = []
    desk.panel.refused.connect(errors.append)

    def fails(retouch: Retouch) -> RetouchResult:
        if not retouch.strokes:
            raise BadInput("IMG-106")
        return desk.render(retouch)

    desk.panel.open(fails, ())
    desk.tasks.all()
    assert [e.code for e in errors] == ["IMG-106"]
    desk.panel._take_stroke(DAB)
    desk.tasks.all()
    assert desk.panel.canvas.has_image()


def test_everything_is_reached_by_tab_and_has_a_name(desk: Desk) -> None:
    panel = desk.panel
    desk.draw((0.5, 0.9))
    wanted: list[QWidget] = [panel.canvas, *panel.sliders.values(), panel.brush, panel.erase, panel.undo, panel.reset]
    assert all(w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.accessibleName() for w in wanted)
    assert len({slider.accessibleName() for slider in (*panel.sliders.values(), panel.brush)}) == 6
