"""人证核验 with a site's model: the chip's photo against the face before a real camera worker; a person decides."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import cv2
import numpy as np
import pytest
from PIL import Image

from app.desk.camera_seat import CameraSeat
from app.desk.face_check import FaceCheckDesk, FaceMatch
from app.domain.errors import BadInput, SetupFault
from app.imaging.decode import decode
from app.imaging.sitter import sitter_jpeg
from app.inspection.face import FaceReader
from app.inspection.face_match import FaceMatcher
from app.security.digest import sm3_hex
from devices.ports.card_photo import HEIGHT, WIDTH, CardPicture
from devices.ports.errors import DeviceAbsent
from devices.registry import worker_launch
from helpers.audit import Remembered
from helpers.pictures import STRAIGHT
from helpers.tiny_network import tiny_face_network

LIMIT = 0.995
SIZE = (900, 1200)


@pytest.fixture(scope="module")
def reader() -> FaceReader:
    return FaceReader(sm3_hex)


def chip_of(jpeg: bytes) -> CardPicture:
    """The same face as a chip's photo carries it: 102 x 126."""
    pixels = decode(jpeg).pixels
    height, width = pixels.shape[:2]
    side = min(width, round(height * WIDTH / HEIGHT))
    left = (width - side) // 2
    cut = pixels[: round(side * HEIGHT / WIDTH), left : left + side]
    small = cv2.resize(cut, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return CardPicture(small[:, :, ::-1].tobytes())


def yellowed(jpeg: bytes) -> bytes:
    """Somebody else to a network that sees colours alone."""
    pixels = (decode(jpeg).pixels * np.array([0.5, 1.0, 1.0])).astype(np.uint8)
    return bytes(cv2.imencode(".jpg", pixels)[1])


@contextmanager
def camera_before(folder: Path, picture: bytes) -> Iterator[CameraSeat]:
    """A camera that sees this picture."""
    folder.mkdir()
    (folder / "a.jpg").write_bytes(picture)
    seat = CameraSeat(lambda: worker_launch("camera", f"sim:nikon?folder={quote(str(folder))}"))
    seat.start()
    try:
        assert seat.wait_until_ready(60)
        yield seat
    finally:
        seat.stop()


def compared(reader: FaceReader, tmp_path: Path, live: bytes, chip: CardPicture, audit: Remembered) -> FaceMatch:
    model = tiny_face_network(tmp_path / "tiny.onnx")
    with camera_before(tmp_path / "sitters", live) as camera:
        desk = FaceCheckDesk(reader, partial(FaceMatcher, model), camera, LIMIT, audit)
        return desk.compare(chip, "999999199503010016")


def test_the_same_face_scores_higher_than_another_and_the_look_is_logged(reader: FaceReader, tmp_path: Path) -> None:
    first = sitter_jpeg(STRAIGHT, *SIZE)
    second = yellowed(first)
    audit = Remembered()
    same, other = tmp_path / "same", tmp_path / "other"
    same.mkdir()
    other.mkdir()
    alike = compared(reader, same, first, chip_of(first), audit)
    unlike = compared(reader, other, second, chip_of(first), audit)
    assert alike.score > unlike.score, (alike, unlike)
    assert alike.alike
    assert not unlike.alike
    assert alike.faces == 1
    assert audit.words == [("faces-compared", "ok")] * 2


def test_nobody_before_the_camera_and_no_face_in_the_chip_say_so(reader: FaceReader, tmp_path: Path) -> None:
    wall = io.BytesIO()
    Image.new("RGB", SIZE, (200, 200, 200)).save(wall, "JPEG")
    sitter = sitter_jpeg(STRAIGHT, *SIZE)
    empty, nobody = tmp_path / "empty", tmp_path / "nobody"
    empty.mkdir()
    nobody.mkdir()
    with pytest.raises(BadInput, match="FCE-102"):
        compared(reader, empty, sitter, CardPicture(np.full((HEIGHT, WIDTH, 3), 200, np.uint8).tobytes()), Remembered())
    with pytest.raises(BadInput, match="FCE-103"):
        compared(reader, nobody, wall.getvalue(), chip_of(sitter), Remembered())


def test_a_file_that_is_no_network_is_told_and_no_camera_too(reader: FaceReader, tmp_path: Path) -> None:
    chip = chip_of(sitter_jpeg(STRAIGHT, *SIZE))
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a network")
    seat = CameraSeat(lambda: worker_launch("camera", "sim:nikon?folder=/nowhere"))
    with pytest.raises(SetupFault, match="FCE-101"):
        FaceCheckDesk(reader, partial(FaceMatcher, broken), seat, LIMIT, Remembered()).compare(chip, "")
    model = tiny_face_network(tmp_path / "tiny.onnx")
    desk = FaceCheckDesk(reader, partial(FaceMatcher, model), seat, LIMIT, Remembered())
    with pytest.raises(DeviceAbsent):
        desk.compare(chip, "")
    assert not FaceCheckDesk(reader, None, seat, LIMIT, Remembered()).offered
