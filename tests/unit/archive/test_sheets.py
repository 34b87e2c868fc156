"""Pages from files: many-page TIFFs and PDFs page by page, pictures byte for byte; nonsense is refused by name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.archive.sheets import sheets_of
from app.domain.errors import BadInput
from app.imaging.decode import decode
from helpers.archive_files import bomb_tiff


def tiff(*colours: tuple[int, int, int]) -> bytes:
    pages = [Image.new("RGB", (30, 40), colour) for colour in colours]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    return out.getvalue()


def test_a_tiff_comes_page_by_page_with_its_dpi(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff((255, 0, 0), (0, 255, 0), (0, 0, 255)))
    sheets = list(sheets_of(path, 300))
    assert [(sheet.media_type, sheet.dpi) for sheet in sheets] == [("image/png", 200)] * 3
    assert [tuple(decode(sheet.data).pixels[0, 0]) for sheet in sheets] == [(0, 0, 255), (0, 255, 0), (255, 0, 0)]


def test_a_jpeg_stays_as_it_is_byte_for_byte(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), (9, 9, 9)).save(out, "JPEG", dpi=(300, 300))
    path = tmp_path / "a.jpg"
    path.write_bytes(out.getvalue())
    (sheet,) = sheets_of(path, 300)
    assert (sheet.data, sheet.media_type, sheet.dpi) == (out.getvalue(), "image/jpeg", 300)


def test_a_folder_that_is_gone_is_said_with_the_file_s_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        list(sheets_of(tmp_path / "gone" / "7.jpg", 300))
    assert (refusal.value.code, refusal.value.params["name"]) == ("ARC-142", "7.jpg")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
    st.binary(max_size=300),
    st.integers(0, 200),
)
def test_whatever_a_file_holds_it_is_taken_or_refused(tmp_path: Path, start: bytes, rest: bytes, cut: int) -> None:
    path = tmp_path / "any"
    for data in (start + rest, tiff((1, 2, 3))[:cut] + rest, bomb_tiff(20_000 if cut > 90 else cut * 100)):
        path.write_bytes(data)
        try:
            list(sheets_of(path, 72))
        except BadInput as refusal:
            assert refusal.code[:4] in {"ARC-", "IMG-"}  # noqa: PT017 - any of them is right
