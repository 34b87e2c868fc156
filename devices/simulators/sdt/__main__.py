"""The simulated reader as a process of its own, for training: card after card is laid on it; it ends with its starter."""

from __future__ import annotations

import argparse
import json
import sys
import threading

from devices.simulators.sdt.cards import KINDS, invented_card
from devices.simulators.sdt.faults import Fault, Planned, Step
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader

_LIFTED_AFTER_S = 1.0
_NEXT_AFTER_S = 3.0


class _Applicants:
    """People who come to the window one after the other: each lifts the card when it was read, the next one lays theirs."""

    def __init__(self, module: SamModule, options: argparse.Namespace) -> None:
        self._module = module
        self._options = options
        self._seed = options.seed
        self._read = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._come_and_go, name="applicants")
        module.on_read = self._read.set

    def start(self) -> None:
        self._lay()
        self._thread.start()

    def stop(self) -> None:
        self._closing.set()
        self._read.set()
        self._thread.join()

    def _lay(self) -> None:
        kind = self._options.kind if self._options.kind != "mixed" else KINDS[self._seed % len(KINDS)]
        fingers, moved = self._options.fingerprints, self._options.new_address
        self._module.lay(invented_card(kind, self._seed, fingerprints=fingers, new_address=moved))

    def _come_and_go(self) -> None:
        while not self._closing.is_set():
            self._read.wait()
            self._read.clear()
            if self._options.stay or self._closing.wait(_LIFTED_AFTER_S):
                continue
            self._module.lift()
            if not self._closing.wait(_NEXT_AFTER_S):
                self._seed += 1
                self._lay()


def main() -> int:
    """Serve until nobody holds the other end of standard input."""
    parser = argparse.ArgumentParser(prog="devices.simulators.sdt")
    parser.add_argument("--kind", choices=(*KINDS, "mixed", "none"), default="mixed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--baud", type=int, default=115200)
    parser.add_argument("--fingerprints", type=int, choices=(0, 1, 2), default=2)
    parser.add_argument("--new-address", action="store_true")
    parser.add_argument("--stay", action="store_true", help="the card is never lifted")
    parser.add_argument("--paced", action="store_true", help="bytes take as long as on a cable")
    parser.add_argument("--fault", choices=[f.value for f in Fault])
    parser.add_argument("--step", choices=[s.value for s in Step], default="read")
    parser.add_argument("--word", type=lambda text: int(text, 16), default=0, help="status word, hexadecimal")
    parser.add_argument("--times", type=int, default=0, help="how often, 0 = always")
    options = parser.parse_args()
    module = SamModule()
    reader = TerminalReader(module, baud=options.baud, paced=options.paced)
    if options.fault is not None:
        module.faults.plan(Planned(Fault(options.fault), Step(options.step), options.times, options.word))
    applicants = _Applicants(module, options) if options.kind != "none" else None
    reader.start()
    if applicants is not None:
        applicants.start()
    sys.stdout.write(json.dumps({"path": reader.path}) + "\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    if applicants is not None:
        applicants.stop()
    reader.stop()
    return 0


sys.exit(main())
