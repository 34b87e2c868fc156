"""The enrolment under way: who, which finger, the press that is waited for, what was taken; nothing here blocks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.config.texts import Coded
from app.domain.errors import NotAllowed
from app.domain.fingers import Ask, Enrolment, FingerAttempt, SlotResult
from app.domain.person import Applicant
from app.fingerprint.register import hint_text
from app.ui.bench import Bench
from app.ui.bridge.finger_signals import FingerSignals, FingerWait
from devices.ports.errors import Cancelled
from devices.ports.fingerprint import FingerImage
from devices.ports.standing import DeviceStanding

if TYPE_CHECKING:
    from app.fingerprint.coaching import FingerLook
    from app.fingerprint.iso19794 import Compression

_LOOK_MS = 500
_COACH_EVERY_S = 0.2


class Work(Enum):
    """What is being waited for."""

    NOTHING = "nothing"
    PRESS = "press"
    STOPPING = "stopping"  # the press was called off and has not ended yet
    OFFICER = "officer"  # the second officer's password is being looked at


@dataclass(frozen=True)
class ShownFinger:
    """The large picture. ``attempt`` None while a finger is waited for; ``sentences`` are written on the picture."""

    image: FingerImage
    attempt: FingerAttempt | None = None
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExceptionWish:
    """What the officers fill in. ``accept``: take the best press instead of passing the finger over."""

    accept: bool
    reason: str
    note: str
    account: str
    password: str

    def __repr__(self) -> str:  # a password never reaches a log through a repr
        return f"ExceptionWish({self.reason}, …)"


class FingersModel(QObject):
    """Signals come on the GUI thread; every call returns at once."""

    changed = Signal()  # enrolment, or what is waited for
    shown_changed = Signal()
    left_open = Signal(object)  # tuple[Enrolment, …]
    standing_changed = Signal()
    excepted = Signal()
    not_excepted = Signal(object)  # the coded error
    written = Signal(str)
    slot_seen = Signal(int, object)  # place, FingerImage

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.signals = FingerSignals(self)
        self.enrolment: Enrolment | None = None
        self.work = Work.NOTHING
        self.shown: ShownFinger | None = None
        self.standing: DeviceStanding | None = None
        self._wait: FingerWait | None = None
        self._coaching = False
        self._coached_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.signals.image_ready.connect(self._picture_came)
        bench.desk_closed.connect(self._shut)

    # -- the scanner -----------------------------------------------------------------------------------

    def watch(self, shown: bool) -> None:
        """Look at the scanner's state while somebody looks."""
        if shown:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    def look(self) -> None:
        """What the supervisor knows; asks no device, so it may be read here."""
        if self._bench.opened is None:
            self._timer.stop()
            return
        standing = self._bench.desk.fingers.seat.standing
        if standing != self.standing:
            self.standing = standing
            self.standing_changed.emit()

    # -- who -------------------------------------------------------------------------------------------

    def begin(self, applicant: Applicant) -> None:
        """The next person."""
        if self.enrolment is not None:
            return
        fingers = self._bench.desk.fingers
        self._bench.ask(lambda: fingers.begin(applicant), self.take_up)

    def ask_left_open(self) -> None:
        """Enrolments that a break or a power cut left open."""
        self._bench.ask(self._bench.desk.fingers.resume, self._found_open)

    def _found_open(self, found: tuple[Enrolment, ...]) -> None:
        current = self.enrolment.id if self.enrolment is not None else ""
        self.left_open.emit(tuple(e for e in found if e.id != current))

    def take_up(self, enrolment: Enrolment) -> None:
        """恢复, or a new one: its last press is shown."""
        if self.enrolment is not None or self._bench.opened is None:
            return
        self.enrolment, self.shown = enrolment, None
        self.changed.emit()
        self.shown_changed.emit()
        if enrolment.attempts:
            self.show_attempt(enrolment.attempts[-1])

    def give_up(self, enrolment: Enrolment) -> None:
        """放弃: what was taken stays sealed in the store."""
        fingers = self._bench.desk.fingers
        self._bench.ask(lambda: fingers.close(enrolment), lambda _: self.ask_left_open())

    def leave(self) -> None:
        """Back to the start; the enrolment stays open and can be taken up again. A scanner that hangs holds nobody here."""
        if self.work in (Work.NOTHING, Work.STOPPING):
            self._forget()

    def finish(self) -> None:
        """完成: closed; ready for the next person."""
        enrolment = self.enrolment
        if enrolment is None or self.work is not Work.NOTHING or enrolment.step().ask is not Ask.DONE:
            return
        fingers = self._bench.desk.fingers
        self._bench.ask(lambda: fingers.close(enrolment), lambda _: self._forget())

    def _forget(self) -> None:
        """Nothing of the last person stays in the window."""
        self.enrolment, self.shown = None, None
        self._set_work(Work.NOTHING)
        self.shown_changed.emit()

    def _shut(self) -> None:
        """The desk was left: a press that is waited for ends with it."""
        self._timer.stop()
        if self._wait is not None:
            self._wait.call_off()
        self._forget()

    def _set_work(self, work: Work) -> None:
        self.work = work
        self.changed.emit()

    # -- a press ---------------------------------------------------------------------------------------

    @property
    def may_press(self) -> bool:
        """Whether the scanner can be asked for the finger that is due."""
        enrolment, standing = self.enrolment, self.standing
        due = enrolment is not None and enrolment.step().ask is Ask.PRESS
        return due and self.work is Work.NOTHING and standing is not None and standing.usable

    def press(self) -> None:
        """Wait for the finger; a second call while it is waited for does nothing."""
        enrolment = self.enrolment
        if enrolment is None or not self.may_press:
            return
        fingers = self._bench.desk.fingers
        wait = self._wait = FingerWait(self.signals, fingers.seat.cancel)
        self.shown = None
        self._set_work(Work.PRESS)
        self.shown_changed.emit()
        self._bench.ask(
            lambda: fingers.press(enrolment, wait.preview),
            lambda found: self._pressed(enrolment.id, *found),
            lambda error: self._not_pressed(enrolment, error),
        )

    def call_off(self) -> None:
        """Esc while waiting: nothing that was taken is lost."""
        if self.work is not Work.PRESS or self._wait is None:
            return
        self._set_work(Work.STOPPING)
        self._wait.call_off()

    def _pressed(self, enrolment_id: str, enrolment: Enrolment, look: FingerLook) -> None:
        if self.enrolment is None or self.enrolment.id != enrolment_id:
            return
        self.enrolment = enrolment
        self.signals.take()
        self._set_work(Work.NOTHING)
        self._show(enrolment.attempts[-1], lambda _: look)

    def _not_pressed(self, enrolment: Enrolment, error: Coded) -> None:
        self.signals.take()
        current = self.enrolment
        if current is None or current.id != enrolment.id:
            return
        self.look()  # a scanner that died must not look ready until the next look
        self.shown = None
        self._set_work(Work.NOTHING)
        self.shown_changed.emit()
        if enrolment.attempts:
            self.show_attempt(enrolment.attempts[-1])
        if not isinstance(error, Cancelled):
            self._bench.refused.emit(error)

    # -- pictures --------------------------------------------------------------------------------------

    def _picture_came(self) -> None:
        image = self.signals.take()
        if image is None or self.work is not Work.PRESS:
            return
        told = self.shown.sentences if self.shown is not None else ()
        self.shown = ShownFinger(image, None, told)
        self.shown_changed.emit()
        now = time.monotonic()
        if not self._coaching and now - self._coached_at >= _COACH_EVERY_S:
            self._coaching, self._coached_at = True, now
            self._bench.ask(lambda: _coach(image), self._coached, self._not_coached)

    def _coached(self, look: FingerLook) -> None:
        self._coaching = False
        if self.work is Work.PRESS and self.shown is not None and self.shown.attempt is None:
            self.shown = ShownFinger(self.shown.image, None, look.sentences(self._bench.language))
            self.shown_changed.emit()

    def _not_coached(self, error: Coded) -> None:
        self._coaching = False
        self._bench.refused.emit(error)

    def show_attempt(self, attempt: FingerAttempt) -> None:
        """A press taken before, large, with what was wrong with it."""
        self._show(attempt, _coach)

    def _show(self, attempt: FingerAttempt, look_at: Callable[[FingerImage], FingerLook]) -> None:
        fingers, language = self._bench.desk.fingers, self._bench.language

        def question() -> ShownFinger:
            image = fingers.picture(attempt)
            told = (hint_text(attempt, language), *look_at(image).sentences(language))
            return ShownFinger(image, attempt, tuple(t for t in told if t))

        self._bench.ask(question, self._seen)

    def _seen(self, shown: ShownFinger) -> None:
        enrolment = self.enrolment
        if enrolment is None or self.work is Work.PRESS or shown.attempt not in enrolment.attempts:
            return
        self.shown = shown
        self.shown_changed.emit()

    # -- exceptions ------------------------------------------------------------------------------------

    def except_finger(self, wish: ExceptionWish) -> None:
        """缺指、受伤…, or the best press below the score: with reason and second officer."""
        enrolment = self.enrolment
        if enrolment is None or self.work is not Work.NOTHING:
            return
        if (missing := self._missing(wish)) is not None:
            self._not_excepted(enrolment.id, missing)
            return
        fingers = self._bench.desk.fingers
        step = fingers.accept_best if wish.accept else fingers.pass_over
        self._set_work(Work.OFFICER)
        self._bench.ask(
            lambda: step(enrolment, wish.reason, wish.note, wish.account, wish.password),
            lambda changed: self._excepted(enrolment.id, changed),
            lambda error: self._not_excepted(enrolment.id, error),
        )

    def _missing(self, wish: ExceptionWish) -> NotAllowed | None:
        """What needs no password to be refused."""
        if not wish.reason:
            return NotAllowed("FNG-202", reason="—")
        if wish.account in ("", self._bench.desk.officer.account):
            return NotAllowed("FNG-203")
        return None

    def _excepted(self, enrolment_id: str, enrolment: Enrolment) -> None:
        if self.enrolment is None or self.enrolment.id != enrolment_id:
            return
        self.enrolment = enrolment
        self._set_work(Work.NOTHING)
        self.excepted.emit()

    def _not_excepted(self, enrolment_id: str, error: Coded) -> None:
        if self.enrolment is None or self.enrolment.id != enrolment_id:
            return
        self._set_work(Work.NOTHING)
        self._bench.refused.emit(error)
        self.not_excepted.emit(error)

    # -- the end ---------------------------------------------------------------------------------------

    def slots(self) -> tuple[SlotResult, ...]:
        """What goes onto the card; () while a finger is still asked for."""
        enrolment = self.enrolment
        if enrolment is None or enrolment.step().ask is not Ask.DONE:
            return ()
        return enrolment.slots()

    def see_slots(self) -> None:
        """The picture of every finger taken."""
        fingers = self._bench.desk.fingers
        for place, slot in enumerate(self.slots()):
            if slot.attempt is not None:
                self._ask_slot(place, lambda a=slot.attempt: fingers.picture(a))  # type: ignore[misc]  # mypy 1.x cannot infer a lambda with defaults

    def _ask_slot(self, place: int, question: Callable[[], FingerImage]) -> None:
        self._bench.ask(question, lambda image: self.slot_seen.emit(place, image))

    def compressions(self) -> tuple[Compression, ...]:
        """What records can be written with; () when no finger was taken."""
        if not any(slot.attempt is not None for slot in self.slots()):
            return ()
        return self._bench.desk.fingers.compressions()

    def file_name(self) -> str:
        """As it is offered: no person's name or number in it."""
        enrolment = self.enrolment
        return "" if enrolment is None else f"fingers-{enrolment.started:%Y%m%d-%H%M%S}.fir"

    def write(self, compression: Compression, path: Path) -> None:
        """The record to a file."""
        enrolment = self.enrolment
        if enrolment is None:
            return
        fingers = self._bench.desk.fingers
        self._bench.ask(lambda: fingers.write_record(enrolment, compression, path), lambda _: self.written.emit(str(path)))


def _coach(image: FingerImage) -> FingerLook:
    """Off the GUI thread."""
    from app.fingerprint.coaching import coach  # noqa: PLC0415 - brings the picture libraries; not at start

    return coach(image)
