"""`capture` and `devices`: the tethered camera without a window or a store."""

from __future__ import annotations

import argparse
import os
import threading
from pathlib import Path
from typing import Any

from app.bootstrap.equipment import ask_devices, camera_session, configured_devices
from app.bootstrap.picture import picture_parts
from app.cli.answers import Exit, emit, error_document, say
from app.cli.photo_commands import check_line
from app.config.places import DataFolder
from app.config.settings import Settings
from app.config.texts import error_text
from app.domain.errors import BadInput, WorkstationError
from app.photo.report_json import report_to_json
from app.photo.standards import standard_by_id
from devices.ports.camera import CapturedFile, CaptureRequest


def settings_of(options: argparse.Namespace) -> tuple[DataFolder, Settings]:
    """The data folder the user named, or the default one, with its settings."""
    folder = DataFolder(options.data) if options.data else DataFolder.default()
    return folder, Settings.load(folder.settings)


class _Originals:
    """Writes each picture, byte for byte and fsynced, the moment it is whole."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()
        self.paths: list[Path] = []
        self.files: list[CapturedFile] = []

    def keep(self, file: CapturedFile) -> None:
        """Called on the camera host's reader thread."""
        with self._lock:
            path = self._out / f"original-{len(self.paths) + 1:02}.jpg"
            with path.open("wb") as target:
                target.write(file.data)
                target.flush()
                os.fsync(target.fileno())
            self.paths.append(path)
            self.files.append(file)


def capture(options: argparse.Namespace) -> int:
    """Shoot, keep the originals, compose each to the standard; exit 1 when none of them passes."""
    if not 1 <= options.shots <= 100:
        raise BadInput("CLI-102", shots=options.shots)
    _, settings = settings_of(options)
    parts = picture_parts()
    standard = standard_by_id(parts.standards, options.standard)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput("CLI-101", path=str(options.out), reason=error.strerror or "") from error
    originals = _Originals(options.out)
    timeout_s = float(settings.number("camera.capture_timeout"))
    rounds = [options.shots] if options.burst else [1] * options.shots
    with camera_session(options.device or settings.text("camera.address")) as camera:
        for count in rounds:
            camera.capture(CaptureRequest(count, timeout_s), originals.keep).result(timeout_s + 10)
    shots: list[dict[str, Any]] = []
    for path, file in zip(originals.paths, originals.files, strict=True):
        shots.append(_composed(options, parts, standard, path, file))
    passed = any(shot["passed"] for shot in shots)
    if options.json:
        emit({"standard": standard.id, "passed": passed, "shots": shots})
    return Exit.SUCCESS if passed else Exit.ANSWER_IS_NO


def _composed(options: argparse.Namespace, parts: Any, standard: Any, path: Path, file: CapturedFile) -> dict[str, Any]:
    shot: dict[str, Any] = {"original": str(path), "camera_name": file.name, "passed": False}
    try:
        photo = parts.composer.compose(file.data, standard)
    except WorkstationError as error:
        shot["error"] = error_document(error, options.language)
        if not options.json:
            say(f"✗ {path}: {error_text(error, options.language).one_line()}")
        return shot
    out = path.with_name(path.name.replace("original", standard.id))
    out.write_bytes(photo.image)
    shot |= {"photo": str(out), "passed": photo.report.passed}
    shot["report"] = report_to_json(photo.report, str(out), options.language)
    if not options.json:
        say(f"{'✓' if photo.report.passed else '✗'} {path} → {out}")
        for result in photo.report.worst_first():
            if result.advice:
                say(check_line(result, options.language))
    return shot


def devices(options: argparse.Namespace) -> int:
    """Every configured device and what it says; exit 3 when one of them is not ready."""
    _, settings = settings_of(options)
    addresses = configured_devices(settings)
    lines = ask_devices({k: v for k, v in addresses.items() if v}, tuple(options.device or ()))
    if options.json:
        emit({"devices": [line.document(options.language) for line in lines]})
    else:
        for line in lines:
            say(line.text(options.language))
    return Exit.SUCCESS if all(line.ready for line in lines) else Exit.FAULT
