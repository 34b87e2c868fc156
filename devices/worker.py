"""Entry point of a device's process: ``python -m devices.worker KIND ADDRESS``; KIND ``list`` looks for cameras."""

from __future__ import annotations

import os
import sys

from devices.host.line import Line, serve
from devices.host.messages import Message
from devices.registry import find_cameras, open_driver, service_of


def main(arguments: list[str]) -> int:
    """Serve one device until the host is done with it."""
    line = Line()
    kind, address = arguments
    if kind == "list":
        found = [[camera.address, camera.model] for camera in find_cameras()]
        line.say(Message("found", {"cameras": found}))
        return 0
    return serve(line, lambda: open_driver(kind, address), service_of(kind))


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    # The listening thread sits in a read that nothing can interrupt: leave without waiting for it.
    os._exit(code)
