"""Finding and trying out devices from the settings: what the machine sees, what was typed; does it answer; keep it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.config.settings import Settings
from app.desk.device_kinds import DeviceKind
from app.desk.roster import DeviceRoster
from app.domain.errors import BadInput
from devices.ports.errors import DeviceError


@dataclass(frozen=True)
class Candidate:
    """An address that could be written into the settings; ``name`` as the machine or the officer calls it."""

    kind: str
    address: str
    name: str


@dataclass(frozen=True)
class Trial:
    """How a candidate answered."""

    candidate: Candidate
    good: bool
    model: str = ""
    error: DeviceError | None = None


@dataclass(frozen=True)
class Finding:
    """The parts bootstrap hands over: look, turn a typed host into an address, open and ask one address."""

    see: Callable[[], tuple[Candidate, ...]]
    typed: Callable[[str, str], Candidate]
    open: Callable[[Candidate], Trial]


class FinderDesk:
    """Thread: any; ``find`` and ``try_out`` block."""

    def __init__(self, kinds: tuple[DeviceKind, ...], roster: DeviceRoster, settings: Settings, finding: Finding) -> None:
        self.kinds = kinds
        self._roster = roster
        self._settings = settings
        self._finding = finding

    def find(self, kind: str) -> tuple[Candidate, ...]:
        """What could be a device of this kind."""
        return tuple(candidate for candidate in self._finding.see() if candidate.kind == kind)

    def typed(self, kind: str, host: str) -> Candidate:
        """A device on the network. Raises BadAddress."""
        return self._finding.typed(kind, host)

    def try_out(self, candidate: Candidate) -> Trial:
        """Open it and ask; a device that the workstation drives already is asked where it is."""
        row = self._roster.row(candidate.kind)
        if row.standing is not None and row.standing.usable and row.address == candidate.address:
            test = self._roster.self_test(candidate.kind).test
            if test is not None:
                return Trial(candidate, test.result.passed is not False, row.fact("model"), test.result.error)
        return self._finding.open(candidate)

    def use(self, candidate: Candidate) -> str:
        """Write it into the settings; the setting's key. Raises BadInput CFG-101, DEV-120, StoreFault CFG-105."""
        kind = next((k for k in self.kinds if k.id == candidate.kind), None)
        if kind is None:
            raise BadInput("DEV-120", kind=candidate.kind[:40])
        self._settings.change(kind.setting, candidate.address)
        return kind.setting
