"""Cameras of every driver, all through a worker process; and a listener that remembers what it was told."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from devices.host.camera import CameraHost, CameraState, CameraStatus
from devices.host.process import WorkerLaunch
from devices.ports.camera import CameraEvent, CapturedFile, CaptureRequest, LiveFrame
from devices.registry import worker_launch
from helpers.pictures import portrait, portrait_jpeg, variant


class Listener:
    def __init__(self) -> None:
        self.said = threading.Condition()
        self.statuses: list[CameraStatus] = []
        self.frames: list[LiveFrame] = []
        self.events: list[CameraEvent] = []

    def on_status(self, status: CameraStatus) -> None:
        with self.said:
            self.statuses.append(status)
            self.said.notify_all()

    def on_frame(self, frame: LiveFrame) -> None:
        with self.said:
            self.frames.append(frame)
            self.said.notify_all()

    def on_event(self, event: CameraEvent) -> None:
        with self.said:
            self.events.append(event)
            self.said.notify_all()

    def wait_for(self, good: object, deadline_s: float = 15.0) -> bool:
        with self.said:
            return self.said.wait_for(good, deadline_s)  # type: ignore[arg-type]

    def wait_state(self, state: CameraState, deadline_s: float = 15.0) -> bool:
        return self.wait_for(lambda: bool(self.statuses) and self.statuses[-1].state is state, deadline_s)


@contextmanager
def opened(address: str, environment: dict[str, str] | None = None) -> Iterator[tuple[CameraHost, Listener]]:
    launch: WorkerLaunch = worker_launch("camera", address)
    if environment:
        launch = replace(launch, environment={**launch.environment, **environment})
    listener = Listener()
    host = CameraHost(launch, listener)
    host.start()
    try:
        assert listener.wait_state(CameraState.READY), listener.statuses
        yield host, listener
    finally:
        host.stop(5.0)


def shoot(host: CameraHost, count: int = 1, timeout_s: float = 12.0) -> list[CapturedFile]:
    files: list[CapturedFile] = []
    kept = host.capture(CaptureRequest(count, timeout_s), files.append).result(timeout_s + 10)
    assert kept == len(files)
    return files


def folder_of_pictures(folder: Path, count: int = 3) -> list[bytes]:
    """JPEGs in a folder, in the order of their names."""
    folder.mkdir(exist_ok=True)
    pictures = [portrait_jpeg(variant(name), 600, 800) for name in ("straight", "good", "talking")[:count]]
    for number, data in enumerate(pictures, start=1):
        (folder / f"IMG_{number:02}.JPG").write_bytes(data)
    return pictures


def vusb_environment(folder: Path) -> dict[str, str]:
    """libgphoto2's virtual USB camera, as the wheel carries it."""
    import importlib.util

    spec = importlib.util.find_spec("gphoto2")
    assert spec is not None
    assert spec.origin is not None
    library = Path(spec.origin).parent / "libgphoto2" / "vusb"
    return {"IOLIBS": str(library), "VCAMERADIR": str(folder), "HOME": os.environ["HOME"]}


def recording(path: Path) -> Path:
    """A short motion-JPEG recording, as a UVC camera would deliver it."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (480, 640))
    picture = cv2.resize(portrait(), (480, 640), interpolation=cv2.INTER_AREA)
    for shift in range(6):
        writer.write(np.roll(picture, shift, axis=1))
    writer.release()
    return path
