"""The power goes while an officer types: nothing confirmed is lost, no matter is accepted twice, drafts are taken up."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.domain.cases.case import DraftState
from app.domain.cases.query import CaseQuery
from app.security import keyring
from app.store.store import Store
from helpers.stores import PASSWORD, new_key

PROGRAM = Path(__file__).parents[1] / "helpers" / "typist_program.py"
KILLS = 6


class Typist:
    """Her program, heard line by line, killed without warning."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self.heard: list[dict[str, Any]] = []

    def work(self, lines: int, then_s: float) -> None:
        """Until so many lines were heard and a moment more; then SIGKILL."""
        command = [sys.executable, str(PROGRAM), str(self._folder.root)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            enough = threading.Event()
            ears = threading.Thread(target=self._listen, args=(program, len(self.heard) + lines, enough))
            ears.start()
            assert enough.wait(60), "the program does not work"
            threading.Event().wait(then_s)
            program.kill()
            ears.join()

    def _listen(self, program: subprocess.Popen[str], enough_lines: int, enough: threading.Event) -> None:
        for line in program.stdout or ():
            with contextlib.suppress(json.JSONDecodeError):  # a line cut by the kill was never confirmed
                self.heard.append(json.loads(line))
            if len(self.heard) >= enough_lines:
                enough.set()

    def said(self, kind: str) -> list[dict[str, Any]]:
        return [line for line in self.heard if line["kind"] == kind]


@contextlib.contextmanager
def looked_at(folder: DataFolder) -> Iterator[Store]:
    store = Store.open(folder, keyring.unlock(folder.keyring, "zhang", PASSWORD), SystemClock())
    try:
        yield store
    finally:
        store.close()


def test_nothing_confirmed_is_lost_and_nothing_is_doubled(tmp_path: Path) -> None:
    folder, moments = DataFolder(tmp_path / "data"), random.Random(20261126)
    new_key(folder)
    typist = Typist(folder)
    for _ in range(KILLS):
        typist.work(moments.randrange(2, 30), moments.uniform(0.0, 0.2))
        with looked_at(folder) as store:
            expect_all(store, typist)
    assert typist.said("case"), "a day on which nothing was accepted proves nothing"
    assert typist.said("kept")


def expect_all(store: Store, typist: Typist) -> None:
    assert not store.reconciled.missing
    assert not store.reconciled.unreadable
    numbers = {line["draft"]: line["number"] for line in typist.said("case")}
    for draft, number in numbers.items():
        assert store.cases.case(draft).number == number
        assert len(store.cases.nodes(draft)) == 1
    for line in typist.said("paper"):
        assert store.drafts.material_data(line["id"]) == b"paper"
    for line in typist.said("kept"):
        found = store.drafts.draft(line["draft"])
        fields = store.cases.case(found.id).content.fields if found.state is DraftState.ACCEPTED else found.fields
        assert fields[f"field{line['number']}"].value == str(line["number"])
        assert int(fields["host_name"].value[1:]) >= 3
    begun = {line["draft"] for line in typist.said("begun")}
    accepted = {case.id for case in store.cases.find(CaseQuery(limit=500))}
    assert begun <= accepted | {draft.id for draft in store.drafts.unfinished()}
    assert store.cases.total(CaseQuery()) == len(accepted)
