"""An officer ordering fee after fee in a process of its own, as fast as it goes; says what was confirmed.

Run as ``python till_program.py DATA URL``: open orders are asked about first. Ends when it is killed.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.security import keyring
from app.store.store import Store
from app.sync.fees import FeeRound
from helpers.fees import demand, fiscal_client, signed
from helpers.stores import PASSWORD


def say(kind: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"kind": kind, **fields}) + "\n")
    sys.stdout.flush()


def main() -> None:
    folder = DataFolder(Path(sys.argv[1]))
    store = Store.open(folder, keyring.unlock(folder.keyring, "zhang", PASSWORD), SystemClock())
    asking = FeeRound(store.fees, fiscal_client(sys.argv[2]), signed, SystemClock(), 0.0)
    say("ready")
    begun = len(store.fees.recent(10_000))
    for number in itertools.count(begun):
        for _ in range(2):  # as impatient people do
            order = asking.ask(store.fees.place(demand(f"C{number}")).id)
        say("order", case=f"C{number}", id=order.id, state=order.state.value, code=order.slip.code if order.slip else "")
        asking.run_once()


if __name__ == "__main__":
    main()
