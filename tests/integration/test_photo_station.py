"""The photo station's rules at the desk: rounds, bursts, retakes, files from a folder, and what may be issued."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.camera import jpeg, photograph
from portraits.portrait import Portrait

from app.bootstrap.demonstration import through_stations
from app.domain.errors import BadInput, NotAllowed
from app.domain.photo_session import SessionState
from app.domain.printing import PrintJobState
from app.domain.records import HistoryQuery, ShootingMode
from app.domain.trail import StationKind, TrailQuery
from helpers.desks import looked_at, training_desk
from helpers.pictures import portrait_jpeg, variant
from helpers.stores import PERSON


def test_three_shots_then_choose_or_retake_and_every_shot_is_kept(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        session = desk.photo.begin(PERSON, ["id-card"])
        for _ in range(3):
            desk.photo.shoot(session.id)
        with pytest.raises(NotAllowed) as full:
            desk.photo.shoot(session.id)
        assert full.value.code == "SES-103"
        desk.photo.retake(session.id)
        desk.photo.shoot(session.id)
        assert [s.index for s in desk.photo.shots(session.id)] == [1, 2, 3, 4]


def test_a_burst_brings_as_many_as_the_setting_says(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        desk.settings.change("camera.burst_shots", 7)
        session = desk.photo.begin(PERSON, ["id-card"], ShootingMode.BURST)
        assert len(desk.photo.shoot(session.id)) == 7
        assert desk.photo.session(session.id).state is SessionState.CHOOSING


def test_files_from_a_folder_become_shots_byte_for_byte_and_a_bad_one_stops_nothing_before_it(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        session = desk.photo.begin(PERSON, ["id-card"])
        good, torn, empty = tmp_path / "good.jpg", tmp_path / "torn.jpg", tmp_path / "empty.jpg"
        good.write_bytes(portrait_jpeg())
        torn.write_bytes(portrait_jpeg()[:5000])
        empty.write_bytes(b"")
        with pytest.raises(BadInput) as refused:
            desk.photo.import_files(session.id, [good, torn])
        assert refused.value.code == "IMG-106"
        with pytest.raises(BadInput) as refused:
            desk.photo.import_files(session.id, [empty])
        assert refused.value.code == "IMG-101"
        with pytest.raises(BadInput) as refused:
            desk.photo.import_files(session.id, [tmp_path / "missing.jpg"])
        assert refused.value.code == "SES-106"
        (shot,) = desk.photo.shots(session.id)
        assert desk.photo.original(shot.id) == good.read_bytes()


def test_a_photo_that_does_not_pass_needs_a_reason_and_keeps_it(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        session = desk.photo.begin(PERSON, ["id-card"])
        bad = tmp_path / "blurred.jpg"
        bad.write_bytes(portrait_jpeg(variant("blurred")))
        (shot,) = desk.photo.import_files(session.id, [bad])
        desk.photo.choose(session.id, shot.id)
        photo = desk.photo.compose(shot.id, "id-card")
        assert not photo.report.passed
        with pytest.raises(NotAllowed) as refused:
            desk.photo.save(session.id, [photo])
        assert refused.value.code == "SES-104"
        (record,) = desk.photo.save(
            session.id, [photo], forced_reason="设备维修，先行受理", passes=looked_at(desk, "id-card")
        )
        assert (record.passed, record.forced_reason) == (False, "设备维修，先行受理")


def test_one_job_from_shutter_to_paper_and_library(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, kit):
        session = desk.photo.begin(PERSON, ["id-card", "exit-entry", "driving-licence"])
        (shot,) = desk.photo.shoot(session.id)
        desk.photo.choose(session.id, shot.id)
        photos = [desk.photo.compose(shot.id, sid) for sid in session.standard_ids]
        records = desk.photo.save(session.id, photos, passes=through_stations(desk, session.id, photos))
        assert desk.receipts.print(session.id).state is PrintJobState.CONFIRMED
        again = desk.receipts.print(session.id)
        assert (again.copy_number, again.state) == (1, PrintJobState.CONFIRMED)
        assert desk.outbox.send_now(60) == 0
        desk.photo.close(session.id)
        assert {r.number for r in desk.records.history(HistoryQuery(person=PERSON.name))} == {r.number for r in records}
        assert [desk.records.photo_image(r.number) for r in records] == [p.image for p in photos]
        assert len(list(kit.paper.glob("*.png"))) == 2
        assert records[0].station.source == "training"


def test_a_session_cannot_skip_a_step_or_take_another_s_shot(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        first, second = desk.photo.begin(PERSON, ["id-card"]), desk.photo.begin(PERSON, ["id-card"])
        (shot,) = desk.photo.shoot(first.id)
        desk.photo.shoot(second.id)
        with pytest.raises(NotAllowed):
            desk.photo.save(first.id, [])
        with pytest.raises(NotAllowed) as refused:
            desk.photo.choose(second.id, shot.id)
        assert refused.value.code == "SES-108"
        with pytest.raises(BadInput):
            desk.photo.begin(PERSON, [])
        desk.photo.abandon(second.id)
        assert [s.id for s in desk.photo.unfinished()] == [first.id]


def test_a_child_is_judged_by_the_child_s_limits_and_the_trail_knows_every_picture(tmp_path: Path) -> None:
    turned = tmp_path / "child.jpg"
    turned.write_bytes(jpeg(photograph(Portrait(smile=0.9, mouth=0.75))))
    with training_desk(tmp_path) as (desk, _):
        verdicts = {}
        for exceptions in ((), ("child",)):
            session = desk.photo.begin(PERSON, ["id-card"], exceptions=exceptions)
            (shot,) = desk.photo.import_files(session.id, [turned])
            report = desk.photo.screen(shot.id, "id-card").report
            verdicts[exceptions] = next(c.limit.high for c in report.checks if c.measurement.id == "mouth_open")
            desk.photo.screen(shot.id, "id-card")
        assert verdicts == {(): 0.06, ("child",): 0.12}
        entries = desk.trail.find(TrailQuery())
        assert len(entries) == 2, "looked at twice, recorded once"
        assert {e.draft.device for e in entries} == {"file"}


def test_the_trail_follows_a_photo_through_its_strategy_s_stations(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        session = desk.photo.begin(PERSON, ["id-card"])
        (shot,) = desk.photo.shoot(session.id)
        desk.photo.choose(session.id, shot.id)
        photo = desk.photo.compose(shot.id, "id-card")
        (record,) = desk.photo.save(session.id, [photo], passes=looked_at(desk, "id-card"))
        (entry,) = desk.trail.find(TrailQuery(number=record.number))
        assert [s.kind for s in entry.draft.stations] == [StationKind.ALGORITHM, StationKind.MANUAL, StationKind.ISSUE]
        assert entry.draft.strategy == "居民身份证照相"
        assert entry.draft.size == record.size
        assert desk.trail.picture(entry.id) == photo.image
