"""The finger station: asks for the right finger, keeps every press sealed, judges it, records what could not be taken.

Thread: any, one call at a time; ``press`` blocks until the finger came or the time is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from app.config.clock import Clock
from app.config.settings import Settings
from app.domain.errors import BadInput, NotAllowed
from app.domain.fingers import (
    Ask,
    Enrolment,
    EnrolmentRule,
    Finger,
    FingerAttempt,
    FingerException,
    FingerOutcome,
    ScoreMethod,
)
from app.domain.person import Applicant
from app.domain.records import Officer, Station
from app.fingerprint.coaching import FingerLook, ScoreOf, look
from app.fingerprint.iso19794 import QUALITY_UNKNOWN, Compression, FingerRecord, FingerView, write_record
from app.fingerprint.register import reason as registered_reason
from app.fingerprint.wsq_image import wsq_of
from app.inspection.finger_likeness import finger_likeness
from app.store.fingers import FingerPixels, FingerRows
from devices.ports.errors import NotSupported
from devices.ports.fingerprint import (
    EmptyCause,
    FingerCapability,
    FingerCapture,
    FingerImage,
    FingerRequest,
    FingerScannerDescription,
)

_OTHER = "other"


class Scanner(Protocol):
    """The scanner as the station uses it; the desk waits for the device's answer."""

    def description(self) -> FingerScannerDescription | None:
        """What is connected, None when nothing is."""

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        """One press. Raises DeviceError."""

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        """What stands for a finger that could not be taken. Raises DeviceError."""


class FingerStation:
    """Guided enrolment over a scanner and the store."""

    def __init__(
        self,
        rows: FingerRows,
        scanner: Scanner,
        settings: Settings,
        officer: Officer,
        station: Callable[[], Station],
        clock: Clock,
        nfiq2: ScoreOf,
    ) -> None:
        self._rows = rows
        self._scanner = scanner
        self._settings = settings
        self._officer = officer
        self._station = station
        self._clock = clock
        self._nfiq2 = nfiq2

    def rule(self) -> EnrolmentRule:
        """What the settings ask for now; a running enrolment keeps the rule it began with."""
        return EnrolmentRule(
            self._settings.number("fingerprint.pass_score"),
            self._settings.number("fingerprint.max_tries"),
            self._settings.number("fingerprint.fingers"),
            self._settings.number("fingerprint.same_finger") / 100,
        )

    def begin(self, applicant: Applicant) -> Enrolment:
        """A new enrolment for this person."""
        return self._rows.begin(applicant, self.rule(), self._officer.account, self._station())

    def resume(self) -> tuple[Enrolment, ...]:
        """Enrolments left open, with presses judged that a power cut kept from being judged."""
        found = []
        for left in self._rows.open_enrolments():
            enrolment = left
            for attempt in self._rows.unjudged(left.id):
                press = self._rows.press(attempt.id)
                capture = FingerCapture(_image_of(press), press.device_score, press.features)
                enrolment, _ = self._judged(enrolment, attempt, capture)
            found.append(enrolment)
        return tuple(found)

    def press(self, enrolment: Enrolment, preview: Callable[[FingerImage], None]) -> tuple[Enrolment, FingerLook]:
        """The finger now asked for, kept and judged.

        Raises NotAllowed FNG-205 when all is done, FNG-201 when the tries are used up; NotSupported for a scanner that
        only verifies; what the scanner raises; StoreFault. A press that raised nothing is on the disk.
        """
        step = enrolment.step()
        if step.ask is Ask.DONE or step.finger is None:
            raise NotAllowed("FNG-205")
        if step.ask is Ask.DECIDE:
            raise NotAllowed("FNG-201", finger=step.finger.value)
        described = self._scanner.description()
        if described is not None and FingerCapability.ENROL not in described.capabilities:
            raise NotSupported(described.model)
        request = FingerRequest(
            step.finger.value,
            float(self._settings.number("fingerprint.timeout")),
            self._settings.number("fingerprint.presence_score"),
        )
        capture = self._scanner.capture(request, preview)
        image = capture.image
        device = described.model if described is not None else ""
        press = FingerPixels(
            image.pixels, image.width_px, image.height_px, image.dpi, capture.features, device, capture.score
        )
        attempt = self._rows.keep(enrolment.id, step.finger, press)
        return self._judged(enrolment.with_attempt(attempt), attempt, capture)

    def _judged(self, enrolment: Enrolment, attempt: FingerAttempt, capture: FingerCapture) -> tuple[Enrolment, FingerLook]:
        seen = look(capture, self._nfiq2)
        same = self._same_as(enrolment, attempt.finger, capture.image)
        judged = replace(attempt, scores=seen.scores, faults=seen.faults(), same_as=same)
        self._rows.judge(judged)
        return enrolment.judged(judged), seen

    def _same_as(self, enrolment: Enrolment, finger: Finger, image: FingerImage) -> Finger | None:
        """The finger taken before, other than the one asked for, that this press seems to be."""
        for taken in enrolment.taken():
            if taken.finger is finger:
                continue
            before = self._rows.press(taken.id)
            if (before.width_px, before.height_px) != (image.width_px, image.height_px):
                continue
            shape = (image.height_px, image.width_px)
            one = np.frombuffer(before.pixels, np.uint8).reshape(shape)
            two = np.frombuffer(image.pixels, np.uint8).reshape(shape)
            if finger_likeness(one, two) >= enrolment.rule.same_finger:
                return taken.finger
        return None

    def picture(self, attempt_id: str) -> FingerImage:
        """A press as it was taken. Raises StoreFault."""
        return _image_of(self._rows.press(attempt_id))

    # -- what cannot be taken --------------------------------------------------------------------------

    def pass_over(self, enrolment: Enrolment, reason: str, second: Officer, note: str = "") -> Enrolment:
        """The finger now asked for is not taken. Raises NotAllowed FNG-202, FNG-203, FNG-205."""
        outcome = registered_reason(reason).outcome
        return self._excepted(enrolment, reason, second, note, outcome, "")

    def accept_best(self, enrolment: Enrolment, reason: str, second: Officer, note: str = "") -> Enrolment:
        """Best of N, below the site's score. Raises NotAllowed FNG-202, FNG-203, FNG-204 while tries are left, FNG-205."""
        registered_reason(reason)
        best = enrolment.step().best
        accepted = "none" if best is None else best.id
        return self._excepted(enrolment, reason, second, note, FingerOutcome.ENROLLED, accepted)

    def _excepted(
        self, enrolment: Enrolment, reason: str, second: Officer, note: str, outcome: FingerOutcome, accepted: str
    ) -> Enrolment:
        finger = enrolment.step().finger
        if finger is None:
            raise NotAllowed("FNG-205")
        if reason == _OTHER and not note.strip():
            raise NotAllowed("FNG-202", reason=reason)
        exception = FingerException(
            finger, outcome, reason, self._officer.account, second.account, self._clock.now(), note.strip(), accepted
        )
        changed = enrolment.with_exception(exception)
        self._rows.add_exception(enrolment.id, exception)
        return changed

    def close(self, enrolment: Enrolment) -> None:
        """Finished or given up; everything taken stays sealed in the store."""
        self._rows.close(enrolment.id)

    # -- what leaves -----------------------------------------------------------------------------------

    def record(self, enrolment: Enrolment, compression: Compression) -> bytes:
        """The taken fingers as one ISO/IEC 19794-4 record, in memory alone: whoever sends it seals it.

        Raises NotAllowed FNG-206 while a finger is asked for, BadInput FNG-301 when none was taken, SetupFault FNG-303.
        """
        views, dpi = [], 500
        for slot in enrolment.slots():
            if slot.attempt is None:
                continue
            press = self._rows.press(slot.attempt.id)
            data = press.pixels
            if compression is Compression.WSQ:
                data = wsq_of(press.pixels, press.width_px, press.height_px)
            dpi = press.dpi
            quality = _official_quality(slot.attempt)
            views.append(FingerView(slot.finger.iso_position, press.width_px, press.height_px, data, quality))
        if not views:
            raise BadInput("FNG-301", reason="0")
        return write_record(FingerRecord(tuple(views), compression, dpi))

    def features(self, enrolment: Enrolment) -> tuple[bytes, ...]:
        """One 512-byte template a slot, the empty ones of GA/T 1012 for 注册失败 and 未注册.

        Raises NotAllowed FNG-206, NotSupported for a scanner without a feature library.
        """
        templates = []
        for slot in enrolment.slots():
            if slot.attempt is not None:
                stored = self._rows.press(slot.attempt.id).features
                if not stored:
                    raise NotSupported("FP_FeatureExtract")
                templates.append(stored)
                continue
            cause = EmptyCause.FAILED if slot.outcome is FingerOutcome.FAILED else EmptyCause.NOT_TAKEN
            templates.append(self._scanner.empty_features(slot.finger.value, cause))
        return tuple(templates)


def _image_of(press: FingerPixels) -> FingerImage:
    return FingerImage(press.pixels, press.width_px, press.height_px, press.dpi)


def _official_quality(attempt: FingerAttempt) -> int:
    """An estimate of ours is no quality that a record may carry."""
    official = [s.value for s in attempt.scores if s.method is not ScoreMethod.ESTIMATE]
    return official[0] if official else QUALITY_UNKNOWN
