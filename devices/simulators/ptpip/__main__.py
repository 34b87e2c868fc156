"""The simulated camera as a process of its own; ends when its standard input closes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from devices.simulators.ptpip.faults import FaultScript
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.server import BODIES, Responder


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.ptpip")
    parser.add_argument("--model", choices=sorted(BODIES), default="nikon")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--script", type=Path)
    options = parser.parse_args()
    pictures = Pictures.of_folder(options.folder) if options.folder else Pictures([])
    faults = FaultScript.load(options.script) if options.script else FaultScript()
    responder = Responder(options.model, pictures, faults, options.port)
    responder.start()
    sys.stdout.write(f'{{"port": {responder.port}}}\n')
    sys.stdout.flush()
    sys.stdin.buffer.read()
    responder.stop()
    return 0


sys.exit(main())
