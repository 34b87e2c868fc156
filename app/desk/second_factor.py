"""The second factor of an account: a token whose codes are right once, at their time or in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import quote

from app.config.clock import Clock
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.printing.codes import qr_png
from app.security.keyring import DataKey
from app.security.one_time import DIGITS, STEP_S, counter_of, new_secret, read_secret, secret_text
from app.security.sealing import open_sealed, seal
from app.store.second_factors import PURPOSE, SecondFactorRow
from app.store.store import Store

_EARLY_OR_LATE = 1  # half minutes a token's clock may be off
_AHEAD = 10  # presses of a token that were never typed in


class FactorKind(Enum):
    """By time or by press."""

    TOTP = "totp"
    HOTP = "hotp"


@dataclass(frozen=True)
class Enrolment:
    """A secret that is shown once and kept when a code of it was typed in."""

    account: str
    kind: FactorKind
    secret: str

    @classmethod
    def new(cls, account: str, kind: FactorKind = FactorKind.TOTP) -> Enrolment:
        """Fresh."""
        return cls(account, kind, secret_text(new_secret()))

    @property
    def uri(self) -> str:
        """For a token that takes QR codes."""
        moving = f"period={STEP_S}" if self.kind is FactorKind.TOTP else "counter=0"
        label = quote(f"Jingchuang:{self.account}")
        return f"otpauth://{self.kind.value}/{label}?secret={self.secret}&issuer=Jingchuang&algorithm=SM3&digits={DIGITS}&{moving}"

    def qr(self) -> bytes:
        """PNG of ``uri``."""
        return qr_png(self.uri)

    def __repr__(self) -> str:
        return f"Enrolment({self.kind.value}, …)"


@dataclass(frozen=True)
class SecondFactors:
    """Of one opened store. Thread: any; blocks on the disk."""

    store: Store
    key: DataKey
    clock: Clock

    def enrolled(self, account: str) -> bool:
        """Whether codes are asked of it."""
        return self.store.second_factors.of(account) is not None

    def require(self, account: str, code: str) -> None:
        """Uses the code up. Raises NotAllowed AUT-107 when there is none, AUT-108 for a wrong, old or used one."""
        row = self.store.second_factors.of(account)
        if row is None:
            return
        if not code:
            raise NotAllowed("AUT-107")
        secret = open_sealed(self.key, row.secret, purpose=PURPOSE, owner=account)
        used = self._matching(FactorKind(row.kind), secret, code, row.used)
        self.store.second_factors.keep(account, replace(row, used=used))

    def confirm(self, enrolment: Enrolment, code: str) -> None:
        """Keep a new one whose code was typed in. Raises NotAllowed AUT-107, AUT-108; AUT-116 when there is one already."""
        if self.enrolled(enrolment.account):
            raise NotAllowed("AUT-116")
        if not code:
            raise NotAllowed("AUT-107")
        secret = read_secret(enrolment.secret)
        used = self._matching(enrolment.kind, secret, code, -1)
        sealed = seal(self.key, secret, purpose=PURPOSE, owner=enrolment.account)
        with self.store.audit.doing(Access(AuditEvent.ACCOUNT_CHANGED, enrolment.account, detail="second factor enrolled")):
            self.store.second_factors.keep(enrolment.account, SecondFactorRow(enrolment.kind.value, sealed, used))

    def _matching(self, kind: FactorKind, secret: bytes, code: str, used: int) -> int:
        if kind is FactorKind.TOTP:
            now = int(self.clock.now().timestamp()) // STEP_S
            around = range(now - _EARLY_OR_LATE, now + _EARLY_OR_LATE + 1)
            counters = [counter for counter in around if counter > used]
        else:
            counters = list(range(used + 1, used + 1 + _AHEAD))
        found = counter_of(secret, code.strip(), counters)
        if found is None:
            raise NotAllowed("AUT-108")
        return found
