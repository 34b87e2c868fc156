"""One officer typing matter after matter in a process of its own; says on standard output what was confirmed.

Run as ``python typist_program.py DATA``: drafts left over are taken up first. Ends when it is killed.
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
from app.config.settings import Settings
from app.domain.cases.case import FieldValue
from app.intake.cases import Submission
from app.intake.room import Intake, IntakePlace, open_intake
from app.security import keyring
from app.store.drafts import Paper
from app.store.store import Store
from helpers.cases import MOVE_IN, OFFICER, SmallCatalogue, person
from helpers.stores import PASSWORD, STATION

KEYSTROKES = 12


def say(kind: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"kind": kind, **fields}) + "\n")
    sys.stdout.flush()


def work_on(intake: Intake, draft_id: str) -> None:
    """Type, keep a paper, accept: twice, as impatient people do."""
    for number in range(KEYSTROKES):
        intake.drafts.change(draft_id, "host_name", FieldValue(f"李{number}"))
        intake.drafts.change(draft_id, f"field{number}", FieldValue(str(number)))
        if number % 4 == 3:
            intake.journal.flush()
            say("kept", draft=draft_id, number=number)
    paper = intake.drafts.attach(draft_id, Paper("marriage-certificate", "结婚证", "scanner", "image/jpeg", b"paper"))
    say("paper", draft=draft_id, id=paper.id)
    for _ in range(2):
        case = intake.cases.accept(draft_id, Submission((person(),)))
        say("case", draft=draft_id, number=case.number)


def main() -> None:
    folder = DataFolder(Path(sys.argv[1]))
    key = keyring.unlock(folder.keyring, "zhang", PASSWORD)
    clock = SystemClock()
    store = Store.open(folder, key, clock)
    place = IntakePlace(OFFICER, lambda: STATION, "zh_CN")
    intake = open_intake(store, SmallCatalogue(), Settings.of({}), place, clock)
    say("ready")
    for draft in intake.drafts.unfinished():
        work_on(intake, intake.drafts.resume(draft.id).id)
    for _ in itertools.count():
        draft = intake.drafts.begin(MOVE_IN.code)
        say("begun", draft=draft.id)
        work_on(intake, draft.id)


if __name__ == "__main__":
    main()
