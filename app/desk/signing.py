"""Where an applicant signs: the pad beside the window if there is one, and what is kept of the signature."""

from __future__ import annotations

from collections.abc import Mapping

from app.config.clock import Clock
from app.config.signature_rules import ink_widths
from app.domain.cases.case import CaseMaterial
from app.domain.signature import Signature
from app.intake.drafts import Drafts
from app.intake.signing import handwriting, signature_paper
from devices.host.signature_pad import SignaturePadHost
from devices.ports.errors import DeviceAbsent
from devices.ports.signature_pad import PenSample

_READY_S = 3.0
_WAIT_S = 0.3


class SigningDesk:
    """``pad`` None where the site has none. Thread: any; everything blocks."""

    def __init__(self, drafts: Drafts, pad: SignaturePadHost | None, clock: Clock) -> None:
        self._drafts = drafts
        self._pad = pad
        self._clock = clock

    @property
    def has_pad(self) -> bool:
        """Whether a signature pad is configured."""
        return self._pad is not None

    def begin(self) -> None:
        """A white sheet on the pad. Raises DeviceError."""
        pad = self._there()
        if not pad.wait_until_open(_READY_S):
            raise pad.error or DeviceAbsent("signature_pad.address")
        pad.begin().result()

    def read(self) -> tuple[PenSample, ...]:
        """What the pen did since the last question; () after a short wait. Raises DeviceError."""
        return self._there().read(_WAIT_S).result()

    def written(self, samples: tuple[PenSample, ...]) -> Signature:
        """Everything since ``begin`` as a signature, in the pad's millimetres. Raises DeviceAbsent, BadInput SIG-101."""
        description = self._there().description
        if description is None:
            raise DeviceAbsent("signature_pad.address")
        return handwriting(description, samples)

    def keep(self, draft_id: str, title: str, signature: Signature, texts: Mapping[str, str]) -> CaseMaterial:
        """Sealed with the draft's papers, bound to the form as it was signed. ``title``: the matter's code.

        Raises BadInput SIG-105, SIG-106, StoreFault, NotAllowed CSE-105.
        """
        paper = signature_paper(signature, title, texts, self._clock.now(), ink_widths())
        return self._drafts.attach(draft_id, paper)

    def _there(self) -> SignaturePadHost:
        if self._pad is None:
            raise DeviceAbsent("signature_pad.address")
        return self._pad
