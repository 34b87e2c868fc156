"""A live frame through the device host, beside the same driver called in the window's own process."""

from __future__ import annotations

from collections.abc import Iterator

from bench.rows import Row, in_turn

from devices.host.asking import AskedDevice
from devices.host.messages import Message
from helpers.mad_worker import drawn_frame, mad_launch

_RUNS = 60


def measure() -> Iterator[Row]:
    """The worker draws and encodes a 640 × 960 picture, as a driver would; the frame travels by shared memory."""
    frames: list[int] = []
    device = AskedDevice(mad_launch(packages=True), lambda message: frames.append(len(message.payload)))
    device.start()
    try:
        if not device.wait_until_open(20):
            raise SystemExit("the test worker did not open")

        def ours() -> None:
            device.ask(Message("picture"), 5.0, lambda message: message).result(10)

        yield in_turn(
            "live frame 640 × 960 through the host", ours, "the same driver called in this process", drawn_frame, _RUNS
        )
        if len(frames) != _RUNS + 1 or min(frames) < 1000:
            raise SystemExit(f"frames were lost: {frames}")
    finally:
        device.stop(2.0)
