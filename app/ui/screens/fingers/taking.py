"""One finger after the other: which one, the picture as it comes, what is wrong with it, how often it was tried."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.config.texts import error_text
from app.domain.fingers import Ask, Enrolment, NextStep, ScoreMethod
from app.fingerprint.register import finger_name, score_name
from app.ui.bench import Bench
from app.ui.bridge.finger_signals import grey_image
from app.ui.screens.devices.words import state_word
from app.ui.screens.fingers.exception_panel import ExceptionPanel
from app.ui.screens.fingers.hands import HandsDrawing
from app.ui.screens.fingers.picture import FingerPicture
from app.ui.screens.fingers.progress import FingerStand, TryStand, finger_stands, try_stand
from app.ui.screens.fingers.tries import TriesList
from app.ui.screens.fingers.view_model import FingersModel, ShownFinger, Work
from app.ui.screens.fingers.words import STAND_SIGNS, stand_word
from app.ui.widgets.buttons import KeyButton
from app.ui.words import icon

_SIDE = 300
_SCANNER_SIGNS = {True: ("mdi6.check-circle", "pass"), False: ("mdi6.alert-circle", "fail")}


class TakingPage(QWidget):
    """Space or Enter takes the finger, Esc calls the wait off; F3 explains a finger that cannot be taken."""

    def __init__(self, bench: Bench, model: FingersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        theme, language = bench.theme, bench.language
        self.person = QLabel(self)
        self.person.setObjectName("heading")
        self.hands = HandsDrawing(theme, language, self)
        self.legend = QLabel(self)
        self.legend.setObjectName("muted")
        self.legend.setWordWrap(True)
        self.tries = TriesList(theme, language, self)
        self.asked = QLabel(self)
        self.asked.setObjectName("asked")
        self.count = QLabel(self)
        self.count.setObjectName("heading")
        self.score = QLabel(self)
        self.score.setObjectName("asked")
        self.score_of = QLabel(self)
        self.score_of.setObjectName("muted")
        self.picture = FingerPicture(theme, self)
        self.panel = ExceptionPanel(bench, self)
        self._scanner_sign = QLabel(self)
        self.scanner = QLabel(self)
        self.leave = KeyButton(self.tr("Later"), "Escape", self)
        self.cannot = KeyButton(self.tr("Cannot be taken…"), "F3", self)
        self.next = KeyButton(self.tr("Take this finger"), "Space / Return / Enter", self)
        self.next.setObjectName("next")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        for widget in (self.person, self.hands, self.legend):
            side.addWidget(widget)
        side.addWidget(self.tries, 1)
        left = QWidget(self)
        left.setFixedWidth(_SIDE)
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(self.asked)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.score)
        head.addWidget(self.score_of)
        middle = QVBoxLayout()
        middle.addLayout(head)
        middle.addWidget(self.picture, 1)
        upper = QHBoxLayout()
        upper.addWidget(left)
        upper.addLayout(middle, 1)
        upper.addWidget(self.panel)
        lower = QHBoxLayout()
        lower.addWidget(self.leave)
        lower.addWidget(self.cannot)
        lower.addSpacing(16)
        lower.addWidget(self._scanner_sign)
        lower.addWidget(self.scanner)
        lower.addStretch(1)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper, 1)
        column.addLayout(lower)

    def _connect(self) -> None:
        self.next.clicked.connect(self._go_on)
        self.cannot.clicked.connect(self._explain)
        self.leave.clicked.connect(self._back)
        self.panel.asked.connect(self._model.except_finger)
        self.tries.chosen.connect(self._model.show_attempt)
        self._model.excepted.connect(self.close_panel)
        self._model.not_excepted.connect(self.panel.try_again)
        self._model.shown_changed.connect(self._show_picture)
        self._model.standing_changed.connect(self._show_scanner)

    # -- keys ------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        enrolment = self._model.enrolment
        if enrolment is None:
            return
        step = enrolment.step()
        if step.ask is Ask.DECIDE:
            self._open_panel(step, accept=True)
        else:
            self._model.press()

    def _explain(self) -> None:
        if self._model.enrolment is not None:
            self._open_panel(self._model.enrolment.step(), accept=False)

    def _open_panel(self, step: NextStep, *, accept: bool) -> None:
        self.panel.open(step, accept=accept)
        self.show_enrolment()

    def close_panel(self) -> None:
        """Back to the picture; what was typed is gone."""
        self.panel.clear()
        self.show_enrolment()
        self.setFocus()

    def _back(self) -> None:
        """Esc: the nearest thing ends, and nothing that was taken is lost."""
        if self._model.work is Work.PRESS:
            self._model.call_off()
        elif not self.panel.isHidden():
            self.close_panel()
        else:
            self._model.leave()

    # -- showing ---------------------------------------------------------------------------------------

    def show_enrolment(self) -> None:
        """Everything but the picture, as the enrolment stands."""
        enrolment = self._model.enrolment
        if enrolment is None:
            self.panel.clear()
            return
        self.person.setText(f"{enrolment.applicant.name}  {enrolment.applicant.id_number}")
        stands = finger_stands(enrolment)
        self.hands.show_stands(stands)
        signs = {s: f"{STAND_SIGNS[s]} {stand_word(s)}" for s in FingerStand if s is not FingerStand.OPEN}
        self.legend.setText("   ".join(words for s, words in signs.items() if s in stands.values()))
        self.tries.show_tries(enrolment)
        self._show_asked(enrolment)
        self._show_buttons(enrolment)
        self._show_scanner()

    def _show_asked(self, enrolment: Enrolment) -> None:
        step = enrolment.step()
        if step.finger is None:
            return
        finger = finger_name(step.finger, self._bench.language)
        allowed = enrolment.rule.max_tries
        done = allowed - step.tries_left
        if step.ask is Ask.DECIDE:
            self.asked.setText(finger)
            words = self.tr("all {0} tries used up").format(allowed)
        else:
            self.asked.setText(self.tr("Press: {0}").format(finger))
            words = self.tr("try {0} of {1}").format(done + 1, allowed)
        self.count.setText(f"{'●' * done}{'○' * step.tries_left}  {words}")

    def _show_buttons(self, enrolment: Enrolment) -> None:
        work, typing = self._model.work, not self.panel.isHidden()
        deciding = enrolment.step().ask is Ask.DECIDE
        words = {Work.PRESS: self.tr("Waiting for the finger…"), Work.STOPPING: self.tr("Stopping…")}
        usual = self.tr("Use the best one…") if deciding else self.tr("Take this finger")
        self.next.set_words(words.get(work, usual))
        self.next.setEnabled(not typing and work is Work.NOTHING and (deciding or self._model.may_press))
        self.next.let_keys_go(typing)
        self.cannot.setEnabled(not typing and work is Work.NOTHING)
        self.leave.setEnabled(work is not Work.OFFICER)
        if work is Work.PRESS:
            self.leave.set_words(self.tr("Stop waiting"))
        else:
            self.leave.set_words(self.tr("Back") if typing else self.tr("Later"))
        self.panel.wait(work is Work.OFFICER)
        for label in (self.count, self.score, self.score_of):
            label.setHidden(typing)  # the panel needs their room; the picture says the same

    def _show_scanner(self) -> None:
        standing, enrolment = self._model.standing, self._model.enrolment
        self.scanner.setText(self.tr("Scanner: {0}").format(state_word(standing)))
        name, token = _SCANNER_SIGNS[standing is not None and standing.usable]
        self._scanner_sign.setPixmap(icon(name, self._bench.theme.colours[token]).pixmap(22, 22))
        if enrolment is None:
            return
        self._show_buttons(enrolment)
        if standing is None:
            self.picture.set_sentence(self.tr("No fingerprint scanner is configured. Find it in the settings."))
        elif standing.error is not None and not standing.usable:
            text = error_text(standing.error, self._bench.language)
            self.picture.set_sentence(f"{text.what}\n{text.next}")
        elif self._model.work is Work.PRESS:
            self.picture.set_sentence(self.tr("Waiting for the picture…"))
        else:
            self.picture.set_sentence(self.tr("Press Space, then lay the finger flat on the middle of the window."))

    def _show_picture(self) -> None:
        shown = self._model.shown
        if shown is None:
            self.picture.set_image(None)
            self.picture.show_lines(())
            self.score.clear()
            self.score_of.clear()
            return
        self.picture.set_image(grey_image(shown.image))
        self._show_score(shown)

    def _show_score(self, shown: ShownFinger) -> None:
        enrolment, attempt = self._model.enrolment, shown.attempt
        if enrolment is None or attempt is None or not attempt.scores:
            self.score.clear()
            self.score_of.clear()
            self.picture.show_lines(shown.sentences)
            return
        first = attempt.scores[0]
        limit = enrolment.rule.pass_score
        good = first.value >= limit
        self.score.setText(f"{'✓' if good else '✗'} {first.value}")
        kind = score_name(first.method, self._bench.language)
        needed = self.tr("pass score {0}").format(limit)
        self.score_of.setText(f"{kind}\n{needed}")
        estimated = first.method is ScoreMethod.ESTIMATE
        number = self.tr("{0} (estimated)").format(first.value) if estimated else str(first.value)
        finger = finger_name(attempt.finger, self._bench.language)
        if try_stand(enrolment, attempt) is TryStand.STANDS:
            taken = self.tr("✓ {0} taken: {1}").format(finger, number)
            self.picture.show_lines((taken, *shown.sentences), good=True)
            return
        below = self.tr("{0}: {1}, pass score {2}").format(finger, number, limit)
        self.picture.show_lines((below, *shown.sentences) if attempt.same_as is None else shown.sentences)
