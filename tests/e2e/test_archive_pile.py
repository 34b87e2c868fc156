"""A morning's archive: more than 200 pages in ten files through sane-airscan and through our own driver, jams included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.archive.edits import retyped, signed_for
from app.bootstrap.server import type_of
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.server import FeederSimulator
from helpers.archive_piles import DPI, FIRST_LICENCE, REGISTRATION, Archivist, TypedPile, typed_pile
from helpers.library import Library
from helpers.scanners import airscan, feeder

_MORE = ("form-notes", "vehicle-photo", "certificate-cover", "file-contents")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", type_of=type_of)
    library.url = library.start()
    yield library
    library.stop()


def morning(folder: Path, files: int, times: int) -> TypedPile:
    """Every other file is a driver's; a vehicle's has notes, photos and covers many times over."""
    pile = typed_pile(folder)
    for number in range(files):
        kind = "driver" if number % 2 else "vehicle"
        types = FIRST_LICENCE * times if kind == "driver" else (*REGISTRATION, *_MORE * 2 * times)
        pile.file(f"{kind[0].upper()}L20261127{number:04}", types, kind, seed=number)
    return pile


def through(archivist: Archivist, simulator: FeederSimulator, address: str, pile: TypedPile, library: Library) -> None:
    simulator.feed(pile.paths)
    words = ("scan", "--device", address, "--dpi", str(DPI), "--source", "adf")
    simulator.fail(FeederFaultKind.JAM, after=len(pile.paths) // 3)
    code, answer = archivist.run(*words)
    assert code == 3, answer
    batch = answer["batch"]
    simulator.fail(FeederFaultKind.DOUBLE_FEED, after=len(pile.paths) // 3)
    code, answer = archivist.run(*words, "--batch", batch)
    assert code == 3, answer
    simulator.fail(FeederFaultKind.NONE)
    code, answer = archivist.run(*words, "--batch", batch)
    assert code in {0, 1}, answer
    assert answer["pages"] == len(pile.paths), "every sheet once, whatever broke on the way"
    assert [file["serial"] for file in answer["files"]] == list(pile.truth)
    said = {file["serial"]: [page["type"] for page in file["pages"]] for file in answer["files"]}
    wrong = [
        (serial, truth, typed)
        for serial, types in pile.truth.items()
        for truth, typed in zip(types, said[serial], strict=True)
        if typed not in {truth, ""}
    ]
    assert not wrong, "a page is typed rightly or left to a person"
    store = archivist.store()
    try:
        pages = [page for page in store.archive.pages(batch) if page.counts]
        store.archive.change(batch, "sign", "zhang", signed_for(pages, "second"))
        open_ = [page for page in pages if not page.standing.type]
        assert len(open_) <= len(pages) // 50
        for page in open_:  # what a person would say
            types = pile.truth[page.standing.serial]
            mine = [p.id for p in pages if p.standing.serial == page.standing.serial]
            store.archive.change(batch, "type", "zhang", retyped([store.archive.page(page.id)], types[mine.index(page.id)]))
    finally:
        store.close()
    code, answer = archivist.run("take", "--batch", batch, "--accept", str(_empty(archivist)))
    assert [file["state"] for file in answer["files"]] == ["sent"] * len(pile.truth), answer
    received = library.service.archives.book.find({})
    assert {file["serial"]: len(file["pages"]) for file in received} == {s: len(t) for s, t in pile.truth.items()}


def _empty(archivist: Archivist) -> Path:
    folder = archivist.folder.root.parent / "empty"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def archivist(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Archivist:
    return Archivist(tmp_path / "data", monkeypatch, capsys, library.url)


@pytest.mark.exhaustive
def test_two_hundred_pages_through_sane_airscan(archivist: Archivist, library: Library, tmp_path: Path) -> None:
    pile = morning(tmp_path / "sheets", 10, 3)
    assert sum(map(len, pile.truth.values())) >= 200
    with feeder(0) as simulator:
        through(archivist, simulator, airscan(tmp_path / "sane", simulator), pile, library)


@pytest.mark.exhaustive
def test_two_hundred_pages_through_our_own_driver(archivist: Archivist, library: Library, tmp_path: Path) -> None:
    pile = morning(tmp_path / "sheets", 10, 3)
    with feeder(0) as simulator:
        through(archivist, simulator, f"escl:{simulator.url}", pile, library)
