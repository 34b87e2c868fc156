"""The power goes between order, code and question: no order is doubled, no code is lost, nothing is paid by accident."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.domain.fees import OPEN, FeeState
from app.security import keyring
from app.store.store import Store
from app.sync.fees import FeeRound
from helpers.fees import fiscal_client, signed
from helpers.library import Library
from helpers.stores import PASSWORD, new_key

PROGRAM = Path(__file__).parents[1] / "helpers" / "till_program.py"
KILLS = 5


def work(folder: DataFolder, url: str, lines: int, then_s: float) -> list[dict[str, Any]]:
    """Until so many lines were heard and a moment more; then SIGKILL."""
    heard: list[dict[str, Any]] = []
    command = [sys.executable, str(PROGRAM), str(folder.root), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        enough = threading.Event()

        def listen() -> None:
            for line in program.stdout or ():
                with contextlib.suppress(json.JSONDecodeError):  # a line cut by the kill was never confirmed
                    heard.append(json.loads(line))
                if len(heard) >= lines:
                    enough.set()

        ears = threading.Thread(target=listen)
        ears.start()
        assert enough.wait(60), "the program does not work"
        threading.Event().wait(then_s)
        program.kill()
        ears.join()
    return heard


def test_no_order_is_doubled_and_every_code_that_was_shown_is_still_there(tmp_path: Path) -> None:
    folder, moments = DataFolder(tmp_path / "data"), random.Random(20261126)
    new_key(folder)
    library = Library(tmp_path / "library")
    library.service.fiscal.book.script = ("unpaid", "unknown", "unpaid", "paid")
    url = library.start()
    shown: dict[str, str] = {}
    try:
        for _ in range(KILLS):
            lines = work(folder, url, moments.randrange(1, 6), moments.uniform(0.0, 0.15))
            shown |= {line["case"]: line["code"] for line in lines if line["kind"] == "order" and line["code"]}
        assert shown
        store = Store.open(folder, keyring.unlock(folder.keyring, "zhang", PASSWORD), SystemClock())
        client = fiscal_client(url)
        asking = FeeRound(store.fees, client, signed, SystemClock(), 0.0)
        orders = store.fees.recent(10_000)
        assert len({order.demand.case_id for order in orders}) == len(orders)
        for _ in range(6):
            for order in orders:
                asking.ask(order.id)
        settled = {order.demand.case_id: order for order in store.fees.recent(10_000)}
        theirs = {row["code"]: row for row in library.service.fiscal.book.all()}
        assert len(theirs) == len(settled), "every order reached the finance system once, whatever was cut"
        for case, code in shown.items():
            slip = settled[case].slip
            assert slip is not None
            assert slip.code == code
        for order in settled.values():
            assert order.slip is not None
            assert (order.state is FeeState.PAID) == (theirs[order.slip.code]["state"] == "paid")
            assert order.state not in OPEN
        client.close()
        store.close()
    finally:
        library.stop()
