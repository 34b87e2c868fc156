"""Decode-to-verdict of a 24-megapixel JPEG beside bare cv2.imread and the same models' bare inference."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from bench.rows import Row, in_turn

from app.imaging.sitter import OTHER_SITTERS, sitter_jpeg
from helpers.eyes import eyes

WIDTH, HEIGHT = 4000, 6000


def measure() -> Iterator[Row]:
    """The raw shot's badge, and the issued photo."""
    data = sitter_jpeg(OTHER_SITTERS[0], WIDTH, HEIGHT)
    parts = eyes()
    standard = parts.standards[0]
    networks = parts.examiner.reader.networks
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shot.jpg"
        path.write_bytes(data)

        def bare() -> None:
            """What anyone must do: read the file, run each model once on a picture of its size."""
            picture = cv2.imread(str(path))
            assert picture is not None
            small = cv2.resize(picture, (853, 1280), interpolation=cv2.INTER_AREA).astype(np.uint8)
            detection = networks.detect(small)[0]
            mesh = networks.mesh(small, detection)
            for corners, mirrored in (((33, 133), True), ((362, 263), False)):
                networks.eye(small, mesh[corners[0], :2], mesh[corners[1], :2], mirrored=mirrored)
            networks.person(small)

        yield in_turn(
            "decode to verdict, one 24-MP JPEG",
            lambda: parts.examiner.screen(path.read_bytes(), standard),
            "cv2.imread and the same models' bare inference",
            bare,
        )
        composed = parts.composer.compose(data, standard)
        yield in_turn(
            "assess an issued photo (358×441)",
            lambda: parts.examiner.assess(composed.image, standard),
            "cv2.imread and the same models' bare inference on 24 MP",
            bare,
        )
