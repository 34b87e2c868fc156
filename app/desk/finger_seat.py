"""The fingerprint scanner as the desk holds it, and the enrolment that is worked on with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.desk.witness import Witness
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.fingers import Enrolment, FingerAttempt
from app.domain.person import Applicant
from app.fingerprint.coaching import FingerLook
from app.fingerprint.iso19794 import Compression
from app.fingerprint.station import FingerStation
from app.fingerprint.wsq_image import wsq_there
from app.security.files import write_private
from devices.host.fingerprint import FingerprintHost
from devices.ports.errors import DeviceAbsent
from devices.ports.fingerprint import (
    EmptyCause,
    FingerCapture,
    FingerImage,
    FingerMatch,
    FingerRequest,
    FingerScannerDescription,
    MatchRequest,
)
from devices.ports.standing import DeviceStanding


class FingerSeat:
    """Waits for the device's answers; without a configured scanner every question ends as DeviceAbsent."""

    def __init__(self, host: FingerprintHost | None) -> None:
        self._host = host

    @property
    def _there(self) -> FingerprintHost:
        if self._host is None:
            raise DeviceAbsent("fingerprint.address")
        return self._host

    def description(self) -> FingerScannerDescription | None:
        """What is connected, None when nothing is."""
        return None if self._host is None else self._host.description

    @property
    def standing(self) -> DeviceStanding | None:
        """How the scanner is; None when none is configured. Asks nobody."""
        return None if self._host is None else self._host.standing

    def cancel(self) -> None:
        """Call a wait for a finger off; harmless when there is none. Returns at once."""
        if self._host is not None:
            self._host.cancel()

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        """One press. Raises DeviceError."""
        return self._there.capture(request, preview).result()

    def match(self, request: MatchRequest) -> FingerMatch:
        """One against one. Raises DeviceError."""
        return self._there.match(request).result()

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        """What stands for a finger that could not be taken. Raises DeviceError."""
        return self._there.empty_features(position, cause).result()


class FingerDesk:
    """Guided enrolment for the windows: presses, exceptions with a second officer, what leaves. Thread: any; blocking."""

    def __init__(self, seat: FingerSeat, station: FingerStation, witness: Witness, audit: AuditLog) -> None:
        self.seat = seat
        self._station = station
        self._witness = witness
        self._audit = audit

    def begin(self, applicant: Applicant) -> Enrolment:
        """A new enrolment for this person."""
        with self._audit.doing(Access(AuditEvent.FINGERS_BEGUN, person=applicant.id_number)):
            return self._station.begin(applicant)

    def resume(self) -> tuple[Enrolment, ...]:
        """Enrolments left open by an earlier run."""
        return self._station.resume()

    def press(self, enrolment: Enrolment, preview: Callable[[FingerImage], None]) -> tuple[Enrolment, FingerLook]:
        """The finger asked for. ``preview`` is called on the device's reader thread. Raises as ``FingerStation.press``."""
        return self._station.press(enrolment, preview)

    def picture(self, attempt: FingerAttempt) -> FingerImage:
        """A press as it was taken. Raises StoreFault."""
        return self._station.picture(attempt.id)

    def pass_over(self, enrolment: Enrolment, reason: str, note: str, account: str, password: str) -> Enrolment:
        """缺指、受伤…: raises NotAllowed AUT-101, AUT-103, FNG-202, FNG-203, FNG-205."""
        with self._audit.doing(Access(AuditEvent.FINGERS_EXCEPTED, enrolment.id, detail=f"passed over, with {account}")):
            return self._station.pass_over(enrolment, reason, self._witness.confirm(account, password), note)

    def accept_best(self, enrolment: Enrolment, reason: str, note: str, account: str, password: str) -> Enrolment:
        """The best of the tries: raises NotAllowed AUT-101, AUT-103, FNG-202, FNG-203, FNG-204, FNG-205."""
        with self._audit.doing(
            Access(AuditEvent.FINGERS_EXCEPTED, enrolment.id, detail=f"best of the tries, with {account}")
        ):
            return self._station.accept_best(enrolment, reason, self._witness.confirm(account, password), note)

    def close(self, enrolment: Enrolment) -> None:
        """Finished or given up."""
        with self._audit.doing(Access(AuditEvent.FINGERS_CLOSED, enrolment.id)):
            self._station.close(enrolment)

    def record(self, enrolment: Enrolment, compression: Compression) -> bytes:
        """ISO/IEC 19794-4, in memory alone."""
        return self._station.record(enrolment, compression)

    def write_record(self, enrolment: Enrolment, compression: Compression, path: Path) -> None:
        """The same to a file of the officer's choice, readable by this account alone, not sealed: made to be handed on.

        Raises as ``FingerStation.record``, StoreFault STO-101, STO-102, STO-108.
        """
        with self._audit.doing(Access(AuditEvent.FINGERS_EXPORTED, enrolment.id, detail=compression.name.lower())):
            write_private(path, self.record(enrolment, compression))

    @staticmethod
    def compressions() -> tuple[Compression, ...]:
        """What records can be written with on this machine."""
        return (Compression.RAW, *([Compression.WSQ] if wsq_there() else []))

    def features(self, enrolment: Enrolment) -> tuple[bytes, ...]:
        """One template a slot."""
        return self._station.features(enrolment)
