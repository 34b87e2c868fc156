"""What an officer does to pages: each step says how they stand afterwards, and nothing else changes."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.archive import edits
from app.archive.sorting import Owner
from app.domain.archive_batch import ArchivePage, PageFound, PageRole, Standing, TypedBy


def page(number: int, serial: str = "XL1", role: PageRole = PageRole.PAGE, **changes: object) -> ArchivePage:
    standing = Standing(role, "V", serial, "ZCDJ", float(number), **changes)  # type: ignore[arg-type]
    now = datetime(2026, 11, 27, tzinfo=UTC)
    return ArchivePage(f"P{number}", "B", number, "front", 300, 9, f"d{number}", "image/jpeg", now, PageFound(), standing)


def after(pages: list[ArchivePage], changes: edits.Changes) -> list[ArchivePage]:
    from dataclasses import replace

    return [replace(each, standing=changes.get(each.id, each.standing)) for each in pages]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 8)), max_size=60))
def test_pages_moved_again_and_again_stay_all_there_and_lie_where_they_were_put(moves: list[tuple[int, int]]) -> None:
    pages = [page(number) for number in range(1, 9)]
    for which, before in moves:
        order = edits.in_order(pages)
        moved = order[which]
        target = order[before] if before < len(order) else None
        pages = after(pages, edits.put_before(pages, [moved], target))
        now = [each.id for each in edits.in_order(pages)]
        assert sorted(now) == sorted(each.id for each in order)
        if target is None:
            assert now[-1] == moved.id
        elif target.id != moved.id:
            assert now.index(moved.id) + 1 == now.index(target.id)


def test_a_file_is_split_at_a_page_and_keeps_its_order() -> None:
    pages = [page(number) for number in range(1, 6)]
    pages = after(pages, edits.split_from(pages, pages[2], Owner("V", "XL2", "ZYDJ")))
    assert [each.standing.serial for each in pages] == ["XL1", "XL1", "XL2", "XL2", "XL2"]
    assert {each.standing.business for each in pages[2:]} == {"ZYDJ"}


def test_a_page_scanned_anew_takes_the_place_and_type_of_the_rejected_one_which_stays() -> None:
    old = page(2, type="origin", by="officer", rejected="不清晰")
    new = page(9, serial="")
    changes = edits.replaced(old, new)
    assert changes[old.id].role is PageRole.REPLACED
    assert changes[old.id].rejected == ""
    said = changes[new.id]
    assert (said.serial, said.place, said.type, said.by) == ("XL1", 2.0, "origin", "officer")


def test_a_number_typed_for_an_unread_separator_makes_it_a_separator() -> None:
    unread, behind = page(1, "", PageRole.UNREAD), page(2, "")
    changes = edits.numbered([unread, behind], Owner("D", "DL7", "CCSL"))
    assert [(s.role, s.serial) for s in changes.values()] == [(PageRole.SEPARATOR, "DL7"), (PageRole.PAGE, "DL7")]


def test_an_officer_s_word_is_certain_and_four_turns_are_none() -> None:
    one = page(1, type="other", by="picture", confidence=0.4)
    said = edits.retyped([one], "origin")[one.id]
    assert (said.type, said.by, said.confidence) == ("origin", TypedBy.OFFICER.value, 1.0)
    turned = one
    for _ in range(4):
        turned = after([turned], edits.turned([turned], 90))[0]
    assert turned.standing == one.standing
