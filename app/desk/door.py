"""The door: who may try a password now, whether it is right and still good, and the second factor."""

from __future__ import annotations

from dataclasses import dataclass

from app.config.clock import Clock
from app.config.password_policy import lock_rule, password_policy
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.second_factor import Enrolment, SecondFactors
from app.domain.audit import Access, AuditEvent
from app.domain.errors import NotAllowed
from app.domain.lockout import Knocks
from app.domain.passwords import must_change
from app.security import keyring
from app.security.keyring import DataKey
from app.store.door_book import DoorBook
from app.store.store import Store


@dataclass(frozen=True)
class Proof:
    """What is shown beside the password. ``enrolment``: a second factor that is set up now, ``code`` being its first;
    ``new_password``: replaces the former one in the same step."""

    code: str = ""
    new_password: str = ""
    enrolment: Enrolment | None = None

    def __repr__(self) -> str:
        return "Proof(…)"


@dataclass(frozen=True)
class Knock:
    """A right password. ``former``: the account's wrong tries before it, kept until the second factor was right, too."""

    account: str
    key: DataKey
    former: Knocks


class Door:
    """Of one data folder. Blocking (key derivation is slow on purpose): call it off the GUI thread."""

    def __init__(self, folder: DataFolder, settings: Settings, clock: Clock) -> None:
        self._folder = folder
        self._settings = settings
        self._clock = clock
        self.book = DoorBook(folder.door_book, clock, lambda: lock_rule(settings))

    def try_password(self, account: str, password: str) -> Knock:
        """The first factor; counts as a wrong try until ``admit``.

        Raises:
            NotAllowed: AUT-101 wrong account or password, AUT-105 too many wrong ones: wait.
            StoreFault: KEY-101, KEY-102, STO-1… the count could not be written, so nothing was tried.
        """
        former = self.book.knock(account, known=account in keyring.accounts(self._folder.keyring))
        return Knock(account, keyring.unlock(self._folder.keyring, account, password), former)

    def admit(self, store: Store, knock: Knock, proof: Proof) -> None:
        """The second factor, and whether the password is still good.

        Raises NotAllowed: AUT-106 the password must be changed first, AUT-107 a code is wanted, AUT-108 it is wrong or was
        used (this counts as a wrong try), AUT-109 a second factor must be set up first, AUT-116 there is one already.
        """
        factors = SecondFactors(store, knock.key, self._clock)
        try:
            if not proof.new_password:
                self._require_current(store, knock.account)
            self._require_factor(factors, knock.account, proof)
        except NotAllowed as refusal:
            if refusal.code != "AUT-108":
                self.book.withdraw(knock.account, knock.former)
            raise
        self.book.opened(knock.account)

    def _require_factor(self, factors: SecondFactors, account: str, proof: Proof) -> None:
        if proof.enrolment is not None:
            factors.confirm(proof.enrolment, proof.code)
        elif factors.enrolled(account):
            factors.require(account, proof.code)
        elif self._settings.flag("security.second_factor"):
            raise NotAllowed("AUT-109")

    def confirm(self, store: Store, account: str, password: str) -> None:
        """Who stands beside the desk, by password. Raises NotAllowed AUT-101, AUT-105, AUT-106."""
        knock = self.try_password(account, password)
        self.book.withdraw(account, knock.former)
        self._require_current(store, account)

    def _require_current(self, store: Store, account: str) -> None:
        state, policy = store.passwords.state(account), password_policy(self._settings, self._folder)
        if state is not None and must_change(state, policy, self._clock.now()):
            raise NotAllowed("AUT-106")

    def tell_refusals(self, store: Store) -> None:
        """What was refused while nothing was open goes into the audit log, each with its own time."""
        refusals = self.book.refusals()
        for refusal in refusals:
            store.audit.note(Access(AuditEvent.SIGN_IN_REFUSED, refusal.account, detail=refusal.at), refusal.code)
        if refusals:
            self.book.take_note()
