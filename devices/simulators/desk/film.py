"""A film of an officer at work under a document camera: sheets laid, moved, covered by a hand, taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import cv2
import numpy as np

from devices.simulators.desk.scene import DeskKind, Laid, Picture, View, render

FRAMES_PER_S = 10.0
_SKIN = (140, 170, 214)
_STILL_FRAMES = 9
_HAND_FRAMES = 5
_NOISES = 3


class Act(Enum):
    """What happens next on the desk."""

    LAY = "lay"  # with a hand, then still
    NUDGE = "nudge"  # the hand moves what lies there by a few millimetres
    WAVE = "wave"  # the hand passes over it and changes nothing
    REST = "rest"  # the hand stays on it, still
    CLEAR = "clear"  # everything is taken away
    WAIT = "wait"  # nothing happens


@dataclass(frozen=True)
class Scene:
    """One act, and what lies on the desk after it (LAY and NUDGE)."""

    act: Act
    pages: tuple[Laid, ...] = ()


def frames(scenes: Sequence[Scene], desk: DeskKind, view: View, seed: int = 1) -> Iterator[Picture]:
    """BGR frames at ``FRAMES_PER_S``; begins and ends with the desk as it is."""
    random = np.random.default_rng(seed)
    lying: tuple[Laid, ...] = ()
    still = _Still(desk, view, seed)
    yield from still.frames(lying, _STILL_FRAMES, random)
    for scene in scenes:
        before = lying
        if scene.act in (Act.LAY, Act.NUDGE):
            lying = scene.pages
        elif scene.act is Act.CLEAR:
            lying = ()
        if scene.act is not Act.WAIT:
            for index in range(_HAND_FRAMES):
                shown = before if index < _HAND_FRAMES // 2 else lying
                yield _with_hand(still.picture(shown, random), index / (_HAND_FRAMES - 1))
        if scene.act is Act.REST:
            for _ in range(_STILL_FRAMES):
                yield _with_hand(still.picture(lying, random), 0.5)
            yield _with_hand(still.picture(lying, random), 0.9)
        yield from still.frames(lying, _STILL_FRAMES, random)


class _Still:
    """Draws each state of the desk once, with a few noises, of which each frame takes one."""

    def __init__(self, desk: DeskKind, view: View, seed: int) -> None:
        self._desk, self._view, self._seed = desk, view, seed
        self._known: dict[int, list[Picture]] = {}

    def picture(self, pages: tuple[Laid, ...], random: np.random.Generator) -> Picture:
        """One frame."""
        key = hash(tuple((id(p.picture), p.x_mm, p.y_mm, p.turned_deg) for p in pages))
        if key not in self._known:
            clean = render(self._desk, pages, replace(self._view, noise=0.0), self._seed).astype(np.float32)
            noises = [random.normal(0, self._view.noise, clean.shape[:2]).astype(np.float32) for _ in range(_NOISES)]
            self._known[key] = [np.asarray(np.clip(clean + noise[:, :, None], 0, 255), np.uint8) for noise in noises]
        return self._known[key][int(random.integers(_NOISES))]

    def frames(self, pages: tuple[Laid, ...], count: int, random: np.random.Generator) -> Iterator[Picture]:
        """``count`` frames of the same state."""
        for _ in range(count):
            yield self.picture(pages, random)


def _with_hand(picture: Picture, way: float) -> Picture:
    """A hand with its forearm from the lower edge, ``way`` 0 to 1 from right to left across the desk."""
    height, width = picture.shape[:2]
    shown = picture.copy()
    tip = (round(width * (0.85 - 0.6 * way)), round(height * (0.45 + 0.25 * abs(way - 0.5))))
    cv2.line(shown, (round(width * 0.75), height + 40), tip, _SKIN, max(width // 9, 8), cv2.LINE_AA)
    cv2.circle(shown, tip, max(width // 12, 6), _SKIN, -1, cv2.LINE_AA)
    return np.asarray(shown, np.uint8)


def write_film(path: Path, pictures: Iterator[Picture]) -> None:
    """An AVI of JPEG frames (MJPEG), as UVC cameras send them."""
    writer: cv2.VideoWriter | None = None
    for picture in pictures:
        if writer is None:
            size = (picture.shape[1], picture.shape[0])
            writer = cv2.VideoWriter(str(path), cv2.CAP_OPENCV_MJPEG, cv2.VideoWriter.fourcc(*"MJPG"), FRAMES_PER_S, size)
            writer.set(cv2.VIDEOWRITER_PROP_QUALITY, 92)
        writer.write(picture)
    if writer is not None:
        writer.release()
