"""A store with a cheap key and a clock that a test turns by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from app.config.places import DataFolder
from app.domain.edits import CropBox, Recipe
from app.domain.numbering import NumberingRule
from app.domain.person import Applicant, check_character
from app.domain.photo_session import SessionState
from app.domain.records import PhotoDraft, PhotoRecord, SessionRecord, ShootingMode, Station
from app.security import keyring
from app.security.identifiers import new_id
from app.security.keyring import Cost, DataKey
from app.store.store import Store

CHEAP = Cost(n=2, r=1, p=1)
PASSWORD = "Test-2026"
STATION = Station("T0001", "999999", "测试照相室", "photo-station")
RULE = NumberingRule("{region}{terminal}{date}{seq:05}")
FIRST17 = "99999919900307101"
PERSON = Applicant("欧阳𬱖'\"㐂", FIRST17 + check_character(FIRST17))


class TestClock:
    """Wall time that moves only when told."""

    __test__ = False

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=8)))

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    def forward(self, **amount: float) -> None:
        self.time += timedelta(**amount)


def new_key(folder: DataFolder) -> DataKey:
    folder.root.mkdir(parents=True, exist_ok=True)
    return keyring.create(folder.keyring, "zhang", PASSWORD, CHEAP)


def new_store(root: Path, clock: TestClock | None = None) -> tuple[Store, DataKey, DataFolder]:
    folder = DataFolder(root)
    key = new_key(folder)
    return Store.open(folder, key, clock or TestClock()), key, folder


def session_record(clock: TestClock, **changes: object) -> SessionRecord:
    record = SessionRecord(
        id=new_id(),
        applicant=PERSON,
        standard_ids=("id-card",),
        mode=ShootingMode.REGULAR,
        state=SessionState.SHOOTING,
        started=clock.now(),
        officer="zhang",
        station=STATION,
    )
    return replace(record, **changes)  # type: ignore[arg-type]  # a test names its fields


def draft(image: bytes = b"\xff\xd8composed\xff\xd9", standard: str = "id-card") -> PhotoDraft:
    return PhotoDraft(
        standard_id=standard,
        standard_version="1",
        service="household",
        image=image,
        width_px=358,
        height_px=441,
        dpi=350,
        recipe=Recipe(CropBox(1.5, 2.5, 3.5, 0.5), replace_background=True),
        report_json="{}",
        passed=True,
    )


def saved_session(store: Store, clock: TestClock, *drafts: PhotoDraft) -> tuple[PhotoRecord, ...]:
    record = session_record(clock)
    store.create_session(record)
    shot = store.keep_shot(record.id, b"original of " + record.id.encode(), device="D750", file_name="DSC_0001.JPG")
    return store.save_photos(record.id, shot.id, drafts or (draft(),), rule=RULE, officer="zhang", station=STATION)
