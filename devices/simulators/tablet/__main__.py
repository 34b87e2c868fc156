"""The simulated tablet as a process of its own; signs as its script says; ends with its starter."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from devices.simulators.tablet.server import TabletSimulator
from devices.simulators.tablet.strokes import Script


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.tablet")
    parser.add_argument("--script", type=Path)
    options = parser.parse_args()
    script = Script.load(options.script) if options.script else Script()
    simulator = TabletSimulator()
    simulator.start()
    sys.stdout.write(f'{{"path": "{simulator.path}"}}\n')
    sys.stdout.flush()

    def sign() -> None:
        signed = 0
        while not simulator.wait(script.after_s):
            simulator.sign(script.faults[min(signed, len(script.faults) - 1)])
            signed += 1

    hand = threading.Thread(target=sign, name="hand")
    hand.start()
    sys.stdin.buffer.read()
    simulator.stop()
    hand.join()
    return 0


sys.exit(main())
