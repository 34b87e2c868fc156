"""Fingerprint enrolments in the store: every press sealed before it is looked at, with its scores, and every exception.

Pixels lie as sealed blobs, templates inside the encrypted database; neither is ever in the open on the disk.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.config.clock import Clock
from app.domain.errors import StoreFault
from app.domain.fingers import (
    Enrolment,
    EnrolmentRule,
    Finger,
    FingerAttempt,
    FingerException,
    FingerOutcome,
    Score,
    ScoreMethod,
)
from app.domain.person import Applicant
from app.domain.records import Station
from app.security.digest import sm3_hex
from app.security.identifiers import new_id
from app.store.blobs import BlobContent, BlobFolder, BlobLabel
from app.store.database import fetch_all, transaction

FINGER_KIND = "finger"


@dataclass(frozen=True)
class FingerPixels:
    """A press as the scanner gave it: 8-bit grey rows from the top left, and the scanner's template of it."""

    pixels: bytes
    width_px: int
    height_px: int
    dpi: int
    features: bytes
    device: str
    device_score: int | None

    def described(self, finger: Finger) -> str:
        """What the sealed file needs to say, so that it can be adopted without its row."""
        return f"{finger.value} {self.width_px} {self.height_px} {self.dpi}"


class FingerRows:
    """Thread: any; shares the store's connection and lock."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, blobs: BlobFolder) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._blobs = blobs

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    def _one(self, sql: str, values: tuple[Any, ...]) -> Any:
        rows = self._all(sql, values)
        if not rows:
            raise StoreFault("STO-110")
        return rows[0]

    # -- writing ---------------------------------------------------------------------------------------

    def begin(self, applicant: Applicant, rule: EnrolmentRule, officer: str, station: Station) -> Enrolment:
        """A new enrolment, durable when this returns."""
        enrolment = Enrolment(new_id(), applicant, rule, officer, station, self._clock.now())
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO finger_enrolments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                (
                    enrolment.id, applicant.name, applicant.id_number, enrolment.started.isoformat(), officer,
                    station.terminal_number, station.region_code, station.station_name, station.source,
                    rule.pass_score, rule.max_tries, rule.wanted, rule.same_finger, applicant.document,
                ),
            )  # fmt: skip
        return enrolment

    def keep(self, enrolment_id: str, finger: Finger, press: FingerPixels) -> FingerAttempt:
        """Sealed, on the disk, then named by a row: when this returns the press cannot be lost. Not judged yet."""
        with self._lock:
            last = self._one("SELECT max(number) AS n FROM finger_attempts WHERE enrolment = ?", (enrolment_id,))["n"]
            taken = self._clock.now()
            attempt = FingerAttempt(new_id(), finger, 1 + int(last or 0), taken)
            label = BlobLabel(FINGER_KIND, attempt.id, enrolment_id, attempt.number, taken.isoformat())
            self._blobs.write(label, BlobContent(press.pixels, press.device, press.described(finger)))
            with transaction(self._connection):
                _insert_attempt(self._connection, label, finger, press)
        return attempt

    def judge(self, attempt: FingerAttempt) -> None:
        """The press gets its scores, once. Raises StoreFault STO-110 for an unknown or judged one."""
        with self._lock, transaction(self._connection):
            changed = self._connection.execute(
                "UPDATE finger_attempts SET judged = 1, scores = ?, faults = ?, same_as = ? WHERE id = ? AND judged = 0",
                (
                    json.dumps([[s.value, s.method.value] for s in attempt.scores]),
                    json.dumps(list(attempt.faults)),
                    None if attempt.same_as is None else attempt.same_as.value,
                    attempt.id,
                ),
            )
            if changed.rowcount != 1:
                raise StoreFault("STO-110")

    def add_exception(self, enrolment_id: str, exception: FingerException) -> None:
        """A finger passed over or accepted below the score."""
        e = exception
        with self._lock, transaction(self._connection):
            self._connection.execute(
                "INSERT INTO finger_exceptions (enrolment, finger, outcome, reason, officer, second_officer, recorded,"
                " note, accepted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    enrolment_id, e.finger.value, e.outcome.value, e.reason, e.officer, e.second_officer,
                    e.recorded.isoformat(), e.note, e.accepted,
                ),
            )  # fmt: skip

    def close(self, enrolment_id: str) -> None:
        """Finished or given up; everything taken stays."""
        with self._lock, transaction(self._connection):
            self._connection.execute("UPDATE finger_enrolments SET closed = 1 WHERE id = ?", (enrolment_id,))

    # -- reading ---------------------------------------------------------------------------------------

    def enrolment(self, enrolment_id: str) -> Enrolment:
        """Raises StoreFault STO-110 for an unknown one."""
        row = self._one("SELECT * FROM finger_enrolments WHERE id = ?", (enrolment_id,))
        attempts = self._all("SELECT * FROM finger_attempts WHERE enrolment = ? ORDER BY number", (enrolment_id,))
        exceptions = self._all("SELECT * FROM finger_exceptions WHERE enrolment = ? ORDER BY id", (enrolment_id,))
        return Enrolment(
            row["id"],
            Applicant(row["person_name"], row["id_number"], row["document"]),
            EnrolmentRule(row["pass_score"], row["max_tries"], row["wanted"], row["same_finger"]),
            row["officer"],
            Station(row["terminal_number"], row["region_code"], row["station_name"], row["source"]),
            datetime.fromisoformat(row["started"]),
            tuple(_attempt_of(a) for a in attempts),
            tuple(_exception_of(e) for e in exceptions),
        )

    def open_enrolments(self) -> tuple[Enrolment, ...]:
        """Neither finished nor given up, oldest first."""
        rows = self._all("SELECT id FROM finger_enrolments WHERE NOT closed ORDER BY id")
        return tuple(self.enrolment(row["id"]) for row in rows)

    def unjudged(self, enrolment_id: str) -> tuple[FingerAttempt, ...]:
        """Kept by a program that ended before it could look."""
        rows = self._all(
            "SELECT * FROM finger_attempts WHERE enrolment = ? AND NOT judged ORDER BY number", (enrolment_id,)
        )
        return tuple(_attempt_of(row) for row in rows)

    def press(self, attempt_id: str) -> FingerPixels:
        """The press, byte for byte. Raises StoreFault STO-107, STO-110, SEA-…."""
        row = self._one("SELECT * FROM finger_attempts WHERE id = ?", (attempt_id,))
        pixels = self._blobs.read(row["blob"])
        return FingerPixels(
            pixels,
            row["width_px"],
            row["height_px"],
            row["dpi"],
            bytes(row["features"]),
            row["device"],
            row["device_score"],
        )


def _attempt_of(row: Any) -> FingerAttempt:
    return FingerAttempt(
        row["id"],
        Finger(row["finger"]),
        row["number"],
        datetime.fromisoformat(row["taken"]),
        tuple(Score(int(value), ScoreMethod(method)) for value, method in json.loads(row["scores"])),
        tuple(json.loads(row["faults"])),
        None if row["same_as"] is None else Finger(row["same_as"]),
    )


def _exception_of(row: Any) -> FingerException:
    return FingerException(
        Finger(row["finger"]),
        FingerOutcome(row["outcome"]),
        row["reason"],
        row["officer"],
        row["second_officer"],
        datetime.fromisoformat(row["recorded"]),
        row["note"],
        row["accepted"],
    )


def _insert_attempt(connection: Any, label: BlobLabel, finger: Finger, press: FingerPixels) -> None:
    connection.execute(
        "INSERT INTO finger_attempts (id, enrolment, number, finger, taken, blob, digest, width_px, height_px, dpi, device,"
        " device_score, features) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            label.id, label.session_id, label.number, finger.value, label.taken, label.id, sm3_hex(press.pixels),
            press.width_px, press.height_px, press.dpi, press.device, press.device_score,
            press.features,
        ),
    )  # fmt: skip


def adopt_finger(connection: Any, label: BlobLabel, content: BlobContent) -> bool:
    """A press whose row had not been written: it gets one, without its template. False when it belongs to nothing here."""
    known = connection.execute("SELECT 1 FROM finger_enrolments WHERE id = ?", (label.session_id,)).fetchone()
    if known is None:
        return False
    try:
        finger, width, height, dpi = (int(word) for word in content.file_name.split())
        press = FingerPixels(content.data, width, height, dpi, b"", content.device, None)
        found = Finger(finger)
    except ValueError:
        return False
    with transaction(connection):
        _insert_attempt(connection, label, found, press)
    return True
