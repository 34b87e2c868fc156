"""The simulated module as a process of its own; says its port's path in one line and ends with its starter."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from devices.simulators.ef01.faults import FaultPlan, Script
from devices.simulators.ef01.line import Ef01Simulator
from devices.simulators.ef01.module import ModuleState


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.ef01")
    parser.add_argument("--script", type=Path)
    parser.add_argument("--finger", type=int, default=1)
    options = parser.parse_args()
    script = Script.load(options.script) if options.script else Script(options.finger, {0: 1, 1: 2}, ())
    simulator = Ef01Simulator(ModuleState(script.finger, script.library, faults=FaultPlan(script.faults)))
    simulator.start()
    sys.stdout.write(json.dumps({"path": simulator.path}) + "\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    simulator.stop()
    return 0


sys.exit(main())
