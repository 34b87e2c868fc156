"""A window's fees against the embedded finance system over HTTP, with a clock that a test turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config.payment import shipped_fiscal_words
from app.domain.fees import FeeDemand, FeeOrder, FiscalAccount, Payer
from app.domain.matters.matter import FeeItem
from app.security.signing import new_signing_key, sign
from app.store.store import Store
from app.sync.fees import FeeRound
from app.sync.fiscal import FiscalClient, UnitSignature
from app.training.fiscal import FiscalHandlers
from helpers.library import ACCOUNT, Library
from helpers.stores import STATION, TestClock, new_store

KEY = new_signing_key()
ITEM = FeeItem("99001", "居民身份证工本费（换领）", 2000)
PATIENT_S, IMPATIENT_S = 8.0, 0.7  # more and less than the finance system's planned slowness
INTERVAL_S = 3.0


def demand(case_id: str = "C1", *items: FeeItem, purpose: str = "") -> FeeDemand:
    payer = Payer("欧阳𬱖", "999999199003071019")
    return FeeDemand(case_id, f"SL-{case_id}", payer, items or (ITEM,), "zhang", STATION, purpose)


def signed(text: bytes) -> UnitSignature:
    made = sign(KEY, text)
    return UnitSignature(made.public, made.value)


def fiscal_client(url: str, account: FiscalAccount = ACCOUNT.fiscal, read_s: float = PATIENT_S) -> FiscalClient:
    return FiscalClient(url, account, shipped_fiscal_words(), read_s)


@dataclass
class Till:
    """``finance``: the other side, to be scripted and spoilt."""

    store: Store
    asking: FeeRound
    client: FiscalClient
    clock: TestClock
    finance: FiscalHandlers
    url: str

    def order(self, case_id: str = "C1", *items: FeeItem, purpose: str = "") -> FeeOrder:
        return self.asking.ask(self.store.fees.place(demand(case_id, *items, purpose=purpose)).id)

    def later(self, **amount: float) -> None:
        """The clock goes on and one round is made."""
        self.clock.forward(**amount)
        self.asking.run_once()

    def scripted(self, *words: str) -> None:
        self.finance.book.script = words


@contextmanager
def till(root: Path, read_s: float = PATIENT_S) -> Iterator[Till]:
    clock = TestClock()
    library = Library(root / "library")  # on real time: messages carry the machine's own in their proof
    url = library.start()
    store, _, _ = new_store(root / "data", clock)
    client = fiscal_client(url, read_s=read_s)
    try:
        yield Till(
            store, FeeRound(store.fees, client, signed, clock, INTERVAL_S), client, clock, library.service.fiscal, url
        )
    finally:
        client.close()
        store.close()
        library.stop()
