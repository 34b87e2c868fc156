"""A whole day's work, then a search of everything the program may have written: nobody's name, number or picture is found.

Left out are the things around the workstation in training mode: drawn sitters (what stands before the camera) and printed
paper (what lies on the counter).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest

from app.bootstrap.demonstration import STANDARDS, demo_applicant, through_stations, wait_until_sent
from app.config.matters import shipped_catalogue
from app.desk.desk import Desk
from app.domain.archive_batch import BatchProfile, FileFacts
from app.domain.cases.case import FieldValue
from app.domain.records import ShootingMode
from app.store.drafts import Paper
from helpers.archive_documents import drawn
from helpers.desks import training_desk

APPLICANT = demo_applicant()
OWNER, PLATE, ARCHIVE_NUMBER = "示例车主乙", "渝A77777", "DA-2026-7777"
PLANTED = (APPLICANT.name, APPLICANT.id_number, OWNER, PLATE, ARCHIVE_NUMBER)
# Not three bytes alone: among sealed bytes they come by chance.
PICTURE = re.compile(rb"\xff\xd8\xff[\xe0\xe1]..(?:JFIF|Exif)\x00|\x89PNG\r\n\x1a\n|%PDF-1\.", re.DOTALL)
AROUND = {"sitters", "paper"}


def spellings() -> Iterator[bytes]:
    for text in PLANTED:
        for coding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            yield text.encode(coding)
        yield text.encode("ascii", "backslashreplace") if not text.isascii() else text.encode()


def found_in(folder: Path) -> list[str]:
    """Files that somebody could read something of."""
    words = tuple(spellings())
    readable = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not AROUND & set(path.relative_to(folder).parts):
            data = path.read_bytes()
            if PICTURE.search(data) or any(word in data for word in words):
                readable.append(str(path.relative_to(folder)))
    return readable


def photos(desk: Desk) -> None:
    session = desk.photo.begin(APPLICANT, STANDARDS[:1], ShootingMode.REGULAR)
    shot = desk.photo.shoot(session.id)[0]
    desk.photo.screen(shot.id, STANDARDS[0])
    desk.photo.choose(session.id, shot.id)
    composed = [desk.photo.compose(shot.id, STANDARDS[0])]
    said = through_stations(desk, session.id, composed)
    desk.photo.save(session.id, composed, forced_reason="演示", passes=said)
    desk.receipts.print(session.id)
    desk.photo.close(session.id)


def archive(desk: Desk, scanned: Path) -> None:
    batch = desk.archive.begin(BatchProfile("V", "files", serial="DY2026007777", business="DYDJ"))
    desk.archive.take_in(batch.id, [scanned])
    file = desk.archive.look(batch.id).files[0]
    known = desk.archive.know(file, FileFacts(PLATE, "02", "", ARCHIVE_NUMBER, APPLICANT.id_number, OWNER), "DYDJ")
    desk.archive.compare(known)


def draft(desk: Desk, paper: bytes) -> None:
    """Typed and left in the middle."""
    drafts = desk.intake.drafts
    begun = drafts.begin(shipped_catalogue().matters[0].code)
    for name, text in (("name", OWNER), ("id_number", APPLICANT.id_number), ("plate", PLATE)):
        drafts.change(begun.id, name, FieldValue(text))
    desk.intake.journal.flush()
    drafts.attach(begun.id, Paper("identity", "身份证", "scanner", "image/jpeg", paper))


def test_after_a_day_s_work_nothing_can_be_read_while_it_runs_or_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, pages = tmp_path / "home", tmp_path / "pages"
    for folder in (home / "tmp", pages):
        folder.mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    cv2.imwrite(str(pages / "page.jpg"), drawn("vehicle", "mortgage-form", 5, 150))
    with training_desk(home) as (desk, _):
        photos(desk)
        archive(desk, pages / "page.jpg")
        draft(desk, (pages / "page.jpg").read_bytes())
        wait_until_sent(desk)
        assert desk.records.photo(desk.outbox.items()[0].photo_number).applicant.name == APPLICANT.name
        assert found_in(home) == [], "while it runs: database, its log, sealed files, temporary files, the back end"
    assert found_in(home) == [], "after signing out"
    wal = [path.name for path in home.rglob("*") if path.suffix in {".tmp", ".part"}]
    assert wal == [], "nothing half written stays"


@pytest.mark.parametrize(
    "content", [APPLICANT.name.encode(), OWNER.encode("gb18030"), PLATE.encode("utf-16-le"), b"%PDF-1.7"]
)
def test_the_search_itself_finds_what_is_planted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "job").write_bytes(b"\x00" * 50 + content + b"\x00" * 50)
    (tmp_path / "sealed").write_bytes(bytes(range(256)) * 20)
    assert found_in(tmp_path) == ["spool/job"]


def test_the_search_itself_finds_a_picture(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "left.jpg"), drawn("vehicle", "mortgage-form", 5, 40))
    assert found_in(tmp_path) == ["left.jpg"]
