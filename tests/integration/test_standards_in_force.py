"""A changed standard counts for the next person at once; whoever stands before the camera is judged by theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.desk.desk import Desk
from app.domain.records import SessionRecord
from helpers.desks import TRAINEE, training_desk, training_gate
from helpers.pictures import portrait_jpeg
from helpers.standards import narrower, shipped, text_of
from helpers.stores import PERSON


def _judged_by(desk: Desk, session: SessionRecord, path: Path) -> str:
    """Which version judged a shot, its photo, and what the record says; all three must be one."""
    (shot,) = desk.photo.import_files(session.id, [path])
    desk.photo.choose(session.id, shot.id)
    screened = desk.photo.screen(shot.id, "id-card").report.standard_version
    photo = desk.photo.compose(shot.id, "id-card")
    (record,) = desk.photo.save(session.id, [photo], forced_reason="—")
    assert {screened, photo.report.standard_version} == {record.standard_version}
    return record.standard_version


def test_a_session_under_way_keeps_its_standard_and_the_next_has_the_new_one(tmp_path: Path) -> None:
    face = tmp_path / "face.jpg"
    face.write_bytes(portrait_jpeg())
    with training_desk(tmp_path) as (desk, _):
        before = desk.photo.begin(PERSON, ["id-card"])
        kept = desk.standard_files.change(shipped(), narrower(shipped()))
        after = desk.photo.begin(PERSON, ["id-card"])
        assert desk.photo.standards_of(before) == (shipped(),)
        assert desk.photo.standards_of(after) == (kept.standard,)
        assert _judged_by(desk, before, face) == "2026.2"
        assert _judged_by(desk, after, face) == "2026.2-local.1"


def test_a_session_taken_up_after_a_restart_keeps_its_standard(tmp_path: Path) -> None:
    face = tmp_path / "face.jpg"
    face.write_bytes(portrait_jpeg())
    with training_gate(tmp_path) as (gate, _, _, _):
        first = gate.sign_in(*TRAINEE)
        village = first.standard_files.new(replace(shipped(), id="village", name_zh="乡镇", name_en="V"), shipped())
        session = first.photo.begin(PERSON, ["id-card", "village"])
        first.standard_files.change(shipped(), narrower(shipped()))
        first.standard_files.delete("village")
        first.close()
        second = gate.sign_in(*TRAINEE)
        try:
            (found,) = second.photo.unfinished()
            assert found == session
            assert second.photo.standards_of(found) == (shipped(), village.standard)
            assert next(s.version for s in second.standards if s.id == "id-card") == "2026.2-local.1"
            assert _judged_by(second, found, face) == "2026.2"
        finally:
            second.close()


def test_a_new_standard_is_offered_and_may_be_named_by_a_strategy_without_a_restart(tmp_path: Path) -> None:
    with training_desk(tmp_path) as (desk, _):
        desk.standard_files.new(replace(shipped(), id="village", name_zh="乡镇", name_en="V"), shipped())
        assert "village" in {s.id for s in desk.standards}
        strict = next(s for s in desk.strategies.list() if s.id == "strict")
        assert desk.strategies.change(replace(strict, standard_ids=("village",))).version == 2
        assert [s.id for s in desk.standard_files.details("village").used_by] == ["strict"]


def test_a_broken_file_locks_nobody_out(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "standards"
    folder.mkdir(parents=True)
    (folder / "id-card.flt").write_text("flt = [", encoding="utf-8")
    (folder / "exit-entry.flt").write_text(text_of(replace(shipped("exit-entry"), version="mine")), encoding="utf-8")
    with training_desk(tmp_path) as (desk, _):
        offered = {s.id: s.version for s in desk.standards}
        assert "id-card" not in offered
        assert offered["exit-entry"] == "mine"
        assert [b.id for b in desk.standard_files.look().broken] == ["id-card"]
        assert len(desk.strategies.list()) == 5, "strategies that name it are not broken by it"
