"""What the simulated camera sees: a folder's JPEGs as shots, byte for byte, and small moving frames made of them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

_FRAME_WIDTH, _FRAME_HEIGHT = 640, 426
_FRAMES_A_PICTURE = 6


class Pictures:
    """Shots in the order of their names, beginning again after the last."""

    def __init__(self, shots: list[bytes]) -> None:
        self.shots = shots or [_grey_card()]
        self._frames: dict[int, list[bytes]] = {}

    @classmethod
    def of_folder(cls, folder: Path) -> Pictures:
        """Every JPEG of a folder."""
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in {".jpg", ".jpeg"})
        return cls([path.read_bytes() for path in files])

    def shot(self, number: int) -> bytes:
        """The ``number``-th shot, from 0."""
        return self.shots[number % len(self.shots)]

    def frame(self, shot: int, number: int) -> bytes:
        """What the finder shows before that shot: the picture, small, breathing a little."""
        position = shot % len(self.shots)
        if position not in self._frames:
            self._frames[position] = _frames_of(self.shots[position])
        return self._frames[position][number % _FRAMES_A_PICTURE]


def _frames_of(jpeg: bytes) -> list[bytes]:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_REDUCED_COLOR_4)
    if picture is None:
        picture = cv2.imdecode(np.frombuffer(_grey_card(), np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError("no picture")
    height, width = picture.shape[:2]
    scale = min(_FRAME_WIDTH / width, _FRAME_HEIGHT / height)
    frames = []
    for step in range(_FRAMES_A_PICTURE):
        shift = 1.5 * np.sin(2 * np.pi * step / _FRAMES_A_PICTURE)
        move = np.array(
            [
                [scale, 0, (_FRAME_WIDTH - scale * width) / 2 + shift],
                [0, scale, (_FRAME_HEIGHT - scale * height) / 2],
            ]
        )
        frame = cv2.warpAffine(
            picture, move, (_FRAME_WIDTH, _FRAME_HEIGHT), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
        )
        frames.append(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())
    return frames


def _grey_card() -> bytes:
    """What a camera sees when nobody sits there."""
    card = np.full((1000, 1500, 3), 118, np.uint8)
    return cv2.imencode(".jpg", card, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
