"""A signature on its way to the case: from the applicant's screen, this one or the pad; kept once, for its own case."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.config.texts import Coded
from app.domain.signature import Signature
from app.ui.applicant_stage import SigningFace
from app.ui.bench import Bench
from app.ui.screens.intake.sheet import Sheet
from devices.ports.signature_pad import PenSample


class SigningModel(QObject):
    """GUI thread. ``kept``: the Sheet whose papers are to be read again. ``arrived``: what is on the pad so far."""

    kept = Signal(object)
    arrived = Signal(object)
    declined = Signal()
    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.sheet: Sheet | None = None
        self.on_stage = False  # it is signed on the applicant's screen
        self.on_pad = False
        self.pad_waits = False  # a white sheet is on the pad: what the pen does from now on counts
        self.busy = False
        self._samples: tuple[PenSample, ...] = ()
        self._sheet_number = 0  # a white sheet each: what a pad still says of the one before is not drawn on this one
        bench.stage.signed.connect(self._signed_there)
        bench.stage.declined.connect(self._declined_there)
        bench.desk_closed.connect(self.stop)

    def begin(self, sheet: Sheet, what: str) -> None:
        """Ask for a signature: on the applicant's screen where there is one, and on the pad where there is one."""
        self.stop()
        self.sheet = sheet
        self.on_stage = self._bench.stage.seen
        if self.on_stage:
            self._bench.stage.show_face(SigningFace(what))
        elif self._bench.desk.signing.has_pad:
            self._begin_pad()
        self.changed.emit()

    def stop(self) -> None:
        """Nobody signs any more."""
        self._sheet_number += 1
        if self.on_stage:
            self._bench.stage.clear()
        self.sheet, self.on_stage, self.on_pad, self.busy = None, False, False, False
        self._samples = ()

    def sign_here(self) -> None:
        """At this window after all."""
        if self.on_stage:
            self._bench.stage.clear()
            self.on_stage = False
            self.changed.emit()

    # -- the pad ---------------------------------------------------------------------------------------

    def _begin_pad(self) -> None:
        self.on_pad, self.pad_waits, signing = True, False, self._bench.desk.signing
        number = self._sheet_number
        self._bench.ask(signing.begin, lambda _: self._read_on(number), lambda error: self._pad_failed(number, error))

    def afresh(self) -> None:
        """Another white sheet on the pad."""
        if self.on_pad:
            self._sheet_number += 1
            self._samples = ()
            self._begin_pad()

    def _read_on(self, number: int) -> None:
        if number != self._sheet_number or not self.on_pad:
            return
        self.pad_waits = True
        signing, before = self._bench.desk.signing, self._samples

        def read() -> tuple[tuple[PenSample, ...], Signature | None]:
            fresh = signing.read()
            everything = (*before, *fresh)
            return everything, signing.written(everything) if fresh else None

        self._bench.ask(read, lambda both: self._read(number, *both), lambda error: self._pad_failed(number, error))

    def _read(self, number: int, samples: tuple[PenSample, ...], signature: Signature | None) -> None:
        if number != self._sheet_number or not self.on_pad:
            return
        self._samples = samples
        if signature is not None:
            self.arrived.emit(signature)
        self._read_on(number)

    def _pad_failed(self, number: int, error: Coded) -> None:
        """Told once; the screen takes the signature instead."""
        if number == self._sheet_number and self.on_pad:
            self.on_pad = False
            self._bench.refused.emit(error)
            self.changed.emit()

    # -- keeping ---------------------------------------------------------------------------------------

    def _signed_there(self, signature: Signature) -> None:
        if self.on_stage:
            self.keep(signature)

    def _declined_there(self) -> None:
        if self.on_stage:
            self.stop()
            self.declined.emit()

    def keep(self, signature: Signature) -> None:
        """Sealed with the papers of the case it was given for; pressed ten times, once."""
        sheet = self.sheet
        if sheet is None or self.busy:
            return
        self.busy = True
        texts, signing, number = dict(sheet.texts), self._bench.desk.signing, self._sheet_number
        self._bench.ask(
            lambda: signing.keep(sheet.draft_id, sheet.matter.code, signature, texts),
            lambda _: self._kept(number, sheet),
            lambda error: self._not_kept(number, error),
        )

    def _kept(self, number: int, sheet: Sheet) -> None:
        if number == self._sheet_number:
            self.stop()
        self.kept.emit(sheet)

    def _not_kept(self, number: int, error: Coded) -> None:
        if number == self._sheet_number:
            self.busy = False
        self._bench.refused.emit(error)
