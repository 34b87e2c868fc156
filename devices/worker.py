"""Entry point of a device's process: ``python -m devices.worker camera|printer|list ADDRESS``."""

from __future__ import annotations

import os
import sys

from devices.host.messages import Message
from devices.host.service import CameraService, Line, PrinterService, serve
from devices.ports.camera import CameraDriver
from devices.ports.printer import PrinterDriver
from devices.registry import find_cameras, open_camera, open_printer


def main(arguments: list[str]) -> int:
    """Serve one device until the host is done with it."""
    line = Line()
    kind, address = arguments
    if kind == "list":
        found = [[camera.address, camera.model] for camera in find_cameras()]
        line.say(Message("found", {"cameras": found}))
        return 0

    def camera() -> CameraDriver:
        return open_camera(address)

    def printer() -> PrinterDriver:
        return open_printer(address)

    return serve(line, camera, CameraService) if kind == "camera" else serve(line, printer, PrinterService)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    # The listening thread sits in a read that nothing can interrupt: leave without waiting for it.
    os._exit(code)
