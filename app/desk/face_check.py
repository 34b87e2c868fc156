"""人证核验: the photo in the card's chip beside the face before the camera, with score and limit; a person decides."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from app.desk.camera_seat import CameraSeat
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.errors import BadInput, SetupFault
from app.imaging.decode import Pixels, decode
from app.inspection.face import Face
from app.inspection.face_match import FaceMatcher
from devices.host.camera import CameraStatus
from devices.ports.camera import CameraEvent, LiveFrame
from devices.ports.card_photo import HEIGHT, WIDTH, CardPicture
from devices.ports.errors import DeviceAbsent

_FRAMES = 5
_FRAME_S = 4.0
_CHIP_SCALE = 4  # a chip's photo is 102 pixels wide: the detectors want more


class QuickReader(Protocol):
    """The largest face of a picture and how many there are (``FaceReader``)."""

    def read_quick(self, pixels: Pixels) -> tuple[Face, int] | None: ...


@dataclass(frozen=True)
class FaceMatch:
    """``score`` and ``limit``: cosine, -1…1. ``faces``: before the camera; more than one is for the officer to see."""

    score: float
    limit: float
    faces: int

    @property
    def alike(self) -> bool:
        """At or above the site's limit."""
        return self.score >= self.limit


class _Frames:
    """Hands over live pictures (from the camera's reader thread)."""

    def __init__(self) -> None:
        self.waiting: queue.Queue[bytes] = queue.Queue(1)

    def on_frame(self, frame: LiveFrame) -> None:
        """One at a time: while one waits to be looked at, the next are dropped."""
        with contextlib.suppress(queue.Full):
            self.waiting.put_nowait(frame.jpeg)

    def on_status(self, status: CameraStatus) -> None:
        """Not of interest here."""

    def on_event(self, event: CameraEvent) -> None:
        """Not of interest here."""


class FaceCheckDesk:
    """``load`` None: no model is set up here. Thread: any; blocks for some seconds at most."""

    def __init__(
        self,
        reader: QuickReader,
        load: Callable[[], FaceMatcher] | None,
        camera: CameraSeat,
        limit: float,
        audit: AuditLog,
    ) -> None:
        self._reader = reader
        self._load = load
        self._camera = camera
        self._limit = limit
        self._audit = audit
        self._matcher: FaceMatcher | None = None

    @property
    def offered(self) -> bool:
        """Whether a recognition model is configured."""
        return self._load is not None

    def compare(self, chip: CardPicture, number: str) -> FaceMatch:
        """The best of a few live pictures. ``number``: whose card, for the audit log.

        Raises SetupFault FCE-101, BadInput FCE-102 for a chip photo without a face, FCE-103 for nobody before the camera,
        DeviceAbsent without live pictures.
        """
        with self._audit.doing(Access(AuditEvent.FACES_COMPARED, person=number)):
            matcher = self._matcher = self._matcher or self._loaded()
            rgb = np.frombuffer(chip.rgb, np.uint8).reshape(HEIGHT, WIDTH, 3)
            size = (WIDTH * _CHIP_SCALE, HEIGHT * _CHIP_SCALE)
            large = np.asarray(cv2.resize(rgb[:, :, ::-1], size, interpolation=cv2.INTER_CUBIC), np.uint8)
            found = self._reader.read_quick(large)
            if found is None:
                raise BadInput("FCE-102")
            wanted = matcher.features(large, found[0])
            return self._best(matcher, wanted)

    def _loaded(self) -> FaceMatcher:
        if self._load is None:
            raise SetupFault("FCE-101", path="")
        return self._load()

    def _best(self, matcher: FaceMatcher, wanted: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> FaceMatch:
        frames, matches = _Frames(), []
        self._camera.watch(frames)
        try:
            self._camera.live(True)
            for _ in range(_FRAMES):
                pixels = decode(frames.waiting.get(timeout=_FRAME_S)).pixels
                seen = self._reader.read_quick(pixels)
                if seen is not None:
                    score = matcher.score(wanted, matcher.features(pixels, seen[0]))
                    matches.append(FaceMatch(score, self._limit, seen[1]))
        except queue.Empty as error:
            raise DeviceAbsent("camera.address") from error
        finally:
            self._camera.live(False)
            self._camera.unwatch(frames)
        if not matches:
            raise BadInput("FCE-103")
        return max(matches, key=lambda match: match.score)
