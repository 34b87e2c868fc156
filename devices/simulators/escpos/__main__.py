"""The simulated printer as a process of its own; lays its paper as pictures into a folder; ends with its starter."""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from devices.simulators.escpos.server import PrinterFaultKind, PrinterSimulator


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.escpos")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--width", type=int, default=576)
    parser.add_argument("--font", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fault", choices=[f.value for f in PrinterFaultKind], default="none")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    numbers = itertools.count(1)

    def lay(picture: bytes) -> None:
        (options.out / f"paper-{next(numbers):03}.png").write_bytes(picture)

    simulator = PrinterSimulator(options.width, options.font, options.port, lay)
    simulator.fail(PrinterFaultKind(options.fault))
    simulator.start()
    sys.stdout.write(f'{{"port": {simulator.port}}}\n')
    sys.stdout.flush()
    sys.stdin.buffer.read()
    simulator.stop()
    return 0


sys.exit(main())
