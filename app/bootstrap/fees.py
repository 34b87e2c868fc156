"""The payment gateway of a desk or a command: who asks, by which names, with whose signature."""

from __future__ import annotations

from app.bootstrap.secret import FiscalKey
from app.config.clock import Clock
from app.config.payment import fiscal_words
from app.config.places import DataFolder
from app.config.settings import Settings
from app.domain.fees import FiscalAccount
from app.security.keyring import DataKey
from app.security.signing import SigningKeys, sign
from app.store.store import Store
from app.sync.fees import FeeRound
from app.sync.fiscal import FiscalClient, UnitSignature


def fiscal_account(folder: DataFolder, key: DataKey, settings: Settings) -> FiscalAccount:
    """As the settings say; its key from its sealed file."""
    app_id = settings.text("payment.app_id")
    secret = FiscalKey(folder, key, app_id).read() if app_id else ""
    return FiscalAccount(settings.text("payment.unit_code"), app_id, secret)


def fiscal_client(folder: DataFolder, settings: Settings, url: str, account: FiscalAccount) -> FiscalClient:
    """A connection of its own. Raises BadInput FEE-126 for an unsafe address, FEE-130 for wrong names."""
    words = fiscal_words(folder.payment_interfaces)
    return FiscalClient(url, account, words, float(settings.number("payment.timeout")))


def fee_round(
    store: Store, folder: DataFolder, key: DataKey, settings: Settings, client: FiscalClient, clock: Clock
) -> FeeRound:
    """单位电子签名 is made with this workstation's SM2 key: a unit's own signature server takes its place here."""
    keys = SigningKeys(folder.root)

    def signed(text: bytes) -> UnitSignature:
        made = sign(keys.own(key), text)
        return UnitSignature(made.public, made.value)

    return FeeRound(store.fees, client, signed, clock, float(settings.number("payment.interval")))
