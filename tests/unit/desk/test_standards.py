"""An administrator changes standards, an operator looks; nothing altered is taken, no broken file hides the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.desk.standards import StandardsDesk
from app.domain.errors import BadInput, NotAllowed
from app.domain.photo_standard import PhotoStandard
from app.domain.records import Role
from app.photo.signed_standards import SignatureState
from app.photo.standards import load_standards
from helpers.standards import IDS, StandardsPlace, narrower, shipped, text_of


@pytest.fixture
def place(tmp_path: Path) -> StandardsPlace:
    return StandardsPlace.made(tmp_path / "here")


def _of(desk: StandardsDesk, standard_id: str) -> PhotoStandard:
    return next(k.standard for k in desk.look().kept if k.id == standard_id)


def _refusal(step: Callable[[], object]) -> str:
    with pytest.raises((BadInput, NotAllowed)) as refused:
        step()
    return refused.value.code


def test_a_change_is_the_next_version_above_the_shipped_one(place: StandardsPlace) -> None:
    desk = place.desk()
    kept = desk.change(shipped(), narrower(shipped()))
    assert (kept.local, kept.standard.version) == (True, "2026.2-local.1")
    assert kept.shipped == shipped()
    assert kept.standard.limit("geometry.face_width") is not None
    assert kept.standard.limits != shipped().limits, "what is judged by follows from the band"
    again = desk.change(kept.standard, narrower(kept.standard, "另一份通知"))
    assert again.standard.version == "2026.2-local.2"
    assert _of(place.desk(), "id-card") == again.standard


def test_a_change_never_overwrites_another(place: StandardsPlace) -> None:
    desk = place.desk()
    kept = desk.change(shipped(), narrower(shipped()))
    assert _refusal(lambda: desk.change(shipped(), narrower(shipped(), "mine"))) == "STD-107"
    assert _of(desk, "id-card") == kept.standard


def test_a_number_without_its_source_is_not_kept(place: StandardsPlace) -> None:
    former = next(b.source for b in shipped().geometry if b.measure.value == "face_width")
    assert _refusal(lambda: place.desk().change(shipped(), narrower(shipped(), former))) == "STD-109"
    assert place.files() == []


def test_a_new_one_comes_from_a_copy_under_names_of_its_own(place: StandardsPlace) -> None:
    desk = place.desk()
    draft = replace(shipped(), id="village-card", name_zh="乡镇身份证", name_en="Village card")
    kept = desk.new(draft, shipped())
    assert (kept.local, kept.shipped, kept.standard.version) == (True, None, "2026.2-local.1")
    assert _refusal(lambda: desk.new(draft, shipped())) == "STD-108"
    assert _refusal(lambda: desk.new(replace(draft, id="Village-Card"), shipped())) == "STD-108", "one file on Windows"
    assert _refusal(lambda: desk.new(replace(draft, id="other-card"), shipped())) == "STD-108", "the name is taken"
    assert _refusal(lambda: desk.new(replace(draft, id="身份证", name_zh="甲", name_en="A"), shipped())) == "STD-117"


def test_search_by_name_and_department(place: StandardsPlace) -> None:
    desk = place.desk(Role.OPERATOR)
    assert [k.id for k in desk.search("驾驶证 电子")] == ["e-driving-licence"]
    assert {k.id for k in desk.search("移民管理局")} >= {"exit-entry", "exit-entry-390"}
    assert desk.search("没有这样的标准") == ()
    assert len(desk.search("")) == len(IDS)


def test_a_broken_file_is_told_and_hides_no_other(place: StandardsPlace) -> None:
    place.lay("id-card.flt", "flt = [")
    place.lay("mine.flt", 'flt = 1\nid = "exit-entry"\n')
    place.lay("zz.flt", text_of(replace(shipped("exit-entry-390"), version="9")))
    content = place.desk().look()
    assert {(b.id, b.file, b.fault.code, b.shipped) for b in content.broken} == {
        ("id-card", "id-card.flt", "STD-101", True),
        ("exit-entry", "mine.flt", "STD-102", True),
    }
    assert {k.id for k in content.kept} == set(IDS) - {"id-card", "exit-entry"}, "not judged by other numbers meanwhile"
    assert _of(place.desk(), "exit-entry-390").version == "9"
    assert content.ids == set(IDS)


def test_two_files_of_one_id_are_told(place: StandardsPlace) -> None:
    place.lay("a.flt", text_of(replace(shipped(), version="first")))
    place.lay("b.flt", text_of(replace(shipped(), version="second")))
    content = place.desk().look()
    assert [(b.file, b.shipped) for b in content.broken] == [("b.flt", False)]
    assert _of(place.desk(), "id-card").version == "first"


def test_a_broken_file_is_set_aside_or_mended_by_an_import(place: StandardsPlace, tmp_path: Path) -> None:
    place.lay("id-card.flt", "flt = [")
    desk = place.desk()
    assert _refusal(lambda: desk.set_aside("exit-entry.flt")) == "STD-104"
    file = tmp_path / "new.flt"
    file.write_text(text_of(replace(shipped(), version="7")), encoding="utf-8")
    desk.take(desk.read(file), answered=True)
    assert _of(desk, "id-card").version == "7"
    assert place.files() == ["id-card.broken", "id-card.flt"]
    place.lay("id-card.flt", "flt = [")
    desk.set_aside("id-card.flt")
    assert _of(desk, "id-card") == shipped()


def test_a_local_one_counts_in_its_time_and_the_shipped_one_outside_it(place: StandardsPlace) -> None:
    place.lay("id-card.flt", text_of(replace(shipped(), version="next", effective="2026-12-01", expires="2026-12-31")))
    desk = place.desk()

    def offered() -> str:
        return next(s.version for s in desk._place.standards if s.id == "id-card")

    assert (desk.look().kept[0].standard.version, offered()) == ("next", "2026.2")
    place.clock.forward(days=7)
    assert offered() == "next", "from midnight of its first day, without a restart"
    place.clock.forward(days=31)
    assert offered() == "2026.2"


def test_a_file_over_its_last_day_is_offered_no_more(place: StandardsPlace) -> None:
    place.lay("old.flt", text_of(replace(shipped(), id="old", expires="2026-11-23")))
    desk = place.desk()
    assert "old" in {k.id for k in desk.look().kept}
    assert "old" not in {s.id for s in desk._place.standards}


def test_the_shipped_one_returns_when_the_local_one_goes(place: StandardsPlace) -> None:
    desk = place.desk()
    desk.change(shipped(), narrower(shipped()))
    desk.sign("id-card")
    assert desk.delete("id-card") == shipped()
    assert place.files() == []
    assert _refusal(lambda: desk.delete("id-card")) == "STD-104"


def test_what_a_strategy_needs_is_not_deleted(place: StandardsPlace) -> None:
    desk = place.desk()
    desk.new(replace(shipped(), id="village-card", name_zh="乡镇", name_en="Village"), shipped())
    place.use(["village-card"], "乡镇照相")
    assert [s.name_zh for s in desk.details("village-card").used_by] == ["乡镇照相"]
    assert _refusal(lambda: desk.delete("village-card")) == "STD-106"
    place.use(["id-card"], "乡镇照相")
    assert desk.delete("village-card") is None


def test_signed_here_exported_and_taken_there_once_its_key_is_trusted(place: StandardsPlace, tmp_path: Path) -> None:
    here, there = place.desk(), StandardsPlace.made(tmp_path / "there").desk()
    assert _refusal(lambda: here.sign("id-card")) == "STD-113"
    here.change(shipped(), narrower(shipped()))
    assert here.verify("id-card").state is SignatureState.UNSIGNED
    assert here.sign("id-card").state is SignatureState.TRUSTED
    file = tmp_path / "usb" / "id-card.flt"
    assert [p.name for p in here.export("id-card", file)] == ["id-card.flt", "id-card.flt.sig"]
    incoming = there.read(file)
    assert (incoming.provenance.state, incoming.former) == (SignatureState.UNKNOWN_KEY, shipped())
    assert _refusal(lambda: there.take(incoming)) == "SGN-104"
    there.trust(incoming.provenance.public)
    assert there.take(incoming).standard == _of(here, "id-card")
    assert there.verify("id-card").state is SignatureState.TRUSTED


def test_an_altered_file_is_refused_whoever_answers_for_it(place: StandardsPlace, tmp_path: Path) -> None:
    desk, file = place.desk(), tmp_path / "x.flt"
    desk.change(shipped(), narrower(shipped()))
    desk.sign("id-card")
    desk.export("id-card", file)
    file.write_text(file.read_text(encoding="utf-8").replace("195", "100"), encoding="utf-8")
    incoming = desk.read(file)
    assert incoming.provenance.state is SignatureState.ALTERED
    assert _refusal(lambda: desk.take(incoming, answered=True)) == "SGN-103"
    file.with_name("x.flt.sig").write_bytes(b"{}")
    assert _refusal(lambda: desk.take(desk.read(file), answered=True)) == "SGN-101"


def test_what_was_read_is_what_is_taken(place: StandardsPlace, tmp_path: Path) -> None:
    desk, file = place.desk(), tmp_path / "x.flt"
    file.write_text(text_of(replace(shipped(), version="seen")), encoding="utf-8")
    incoming = desk.read(file)
    file.write_text(text_of(replace(shipped(), version="swapped")), encoding="utf-8")
    assert desk.take(incoming, answered=True).standard.version == "seen"


def test_an_unsigned_file_is_refused_unless_somebody_answers_for_it(place: StandardsPlace, tmp_path: Path) -> None:
    desk, file = place.desk(), tmp_path / "x.flt"
    file.write_text(text_of(replace(shipped(), version="3")), encoding="utf-8")
    assert not desk.accepts_unsigned
    assert _refusal(lambda: desk.take(desk.read(file))) == "SGN-105"
    assert desk.take(desk.read(file), answered=True).standard.version == "3"
    assert StandardsPlace.made(tmp_path / "open", photo__accept_unsigned=True).desk().accepts_unsigned


def test_a_signature_goes_with_the_change_it_does_not_fit(place: StandardsPlace, tmp_path: Path) -> None:
    desk, file = place.desk(), tmp_path / "x.flt"
    kept = desk.change(shipped(), narrower(shipped()))
    desk.sign("id-card")
    desk.export("id-card", file)
    desk.change(kept.standard, narrower(kept.standard, "又一份通知"))
    assert desk.verify("id-card").state is SignatureState.UNSIGNED
    assert [p.name for p in desk.export("id-card", file)] == ["x.flt"]
    assert not file.with_name("x.flt.sig").exists(), "no signature of another file is left beside it"


def test_an_export_that_cannot_be_written_says_so(place: StandardsPlace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert _refusal(lambda: place.desk().export("id-card", tmp_path / "file" / "x.flt")) == "STD-114"


def test_a_shipped_standard_is_exported_byte_for_byte(place: StandardsPlace, tmp_path: Path) -> None:
    place.desk(Role.OPERATOR).export("id-card", tmp_path / "x.flt")
    assert b"# \xe5\xb1\x85\xe6\xb0\x91" in (tmp_path / "x.flt").read_bytes(), "its comments too"


def _taken(desk: StandardsDesk) -> object:
    path = desk._folder.kept("exit-entry").file
    return desk.take(desk.read(path), answered=True)


@pytest.mark.parametrize(
    "step",
    [
        lambda desk: desk.new(replace(shipped(), id="n", name_zh="n", name_en="n"), shipped()),
        lambda desk: desk.change(shipped(), narrower(shipped())),
        lambda desk: desk.delete("id-card"),
        lambda desk: desk.set_aside("id-card.flt"),
        lambda desk: desk.sign("id-card"),
        lambda desk: desk.trust("0" * 128),
        _taken,
    ],
    ids=["new", "change", "delete", "set aside", "sign", "trust", "import"],
)
def test_an_operator_looks_and_changes_nothing(place: StandardsPlace, step: Callable[[StandardsDesk], object]) -> None:
    desk = place.desk(Role.OPERATOR)
    assert not desk.may_change
    assert desk.details("id-card").provenance is None
    assert _refusal(lambda: step(desk)) == "AUT-104"
    assert place.files() == []


def test_the_strict_reading_of_the_command_line_refuses_a_broken_file(place: StandardsPlace) -> None:
    place.lay("id-card.flt", "flt = [")
    assert _refusal(lambda: load_standards(place.folder.standards)) == "STD-101"
