"""Shutter to thumbnail beside the gphoto2 command; live view's rate and cost beside a bare preview loop."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from bench.rows import Row, row

from app.imaging.decode import thumbnail
from app.imaging.sitter import OTHER_SITTERS, sitter_jpeg
from devices.host.camera import CameraHost
from devices.ports.camera import CapturedFile, CaptureRequest
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.server import Responder
from helpers.cameras import Listener, opened

_SECONDS = 6.0
_RUNS = 7

_BARE_LOOP = """
import sys, time, gphoto2 as gp
port, seconds = sys.argv[1], float(sys.argv[2])
camera = gp.Camera()
ports = gp.PortInfoList(); ports.load(); camera.set_port_info(ports[ports.lookup_path(port)])
kinds = gp.CameraAbilitiesList(); kinds.load(); camera.set_abilities(kinds[kinds.lookup_model('Nikon DSLR (WLAN)')])
camera.init()
count, end, cpu = 0, time.monotonic() + seconds, time.process_time()
while time.monotonic() < end:
    began = time.monotonic()
    bytes(camera.capture_preview().get_data_and_size()); count += 1
    import threading; threading.Event().wait(max(0.0, 0.04 - (time.monotonic() - began)))
print(count / seconds, (time.process_time() - cpu) / seconds)
"""


def measure() -> Iterator[Row]:
    """Against our own responder, so that no camera's mechanics stand in between."""
    responder = Responder("nikon", Pictures([sitter_jpeg(OTHER_SITTERS[0], 4000, 6000)]))
    responder.start()
    try:
        port = f"ptpip:127.0.0.1:{responder.port}:{responder.port}"
        with opened(f"gphoto:{port}?model=Nikon+DSLR+(WLAN)") as (host, listener):
            ours = [_shutter_to_thumbnail(host) for _ in range(_RUNS + 1)][1:]
            rate, share = _live(host, listener)
        yield row(
            "shutter to thumbnail, 24-MP JPEG",
            1000 * statistics.median(ours),
            "ms",
            "gphoto2 --capture-image-and-download (whole command), same responder",
            1000 * statistics.median([_gphoto2(port) for _ in range(3)]),
        )
        bare_rate, bare_share = _bare(port)
        yield row("live view, frames per second", rate, "1/s", "bare capture_preview loop capped at 25", bare_rate)
        yield row("live view, CPU share of worker and host", share, "cores", "CPU share of the bare loop", bare_share)
    finally:
        responder.stop()


def _shutter_to_thumbnail(host: CameraHost) -> float:
    done = threading.Event()
    begun = time.perf_counter()

    def keep(file: CapturedFile) -> None:
        thumbnail(file.data, 480)
        done.set()

    host.capture(CaptureRequest(1, 12.0), keep).result(20)
    done.wait(5)
    return time.perf_counter() - begun


def _gphoto2(port: str) -> float:
    program = shutil.which("gphoto2")
    if program is None:
        raise SystemExit("apt-get install gphoto2: the reference of this row")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--port", port, "--camera", "Nikon DSLR (WLAN)", "--capture-image-and-download"]
        begun = time.perf_counter()
        subprocess.run([*command, "--force-overwrite"], cwd=folder, check=True, capture_output=True, timeout=60)
        elapsed = time.perf_counter() - begun
        assert list(Path(folder).glob("*")), "the command downloaded nothing"
    return elapsed


def _live(host: CameraHost, listener: Listener) -> tuple[float, float]:
    assert host.worker_pid is not None
    worker, me = psutil.Process(host.worker_pid), psutil.Process()
    host.live(True)
    assert listener.wait_for(lambda: len(listener.frames) > 5)

    def spent() -> float:
        return sum(p.cpu_times().user + p.cpu_times().system for p in (worker, me))

    first, cpu, begun = len(listener.frames), spent(), time.monotonic()
    threading.Event().wait(_SECONDS)
    elapsed = time.monotonic() - begun
    result = (len(listener.frames) - first) / elapsed, (spent() - cpu) / elapsed
    host.live(False)
    return result


def _bare(port: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", _BARE_LOOP, port, str(_SECONDS)], check=True, capture_output=True, text=True, timeout=60
    )
    rate, share = done.stdout.split()
    return float(rate), float(share)
