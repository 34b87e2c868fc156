"""The simulated network scanner as a process of its own; ends with its starter."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from devices.simulators.escl.faults import FeederFaultKind
from devices.simulators.escl.server import FeederSimulator


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.escl")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--font", type=Path)
    parser.add_argument("--page-s", type=float, default=0.0, help="how long the feeder takes for a page")
    parser.add_argument("--feed", type=Path, help="folder of pictures that lie in the feeder, again after each pile")
    parser.add_argument("--fault", choices=[f.value for f in FeederFaultKind], default="none")
    parser.add_argument("--after", type=int, default=0, help="whole pages before the fault")
    options = parser.parse_args()
    simulator = FeederSimulator(options.pages, options.font, options.port)
    simulator.page_s = options.page_s
    if options.feed is not None:
        simulator.refill(sorted(options.feed.glob("*.png")))
    simulator.fail(FeederFaultKind(options.fault), options.after)
    simulator.start()
    sys.stdout.write(f'{{"port": {simulator.port}}}\n')
    sys.stdout.flush()
    sys.stdin.buffer.read()
    simulator.stop()
    return 0


sys.exit(main())
