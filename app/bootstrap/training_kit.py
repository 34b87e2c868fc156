"""Training mode's surroundings: drawn sitters, a simulator of every kind of device, the embedded back end as processes."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from app.bootstrap.assemble import Surroundings
from app.bootstrap.companion import Companion
from app.bootstrap.training_account import training_account
from app.config.fonts import chinese_font
from app.config.places import RESOURCES, DataFolder
from app.imaging.sitter import SITTERS, sitter_jpeg
from app.security.files import make_private_folder

_PILE = RESOURCES / "training" / "archive"  # what lies in the scanner's feeder


class TrainingKit:
    """Owns the simulated surroundings of one data folder; a context manager."""

    def __init__(self, folder: DataFolder, portraits: Path | None = None) -> None:
        self._folder = folder
        self._portraits = portraits
        self._endings = ExitStack()
        self.backend = self._backend()

    def __enter__(self) -> TrainingKit:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _backend(self) -> Companion:
        command = [sys.executable, "-m", "app", "backend", "--training", "--until-stdin-closes"]
        return Companion("backend", [*command, "--data", str(self._folder.root)])

    def start(self, camera_options: str = "") -> Surroundings:
        """Start everything; ``camera_options`` go into the camera's address (for example a fault script)."""
        account = training_account()
        sitters = self._portraits or self._draw_sitters()
        command = [sys.executable, "-m", "devices.simulators.escpos", "--font", str(chinese_font())]
        printer = Companion("printer", [*command, "--out", str(self.paper)])
        self._endings.callback(printer.stop)
        printer_port = json.loads(printer.start())["port"]
        self._endings.callback(self.backend.stop)
        backend_port = json.loads(self.backend.start())["port"]
        return Surroundings(
            training=True,
            camera_address=f"sim:nikon?folder={quote(str(sitters))}{camera_options}",
            fingerprint_address=f"sim:finger?script={quote(str(RESOURCES / 'training' / 'fingers.json'))}",
            card_reader_address="sim:card",
            document_reader_address="sim:mrz",
            printer_address=f"escpos:tcp:127.0.0.1:{printer_port}",
            other_addresses={
                "signature_pad": "sim:tablet",
                "page_printer": f"sim:pages?out={quote(str(self.paper))}",
                "scanner": f"sim:feeder?font={quote(str(chinese_font()))}&feed={quote(str(_PILE))}",
            },
            backend_url=f"http://127.0.0.1:{backend_port}",
            backend_account=account.backend_account,
            backend_password=account.backend_password,
            fiscal=account.fiscal,
        )

    @property
    def paper(self) -> Path:
        """Where the simulated printer lays its paper (pictures of what it printed)."""
        return self._folder.root / "paper"

    def _draw_sitters(self) -> Path:
        """Drawn people, no real ones; drawn once per data folder."""
        folder = self._folder.root / "sitters"
        make_private_folder(folder)
        for number, variant in enumerate(SITTERS, start=1):
            path = folder / f"SITTER_{number:02}.JPG"
            if not path.exists():
                path.write_bytes(sitter_jpeg(variant))
        return folder

    def stop(self) -> None:
        """End the processes, last started first."""
        self._endings.close()
