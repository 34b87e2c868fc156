"""The simulated document reader as a process of its own; lays on its script's documents; ends with its starter."""

from __future__ import annotations

import argparse
import itertools
import sys
import threading
from pathlib import Path

from devices.simulators.mrz.script import Script
from devices.simulators.mrz.server import DocumentReaderSimulator


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.mrz")
    parser.add_argument("--script", type=Path)
    options = parser.parse_args()
    script = Script.load(options.script) if options.script else Script()
    simulator = DocumentReaderSimulator(script.framing)
    simulator.start()
    sys.stdout.write(f'{{"path": "{simulator.path}", "framing": "{script.framing}"}}\n')
    sys.stdout.flush()

    def lay_on() -> None:
        for laid in itertools.cycle(script.documents):
            if simulator.wait(script.every_s):
                return
            simulator.lay(laid)

    hand = threading.Thread(target=lay_on, name="hand")
    hand.start()
    sys.stdin.buffer.read()
    simulator.stop()
    hand.join()
    return 0


sys.exit(main())
