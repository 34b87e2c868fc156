"""A person signs with mouse, finger or pen; too little is asked again in words; a reader's keys become one scan."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.config.signature_rules import signature_limits
from app.domain.signature import Plausibility, Signature, plausibility
from app.ui.bridge.wedge_keys import WedgeKeys
from app.ui.widgets.signature_pad import SignaturePad
from app.ui.widgets.signature_panel import SignaturePanel
from helpers.mrz_pictures import TD3_LINES
from helpers.signatures import flourish


class Clock:
    def __init__(self) -> None:
        self.now = 1000

    def __call__(self) -> int:
        self.now += 12
        return self.now


def wave(step: int) -> QPoint:
    return QPoint(60 + 5 * step, round(110 + 45 * math.sin(step / 6)))


def sign_with_mouse(pad: SignaturePad, steps: int = 60) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=wave(0))
    for step in range(1, steps):
        QTest.mouseMove(pad, wave(step))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=wave(steps - 1))


def pad_of(application: QApplication) -> SignaturePad:
    pad = SignaturePad(clock=Clock())
    pad.resize(600, 240)
    pad.show()
    application.processEvents()
    return pad


def test_the_mouse_writes_in_millimetres(application: QApplication) -> None:
    pad = pad_of(application)
    sign_with_mouse(pad)
    signature = pad.signature()
    assert len(signature.strokes) == 1
    assert plausibility(signature, signature_limits()) is Plausibility.ENOUGH
    first = signature.strokes[0][0]
    mm = signature.width_mm / 600
    assert (first.x_mm, first.y_mm) == pytest.approx((60 * mm, 110 * mm), abs=0.02)
    assert {p.pressure for p in signature.strokes[0]} == {0.5}


def test_a_finger_writes_and_the_palm_does_not(application: QApplication) -> None:
    pad = pad_of(application)
    screen = QTest.createTouchDevice()
    QTest.touchEvent(pad, screen).press(0, wave(0), pad).commit()
    for step in range(1, 40):
        sequence = QTest.touchEvent(pad, screen).move(0, wave(step), pad)
        if step == 10:
            sequence.press(1, QPoint(500, 200), pad)
        if step > 10:
            sequence.move(1, QPoint(500 - step, 200), pad)
        sequence.commit()
    QTest.touchEvent(pad, screen).release(0, wave(39), pad).release(1, QPoint(460, 200), pad).commit()
    signature = pad.signature()
    assert len(signature.strokes) == 1
    assert max(p.x_mm for p in signature.strokes[0]) < 300 * signature.width_mm / 600


def _pen(kind: QEvent.Type, place: QPoint, pressure: float) -> QTabletEvent:
    at = QPointF(place)
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else Qt.MouseButton.LeftButton
    changed = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    device = QPointingDevice.primaryPointingDevice()
    return QTabletEvent(kind, device, at, at, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, none, changed, held)


def test_a_pen_gives_its_pressure(application: QApplication) -> None:
    assert isinstance(QPointingDevice.primaryPointingDevice(), QInputDevice)
    pad = pad_of(application)
    application.sendEvent(pad, _pen(QEvent.Type.TabletPress, wave(0), 0.2))
    for step in range(1, 40):
        application.sendEvent(pad, _pen(QEvent.Type.TabletMove, wave(step), 0.2 + 0.02 * step))
    application.sendEvent(pad, _pen(QEvent.Type.TabletRelease, wave(39), 0.0))
    pressures = [p.pressure for p in pad.signature().strokes[0]]
    assert pressures == sorted(pressures)
    assert pressures[-1] == pytest.approx(0.98, abs=0.01)


def test_another_size_is_another_sheet(application: QApplication) -> None:
    pad = pad_of(application)
    sign_with_mouse(pad)
    pad.resize(500, 200)
    application.processEvents()
    assert not pad.signature().strokes


def test_a_dot_is_asked_again_and_a_name_can_be_confirmed(application: QApplication) -> None:
    panel = SignaturePanel("居民身份证受理回执")
    panel.resize(1000, 420)
    panel.show()
    application.processEvents()
    signed: list[Signature] = []
    panel.signed.connect(signed.append)
    QTest.mouseClick(panel.pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert panel.sentence() == panel.tr("That is only a dot. Please write your whole name.")
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert not signed
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    panel.pad.show_signature(flourish())
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert len(signed) == 1
    assert len(signed[0].strokes) == 2
    QTest.keyClick(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.pad.signature().strokes) == 1


class FieldClock:
    def __init__(self) -> None:
        self.now = 10_000
        self.step = 4

    def __call__(self) -> int:
        self.now += self.step
        return self.now


def test_a_reader_that_types_into_a_field_gives_one_scan_and_leaves_the_field_empty(application: QApplication) -> None:
    field = QLineEdit()
    field.show()
    keys = WedgeKeys(field, FieldClock())
    scans: list[tuple[str, ...]] = []
    keys.scanned.connect(scans.append)
    for line in TD3_LINES:
        QTest.keyClicks(field, line)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert scans == [TD3_LINES]
    assert not field.text()


def test_a_person_s_typing_reaches_the_field(application: QApplication) -> None:
    field = QLineEdit()
    field.show()
    clock = FieldClock()
    clock.step = 120
    WedgeKeys(field, clock)
    QTest.keyClicks(field, "E12345678")
    QTest.qWait(80)
    assert field.text() == "E12345678"
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "E1234567"
