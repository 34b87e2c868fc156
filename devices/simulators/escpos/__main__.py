"""The simulated printer as a process of its own; ends with its starter.

With ``--out`` it lays its paper as pictures into that folder; without a Chinese ``--font`` it has Latin letters only.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from devices.simulators.escpos.rom import Rom
from devices.simulators.escpos.server import PrinterFaultKind, PrinterSimulator


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.escpos")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--width", type=int, default=576)
    parser.add_argument("--font", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--pty", type=Path, metavar="LINK", help="a serial line instead of a TCP port")
    parser.add_argument("--rom", choices=[r.value for r in Rom], default=Rom.GB18030.value)
    parser.add_argument("--fault", choices=[f.value for f in PrinterFaultKind], default="none")
    parser.add_argument("--after-lines", type=int, default=0, metavar="N", help="the fault comes in mid-job")
    options = parser.parse_args()
    numbers = itertools.count(1)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)

    def lay(picture: bytes) -> None:
        if options.out is not None:
            (options.out / f"paper-{next(numbers):03}.png").write_bytes(picture)

    simulator = PrinterSimulator(options.width, options.font, options.port, lay, Rom(options.rom))
    simulator.fail(PrinterFaultKind(options.fault), options.after_lines)
    if options.pty:
        simulator.start_pty(options.pty)
    else:
        simulator.start()
    sys.stdout.write(f'{{"port": {simulator.port}}}\n')
    sys.stdout.flush()
    sys.stdin.buffer.read()
    simulator.stop()
    return 0


sys.exit(main())
