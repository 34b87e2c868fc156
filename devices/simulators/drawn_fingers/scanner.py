"""A scanner of drawn fingers for training mode: the port ``fingerprint`` itself, no library, no wire.

Address ``drawn:fingers[?person=N&script=FILE]``. Script (JSON): ``{"presses": [{"nth": 1, "fault": "dry"}]}``; a row with
``"lasting": true`` holds from then on.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from devices.ports.errors import BadAddress, DeviceLost, FingerMissing, NotSupported
from devices.ports.fingerprint import (
    EmptyCause,
    FingerCapability,
    FingerCapture,
    FingerImage,
    FingerMatch,
    FingerRequest,
    FingerScannerDescription,
    MatchRequest,
)
from devices.simulators.drawn_fingers.ridges import DPI, HEIGHT, WIDTH, DrawnFinger, Press

_FRAMES = 3
_FRAME_S = 0.1


class PressFault(Enum):
    """How a press goes wrong."""

    DRY = "dry"
    WET = "wet"
    LIGHT = "light"
    OFF_CENTRE = "off-centre"
    PARTIAL = "partial"
    SAME_FINGER = "same-finger"  # the one pressed before, whatever was asked for
    MISSING = "missing"
    UNPLUG = "unplug"
    HANG = "hang"
    CRASH = "crash"


_SPOILT: Mapping[PressFault, dict[str, float]] = {
    PressFault.DRY: {"gaps": 0.45, "ridge_share": 0.42},
    PressFault.WET: {"ridge_share": 0.78},
    PressFault.LIGHT: {"contrast": 28.0},
    PressFault.OFF_CENTRE: {"shift_x_mm": 5.0, "shift_y_mm": 2.0},
    PressFault.PARTIAL: {"half_width_mm": 3.0, "half_height_mm": 4.0},
}


@dataclass(frozen=True)
class PlannedPress:
    """``nth`` from 1."""

    fault: PressFault
    nth: int
    lasting: bool


def address(name: str, options: Mapping[str, str]) -> str:
    """What ``sim:finger`` opens."""
    return f"drawn:{name}" + (f"?{urlencode(options)}" if options else "")


def open_scanner(where: str, options: Mapping[str, str]) -> DrawnScanner:
    """Raises BadAddress for an unknown option or a script that cannot be read."""
    if unknown := options.keys() - {"person", "script"}:
        raise BadAddress(", ".join(sorted(unknown)))
    try:
        planned = _script(Path(options["script"])) if "script" in options else ()
        return DrawnScanner(int(options.get("person", "1")), planned)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise BadAddress(str(error)) from error


def _script(path: Path) -> tuple[PlannedPress, ...]:
    rows = json.loads(path.read_text(encoding="utf-8"))["presses"]
    return tuple(PlannedPress(PressFault(r["fault"]), int(r["nth"]), bool(r.get("lasting"))) for r in rows)


class DrawnScanner:
    """One person's ten fingers; one thread."""

    def __init__(self, person: int, planned: tuple[PlannedPress, ...]) -> None:
        self._person = person
        self._planned = planned
        self._presses = 0
        self._last_position = 0
        self._pause = threading.Event()

    def describe(self) -> FingerScannerDescription:
        """Images for enrolment; no features, no score of its own."""
        can = frozenset({FingerCapability.ENROL})
        return FingerScannerDescription("Drawn fingers (training)", "", "drawn/1", WIDTH, HEIGHT, DPI, can)

    def capture(self, request: FingerRequest, preview: Callable[[FingerImage], None]) -> FingerCapture:
        """A finger comes down over three pictures; each press lies a little elsewhere."""
        self._presses += 1
        fault = next(
            (p.fault for p in self._planned if p.nth == self._presses or (p.lasting and self._presses > p.nth)), None
        )
        self._strike(fault, request.timeout_s, preview)
        position = request.position
        if fault is PressFault.SAME_FINGER and self._last_position:
            position = self._last_position
        self._last_position = position
        press = replace(self._natural(), **_SPOILT.get(fault, {}))  # type: ignore[arg-type]  # keyed by PressFault, None has no row
        finger = DrawnFinger(1000 * self._person + position)
        for step in range(1, _FRAMES + 1):
            coming = replace(press, contrast=press.contrast * step / _FRAMES)
            image = FingerImage(finger.pixels(coming).tobytes(), WIDTH, HEIGHT, DPI)
            preview(image)
            self._pause.wait(_FRAME_S)
        return FingerCapture(image, None, b"")

    def _natural(self) -> Press:
        random = np.random.default_rng((self._person, self._presses))
        x, y, turn = random.uniform(-0.8, 0.8), random.uniform(-1.0, 1.0), random.uniform(-8, 8)
        return Press(shift_x_mm=x, shift_y_mm=y, turn_deg=turn, seed=self._presses)

    def _strike(self, fault: PressFault | None, timeout_s: float, preview: Callable[[FingerImage], None]) -> None:
        if fault is PressFault.MISSING:
            self._bare_glass(timeout_s, preview)
            raise FingerMissing()
        if fault is PressFault.UNPLUG:
            raise DeviceLost("unplugged by the script")
        if fault is PressFault.HANG:
            self._pause.wait()
        if fault is PressFault.CRASH:
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def _bare_glass(self, timeout_s: float, preview: Callable[[FingerImage], None]) -> None:
        """Nobody comes; the pictures of the wait go on."""
        glass = FingerImage(bytes([round(Press().glass)]) * (WIDTH * HEIGHT), WIDTH, HEIGHT, DPI)
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            preview(glass)
            self._pause.wait(_FRAME_S)

    def match(self, request: MatchRequest) -> FingerMatch:
        """It has nothing to compare with."""
        raise NotSupported("drawn fingers")

    def empty_features(self, position: int, cause: EmptyCause) -> bytes:
        """It has no feature library."""
        raise NotSupported("drawn fingers")

    def close(self) -> None:
        """Nothing to let go of."""
