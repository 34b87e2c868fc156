"""A furnished desk in training mode: simulated camera, printer and back end as real processes, a real store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.bootstrap.assemble import Surroundings, build_gate
from app.bootstrap.training_account import training_account
from app.bootstrap.training_kit import TrainingKit
from app.config.places import DataFolder
from app.config.settings import Settings
from app.desk.desk import Desk
from app.desk.gate import Gate
from app.domain.judgement import Verdict
from app.domain.trail import StationPass
from app.security.files import make_private_folder
from helpers.cameras import folder_of_pictures

TRAINEE = (training_account().account, training_account().password)
SECOND = (training_account().second_account, training_account().second_password)


def looked_at(desk: Desk, *standards: str) -> dict[str, tuple[StationPass, ...]]:
    """The officer looked for three seconds and found every photo good."""
    return {standard: (desk.photo.by_hand(Verdict.PASS, "", 3.0),) for standard in standards}


@contextmanager
def training_gate(
    root: Path, language: str = "zh_CN", **changed: str
) -> Iterator[tuple[Gate, Settings, Surroundings, TrainingKit]]:
    """Everything started, nobody signed in; ``changed``: other surroundings than the training kit's."""
    folder = DataFolder(root / "data")
    make_private_folder(folder.root)
    folder_of_pictures(root / "sitters")
    settings = Settings.load(folder.settings)
    with TrainingKit(folder, root / "sitters") as kit:
        # A desk without the devices it has no seat for: a dozen processes less for every test.
        around = replace(kit.start(), **{"other_addresses": {}, **changed})  # type: ignore[arg-type]  # a test names its fields
        gate = build_gate(folder, settings, language, around)
        account = training_account()
        gate.create_first_account(account.account, account.name, account.password)
        yield gate, settings, around, kit


@contextmanager
def training_desk(root: Path) -> Iterator[tuple[Desk, TrainingKit]]:
    """Signed in, camera ready."""
    with training_gate(root) as (gate, _, _, kit):
        desk = gate.sign_in(*TRAINEE)
        try:
            assert desk.camera.wait_until_ready(20)
            yield desk, kit
        finally:
            desk.close()
