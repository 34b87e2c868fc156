"""One operator working job after job in a process of its own; says on standard output what was confirmed to her.

Run as ``python operator_program.py DATA CAMERA_ADDRESS BACKEND_URL``: unfinished sessions are taken up first, then new
ones begin. Ends when its standard input closes.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.bootstrap.assemble import Surroundings, build_gate
from app.bootstrap.demonstration import demo_applicant
from app.bootstrap.training_account import training_account
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.desk import Desk
from app.domain.edits import CropBox, Recipe
from app.domain.errors import WorkstationError
from app.domain.judgement import Verdict
from app.domain.photo_session import SessionState
from app.domain.records import SessionRecord
from devices.ports.errors import DeviceError

SHOTS = 2
# A fixed crop and the real background: the kill test is about losing nothing, not about matting.
RECIPE = Recipe(CropBox(450.0, 560.0, 330.0, 0.0), replace_background=False, automatic=False)


def say(kind: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"kind": kind, **fields}) + "\n")
    sys.stdout.flush()


def work_on(desk: Desk, session: SessionRecord) -> None:
    """From wherever the session stands to its end."""
    photo = desk.photo
    while len(photo.shots(session.id)) < SHOTS:
        try:
            for shot in photo.shoot(session.id):
                say("shot", session=session.id, id=shot.id, digest=shot.digest)
        except DeviceError as error:
            say("trouble", code=error.code)
            desk.camera.wait_until_ready(10)
    state = photo.session(session.id).state
    shots = photo.shots(session.id)
    if state in (SessionState.CHOOSING, SessionState.EDITING):
        photo.choose(session.id, shots[0].id)
        composed = photo.compose(shots[0].id, "id-card", RECIPE)
        looked = {"id-card": (photo.by_hand(Verdict.PASS, "演练", 0.0),)}
        for record in photo.save(session.id, [composed], forced_reason="演练", passes=looked):
            say("photo", number=record.number, digest=record.digest, session=session.id)
        desk.outbox.wake()
    if photo.session(session.id).state is SessionState.SAVED:
        photo.close(session.id)
    say("closed", session=session.id)


def leave_with_stdin(leaving: threading.Event) -> None:
    sys.stdin.read()
    leaving.set()


def main() -> int:
    data, camera, backend = sys.argv[1:4]
    account = training_account()
    around = Surroundings(
        training=True,
        camera_address=camera,
        backend_url=backend,
        backend_account=account.backend_account,
        backend_password=account.backend_password,
    )
    folder = DataFolder(Path(data))
    gate = build_gate(folder, Settings.of({"backend.interval": 2}), "zh_CN", around)
    if gate.is_new:
        gate.create_first_account(account.account, account.name, account.password)
    leaving = threading.Event()
    threading.Thread(target=leave_with_stdin, args=(leaving,), daemon=True).start()
    desk = gate.sign_in(account.account, account.password)
    say("ready", worker=desk.camera.worker_pid)
    desk.camera.wait_until_ready(15)
    try:
        while not leaving.is_set():
            unfinished = desk.photo.unfinished()
            session = unfinished[0] if unfinished else desk.photo.begin(demo_applicant(), ["id-card"])
            say("session", id=session.id, worker=desk.camera.worker_pid)
            work_on(desk, session)
        desk.outbox.send_now(60)
        say("waiting", count=desk.outbox.waiting())
    except WorkstationError as error:
        say("error", code=error.code, text=str(error))
        raise
    finally:
        desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
