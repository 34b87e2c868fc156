"""`jingchuang archive`: piles through a feeder into the sealed store, each page typed under its 流水号, acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest

from app.archive.edits import retyped, signed_for
from app.archive.separators import FileKind, Separator
from app.bootstrap.server import type_of
from app.config.places import RESOURCES
from app.domain.audit import AuditEvent, AuditQuery
from app.domain.errors import StoreFault
from app.imaging.decode import decode
from app.security.files import write_private
from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.server import FeederSimulator
from helpers.archive_files import bomb_tiff, locked_pdf
from helpers.archive_piles import DPI, FIRST_LICENCE, REGISTRATION, Archivist, TypedPile, typed_pile
from helpers.library import Library
from helpers.scanners import feeder, sane_test


@pytest.fixture
def simulator() -> Iterator[FeederSimulator]:
    with feeder(0) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", type_of=type_of)
    library.url = library.start()
    yield library
    library.stop()


@pytest.fixture
def archivist(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Archivist:
    return Archivist(tmp_path / "data", monkeypatch, capsys, library.url)


def scan(archivist: Archivist, simulator: FeederSimulator, *more: str) -> tuple[int, dict[str, Any]]:
    return archivist.run("scan", "--device", f"escl:{simulator.url}", "--dpi", str(DPI), *more)


def types_of(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {file["serial"]: [page["type"] for page in file["pages"]] for file in answer["files"]}


@pytest.fixture
def pile(tmp_path: Path) -> TypedPile:
    pile = typed_pile(tmp_path / "sheets")
    pile.file("XL2026000001", REGISTRATION, seed=1)
    pile.file("DL2026000001", FIRST_LICENCE, "driver", seed=2)
    return pile


def test_each_page_ends_under_its_number_typed_and_acknowledged(
    archivist: Archivist, simulator: FeederSimulator, library: Library, pile: TypedPile
) -> None:
    simulator.feed(pile.paths)
    code, answer = scan(archivist, simulator, "--expect-files", "2", "--accept")
    assert types_of(answer) == pile.truth
    assert [(file["state"], file["hidden"]) for file in answer["files"]] == [("open", 2), ("open", 2)], (
        "150 dpi is below what important material needs: it waits for a second officer"
    )
    assert code == 1
    assert [file["why"] for file in answer["files"]] == [f"这份档案有 {n} 页存疑，不能确认归档。" for n in (6, 5)]


def test_a_complete_file_of_sharp_pages_leaves_by_itself(
    archivist: Archivist, simulator: FeederSimulator, library: Library, tmp_path: Path
) -> None:
    pile = typed_pile(tmp_path / "sheets")
    pile.separator(Separator(FileKind.VEHICLE, "DY2026000001", "DYDJ"), "抵押登记")
    for number, type_id in enumerate(("mortgage-form", "identity-copy")):
        pile.typed("vehicle", type_id, number, 300)
    pile.separator(Separator(FileKind.VEHICLE, "DY2026000002", "DYDJ"), "抵押登记")
    pile.typed("vehicle", "mortgage-form", 7, 300)
    simulator.feed(pile.paths)
    code, answer = archivist.run("scan", "--device", f"escl:{simulator.url}", "--accept")
    first, second = answer["files"]
    assert (first["state"], first["receipt"][0]) == ("sent", "F")
    assert (second["state"], second["receipt"]) == ("open", ""), "its owner's identity is missing"
    assert "所有人与抵押权人身份证明" in second["why"]
    assert code == 1
    received = library.service.archives.book.find({"serial": "DY2026000001"})
    assert [page["type"] for page in received[0]["pages"]] == ["mortgage-form", "identity-copy"]


def test_after_a_jam_the_batch_goes_on_and_nothing_is_lost_or_doubled(
    archivist: Archivist, simulator: FeederSimulator, pile: TypedPile
) -> None:
    simulator.feed(pile.paths)
    simulator.fail(FeederFaultKind.JAM, after=5)
    code, answer = scan(archivist, simulator)
    assert (code, answer["error"]["code"], answer["pages"]) == (3, "SCN-101", 5)
    simulator.fail(FeederFaultKind.NONE)
    code, answer = scan(archivist, simulator, "--batch", answer["batch"])
    assert (code, answer["pages"]) == (0, len(pile.paths))
    assert types_of(answer) == pile.truth


def test_pages_from_files_are_accepted_sent_found_exported_repaired_and_cleaned_up(
    archivist: Archivist, library: Library, tmp_path: Path
) -> None:
    pile = typed_pile(tmp_path / "sheets")
    pile.file("XL2026000009", REGISTRATION, seed=5)
    code, answer = archivist.run("take", *map(str, pile.paths))
    assert types_of(answer) == pile.truth
    store = archivist.store()
    try:
        batch = store.archive.open_batches()[0]
        red = [page for page in store.archive.pages(batch.id) if page.counts]
        store.archive.change(batch.id, "sign", "zhang", signed_for(red, "second"))
    finally:
        store.close()
    code, answer = archivist.run("take", "--batch", answer["batch"], "--accept", str(tmp_path / "sheets" / "nothing"))
    assert code == 2, "a file that is not there is said, the batch stays"
    store = archivist.store()
    page = next(page for page in store.archive.pages(batch.id) if page.standing.type == "origin")
    store.archive.change(batch.id, "type", "zhang", retyped([page], "other"))
    store.archive.change(batch.id, "type", "zhang", retyped([store.archive.page(page.id)], "origin"))
    store.close()
    code, labelled = archivist.run("corrections")
    assert [(row["digest"], row["said"], row["type"]) for row in labelled["corrections"]] == [
        (page.digest, "origin", "origin")
    ]
    (tmp_path / "empty").mkdir()
    code, answer = archivist.run("take", "--batch", batch.id, "--accept", str(tmp_path / "empty"))
    assert code == 0, answer
    assert [(file["state"], bool(file["receipt"])) for file in answer["files"]] == [("sent", True)]
    book = library.service.archives.book
    assert [file["serial"] for file in book.find({"serial": "XL2026000009"})] == ["XL2026000009"]
    code, found = archivist.run("find", "--serial", "XL2026000009")
    assert [(file["pages"], file["types"]) for file in found["files"]] == [(6, list(REGISTRATION))]
    code, counts = archivist.run("find", "--count")
    assert [(c["officer"], c["files"], c["pages"], c["sent"]) for c in counts["counts"]] == [("zhang", 1, 6, 1)]

    code, _ = archivist.run("export", "--serial", "XL2026000009", "--out", str(tmp_path / "out"))
    with pypdfium2.PdfDocument(tmp_path / "out" / "XL2026000009.pdf") as pdf:
        assert len(pdf) == 6
        assert "发票" in pdf[2].get_textpage().get_text_range() or "来历证明" in pdf[2].get_textpage().get_text_range()
    code, _ = archivist.run("export", "--serial", "XL2026000009", "--format", "jpeg", "--out", str(tmp_path / "jpeg"))
    assert len([decode(path.read_bytes()) for path in (tmp_path / "jpeg").iterdir()]) == 6

    damaged = archivist.folder.blobs / red[0].id[-2:].lower() / f"{red[0].id}.sealed"
    damaged.write_bytes(damaged.read_bytes()[:-40])
    code, checked = archivist.run("check")
    assert (code, checked["repaired"], checked["lost"]) == (0, [red[0].id], [])
    assert archivist.run("check")[1]["repaired"] == []


def test_a_file_is_found_by_what_an_officer_says_of_it_and_a_pile_is_counted_again(
    archivist: Archivist, tmp_path: Path
) -> None:
    pile = typed_pile(tmp_path / "sheets")
    pile.file("XL2026000001", REGISTRATION[:1], seed=1)
    code, answer = archivist.run("take", "--expect-pages", "7", *map(str, pile.paths))
    assert (code, [row["id"] for row in answer["asked"]]) == (1, ["pages-declared"])
    code, answer = archivist.run("declare", "--batch", answer["batch"], "--expect-pages", "1")
    assert (code, answer["asked"]) == (0, [])
    code, refused = archivist.run("declare", "--batch", answer["batch"], "--throw-away")
    assert (code, refused["error"]["code"]) == (2, "ARC-127")

    said = ("--plate", "渝a12345", "--plate-kind", "02", "--archive-number", "a-7")
    code, known = archivist.run("know", "--serial", "XL2026000001", *said)
    assert (code, known["plate"], known["archive_number"], known["vin"]) == (0, "渝A12345", "A-7", "")
    code, known = archivist.run("know", "--serial", "XL2026000001", "--name", "示例甲", "--business", "DYDJ")
    assert (known["plate"], known["name"], known["business"]) == ("渝A12345", "示例甲", "DYDJ")
    for asked, count in ((said[:4], 1), (said[4:], 1), (("--plate", "渝A12345", "--plate-kind", "01"), 0)):
        assert len(archivist.run("find", *asked)[1]["files"]) == count, asked
    assert archivist.run("find", "--business", "DYDJ", "--state", "open")[1]["files"][0]["name"] == "示例甲"
    assert archivist.run("find", "--state", "returned")[1]["files"] == []
    for wrong, expected in (
        (("know", "--serial", "XL2026000002"), "ARC-156"),
        (("know", "--serial", "XL2026000001", "--plate", "渝A12345", "--plate-kind", "98"), "ARC-154"),
        (("know", "--serial", "XL2026000001", "--business", "NONE"), "ARC-102"),
        (("find", "--plate-kind", "small"), "ARC-154"),
    ):
        code, refused = archivist.run(*wrong)
        assert (code, refused["error"]["code"]) == (2, expected)

    archivist.run("take", *map(str, pile.paths))
    code, refused = archivist.run("know", "--serial", "XL2026000001", "--name", "示例乙")
    assert (code, refused["error"]["code"]) == (2, "ARC-155"), "two files bear the number"
    code, known = archivist.run("know", "--serial", "XL2026000001", "--batch", answer["batch"], "--name", "示例乙")
    assert (code, known["name"]) == (0, "示例乙")


def test_the_training_scanner_s_pile_is_two_whole_files_and_lies_there_again_afterwards(archivist: Archivist) -> None:
    address = f"sim:feeder?feed={quote(str(RESOURCES / 'training' / 'archive'))}"
    for _ in range(2):
        code, answer = archivist.run("scan", "--device", address, "--accept")
        assert code == 0, answer
        assert [(file["serial"], len(file["pages"]), file["state"]) for file in answer["files"]] == [
            ("DY2026000001", 2, "sent"),
            ("BG2026000001", 3, "sent"),
        ]


def test_sane_s_own_test_scanner_sends_one_page_ten_times_and_that_is_seen(archivist: Archivist, tmp_path: Path) -> None:
    code, answer = archivist.run(
        "scan", "--device", sane_test(tmp_path / "sane"), "--dpi", "75", "--serial", "XL2026000001"
    )
    assert code == 1
    assert [(each["id"], each["count"]) for each in answer["asked"]] == [("copies", answer["pages"] - 1)]
    assert [(len(file["pages"]), file["hidden"]) for file in answer["files"]] == [(1, answer["pages"] - 1)]


def test_a_full_disk_stops_the_feeder_and_what_was_kept_stays(
    archivist: Archivist, simulator: FeederSimulator, pile: TypedPile, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Path] = []

    def until_full(path: Path, data: bytes) -> None:
        if len(kept) == 4:
            raise StoreFault("STO-101")
        write_private(path, data)
        kept.append(path)

    simulator.feed(pile.paths)
    monkeypatch.setattr("app.store.blobs.write_private", until_full)
    code, answer = scan(archivist, simulator)
    assert (code, answer["error"]["code"]) == (3, "STO-101")
    assert simulator.left >= len(pile.paths) - 6, "the feeder stopped; at most two more sheets were drawn in"
    monkeypatch.setattr("app.store.blobs.write_private", write_private)
    store = archivist.store()
    batch = store.archive.open_batches()[0].id
    assert len(store.archive.pages(batch)) == 4
    store.close()
    code, answer = scan(archivist, simulator, "--batch", batch)
    assert code == 0
    assert answer["pages"] >= len(pile.paths) - 2, "only sheets that lie in the tray are missing"


def test_what_cannot_be_taken_is_said_by_name_and_nothing_is_lost(archivist: Archivist, tmp_path: Path) -> None:
    good = typed_pile(tmp_path / "sheets")
    good.file("XL2026000001", ("origin",), blank=False)
    for name, data, wanted in (
        ("bomb.tif", bomb_tiff(), "IMG-103"),
        ("locked.pdf", locked_pdf(), "ARC-141"),
        ("torn.pdf", b"%PDF-1.4 nothing", "ARC-141"),
        ("none.jpg", b"no picture", "IMG-102"),
    ):
        bad = tmp_path / name
        bad.write_bytes(data)
        code, answer = archivist.run("take", *map(str, good.paths), str(bad))
        assert (code, answer["error"]["code"]) == (2, wanted), name
    store = archivist.store()
    try:
        kept = [len(store.archive.pages(batch.id)) for batch in store.archive.open_batches()]
        assert kept == [2, 2, 2, 2], "the pages before it are kept each time"
        assert any(entry.event == AuditEvent.ARCHIVE_SCANNED.word for entry in store.audit.find(AuditQuery()))
    finally:
        store.close()
