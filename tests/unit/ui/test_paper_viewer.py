"""材料 looked at: a PDF page by page, beside another; what cannot be opened says so and is kept as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.audit import AuditEvent, AuditQuery
from app.domain.errors import BadInput
from app.printing.page import PagePress
from app.printing.raster import page_picture
from app.ui.rehearsal import wait_until
from app.ui.screens.papers.viewer import PaperViewer
from helpers.intake_desks import Hands, at_the_window, intake_room
from helpers.pictures import portrait_jpeg
from helpers.printers import FONT
from helpers.stores import TestClock, new_store


def locked_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="owner", user_password="user")
    return bytes(pdf.output())


def wide_pdf(millimetres: float, pages: int = 1) -> bytes:
    pdf = FPDF(format=(millimetres, millimetres / 2))
    for _ in range(pages):
        pdf.add_page()
    return bytes(pdf.output())


def looking(hands: Hands, folder: Path, **files: bytes) -> PaperViewer:
    """The case's papers, the first one in front."""
    sheet = hands.begin("RK-030")
    paths = []
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data)
        paths.append(path)
    hands.view.model.add_files("", tuple(paths))
    wait_until("papers", lambda: len(sheet.papers) == len(paths))
    hands.view._look_at(sheet.papers[0])
    wait_until("opened", lambda: not hands.bench.tasks.busy)
    return hands.view.viewer


@pytest.fixture
def window(application: QApplication, tmp_path: Path) -> Iterator[Hands]:
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    with closing(store), intake_room(store, clock) as room, at_the_window(room) as hands:
        yield hands


def settled(hands: Hands) -> None:
    wait_until("opened", lambda: not hands.bench.tasks.busy)


def test_a_pdf_is_leafed_through_and_behind_its_last_page_comes_the_next_paper(window: Hands, tmp_path: Path) -> None:
    pdf = PagePress(FONT).text("\n".join(f"第 {n} 行" for n in range(80)))
    viewer = looking(window, tmp_path, a_pdf=pdf, b_jpg=portrait_jpeg(width=200, height=300))
    caption = viewer.compare.left.caption
    assert viewer.compare.left.view.has_image()
    pages = page_picture(pdf, 0, 100)[2]
    assert pages > 1
    assert f"第 1 页，共 {pages} 页" in caption.text()
    for number in range(2, pages + 1):
        window.press(Qt.Key.Key_PageDown)
        settled(window)
        assert f"第 {number} 页" in caption.text()
    window.press(Qt.Key.Key_PageDown)
    settled(window)
    assert caption.text().startswith("b.jpg")
    window.press(Qt.Key.Key_PageUp)
    settled(window)
    assert caption.text().startswith("a.pdf")


def test_two_papers_lie_beside_each_other_when_asked_for(window: Hands, tmp_path: Path) -> None:
    viewer = looking(
        window, tmp_path, a_jpg=portrait_jpeg(width=200, height=300), b_jpg=portrait_jpeg(width=200, height=300)
    )
    assert viewer.compare.right.isHidden()
    window.press(Qt.Key.Key_B)
    settled(window)
    assert viewer.compare.right.isVisible()
    assert viewer.compare.right.caption.text().startswith("b.jpg")
    assert viewer.compare.right.view.has_image()


def test_an_encrypted_pdf_says_what_to_do_and_stays_as_it_is(window: Hands, tmp_path: Path) -> None:
    data = locked_pdf()
    viewer = looking(window, tmp_path, a_pdf=data)
    assert not viewer.compare.left.view.has_image()
    assert "打不开" in viewer.compare.left.view.sentence
    paper = window.sheet.papers[0]
    assert window.room.intake.drafts.material_data(paper.id) == data


def test_every_look_at_a_paper_is_in_the_audit_log(window: Hands, tmp_path: Path) -> None:
    looking(window, tmp_path, a_jpg=portrait_jpeg(width=200, height=300))
    paper = window.sheet.papers[0]
    looks = window.room.store.audit.find(AuditQuery(event=AuditEvent.PAPER_SEEN.word))
    assert [entry.record for entry in looks] == [paper.id]


@pytest.mark.parametrize(
    "broken",
    [b"", b"%PDF-1.7\n%%EOF", locked_pdf(), PagePress(FONT).text("一")[:400]],
    ids=["nothing", "no pages", "locked", "torn"],
)
def test_no_pdf_breaks_the_viewer(broken: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        page_picture(broken, 0, 500)
    assert caught.value.code == "PRN-155"


def test_a_page_that_claims_to_be_five_metres_wide_costs_no_more_memory_than_another() -> None:
    data, number, pages = page_picture(wide_pdf(5000.0), 7, 800)
    assert (number, pages) == (0, 1)
    assert max(Image.open(io.BytesIO(data)).size) <= 801


def test_a_pdf_of_five_hundred_pages_opens_at_any_of_them() -> None:
    pdf = wide_pdf(200.0, 500)
    for number in (0, 250, 499):
        assert page_picture(pdf, number, 200)[1:] == (number, 500)
