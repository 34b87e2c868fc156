"""The simulated A4 printer as a process of its own; ends with its starter."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from devices.simulators.ipp.faults import PageFaultKind
from devices.simulators.ipp.server import IppSimulator


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.ipp")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--out", type=Path, help="folder where each page is laid as a picture")
    parser.add_argument("--page-s", type=float, default=0.2, help="how long a page takes")
    parser.add_argument("--fault", choices=[f.value for f in PageFaultKind], default="none")
    parser.add_argument("--after", type=int, default=0, help="whole pages before the fault")
    options = parser.parse_args()
    simulator = IppSimulator(paper=options.out, port=options.port)
    simulator.room.page_s = options.page_s
    simulator.fail(PageFaultKind(options.fault), options.after)
    simulator.start()
    sys.stdout.write(f'{{"port": {simulator.port}}}\n')
    sys.stdout.flush()
    sys.stdin.buffer.read()
    simulator.stop()
    return 0


sys.exit(main())
