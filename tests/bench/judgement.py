"""Ten shots judged and ranked, one shot for six services, a replaced background, memory: each beside a bare one."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import simplejpeg
from bench.rows import Row, in_turn, row

from app.imaging.sitter import SITTERS, sitter_jpeg
from app.photo.verdict import rank
from helpers.eyes import eyes

_WINDOW_TASKS = 3  # as many as the window asks at once
_SIX = ("id-card", "residence-permit", "social-security", "exit-entry", "exit-entry-390", "driving-licence")


def measure() -> Iterator[Row]:
    """Every figure on a 24-MP JPEG."""
    parts = eyes()
    standard = parts.standards[0]
    data = sitter_jpeg(SITTERS[1], 4000, 6000)
    networks = parts.examiner.reader.networks

    def bare() -> None:
        """Decode, and each model once."""
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        small = np.asarray(cv2.resize(picture, (853, 1280), interpolation=cv2.INTER_AREA), np.uint8)
        detection = networks.detect(small)[0]
        mesh = networks.mesh(small, detection)
        for corners, mirrored in (((33, 133), True), ((362, 263), False)):
            networks.eye(small, mesh[corners[0], :2], mesh[corners[1], :2], mirrored=mirrored)
        networks.person(small)

    def judge_ten() -> None:
        with ThreadPoolExecutor(3) as pool:
            reports = [s.report for s in pool.map(lambda _: parts.examiner.screen(data, standard), range(10))]
        rank(reports, standard)

    def bare_ten() -> None:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda _: bare(), range(10)))

    reports = [parts.examiner.screen(data, standard).report for _ in range(10)]
    yield in_turn(
        "rank ten judged shots",
        lambda: rank(reports, standard),
        "judge one of them",
        lambda: parts.examiner.screen(data, standard),
    )
    yield in_turn("judge and rank ten 24-MP shots", judge_ten, "decode and bare models, ten times", bare_ten, runs=3)

    def six() -> None:
        parts.composer.forget()
        wanted = [next(s for s in parts.standards if s.id == name) for name in _SIX]
        with ThreadPoolExecutor(_WINDOW_TASKS) as pool:
            list(pool.map(lambda standard: parts.composer.compose(data, standard), wanted))

    yield in_turn("compose one 24-MP shot for six services", six, "decode and bare models, once", bare, runs=3)

    def replaced() -> None:
        parts.composer.forget()
        parts.composer.compose(data, standard, replace_background=True)

    def kept() -> None:
        parts.composer.forget()
        parts.composer.compose(data, standard, replace_background=False)

    yield in_turn("background of a 24-MP shot replaced", replaced, "the same photo, background kept", kept, runs=3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pixels = simplejpeg.decode_jpeg(data, colorspace="BGR").nbytes / 2**20
    yield row("peak memory of judging and composing", peak, "MiB", "the decoded 24-MP picture", pixels)
