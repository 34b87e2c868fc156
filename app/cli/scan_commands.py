"""`scan`: one page or one pile into a folder, each page on disk before the next one is drawn in."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.archive.pile import Pile, PileReport, report
from app.bootstrap.scanning import scanner_session
from app.cli.answers import Exit, complain, emit, error_document, say
from app.cli.device_commands import settings_of
from app.cli.pile_words import declared_by, pile_of, report_document, report_lines
from app.domain.errors import BadInput
from app.imaging.decode import decode
from devices.host.scanner import ScannerHost
from devices.ports.errors import DeviceError, DeviceLost
from devices.ports.scanner import PAPER_MM, ColourMode, ScannedPage, ScannerDescription, ScanRequest, ScanSource

# Checked here so that a slip of the finger is told before a sheet is drawn in: option → lowest, highest.
_RANGES = {"dpi": (50, 2400), "pages": (0, 10_000), "page_timeout": (1, 600)}


_HALF, _TORN = ".part", ".torn"


def take_up(out: Path) -> None:
    """What a power cut left half named: a picture that is whole gets its name, a torn one stays beside it as ``.torn``."""
    for half in out.glob(f"page-*{_HALF}"):
        try:
            decode(half.read_bytes())
        except BadInput:
            half.replace(half.with_suffix(_TORN))
        else:
            half.replace(half.with_suffix(""))


class _Folder:
    """Keeps pages under their own numbers, after those that are there: a pile broken by a jam goes on where it was.

    ``pile``: hears of each page once it is whole on the disk.
    """

    def __init__(self, out: Path, pile: Pile | None = None) -> None:
        self._out = out
        self._pile = pile
        numbers = [path.stem.split("-")[1] for path in out.glob("page-*-*.*") if path.suffix not in {_HALF, _TORN}]
        self._before = max((int(number) for number in numbers if number.isdecimal()), default=0)
        self.kept: list[tuple[Path, ScannedPage]] = []

    def keep(self, page: ScannedPage) -> None:
        """Whole and fsynced under its name, or not there at all. Called on the host's keeper thread."""
        number = self._before + page.number
        path = self._out / f"page-{number:04}-{page.side.value}{page.suffix}"
        half = path.with_name(path.name + _HALF)
        with half.open("wb") as target:
            target.write(page.data)
            target.flush()
            os.fsync(target.fileno())
        half.replace(path)
        self.kept.append((path, page))
        if self._pile is not None:
            self._pile.add(path.name, number, page.side.value, page.dpi)


def scan(options: argparse.Namespace) -> int:
    """Scan; exit 3 when the scanner stopped, with the pages before kept and told; exit 1 when stopped by the officer."""
    for name, (low, high) in _RANGES.items():
        if not low <= getattr(options, name) <= high:
            raise BadInput("SCN-112", option=f"--{name.replace('_', '-')}", value=getattr(options, name))
    _, settings = settings_of(options)
    address = options.device or settings.text("scanner.address")
    if not address:
        raise BadInput("SCN-111")
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        take_up(options.out)
        pile = pile_of(options)
        folder = _Folder(options.out, pile)
        try:
            with scanner_session(address) as host:
                description = host.description
                if description is None:
                    raise host.error or DeviceLost()
                fault = _scanned(host, _request(options, description), folder)
        finally:
            pages = () if pile is None else pile.close()
    except OSError as error:
        raise BadInput("CLI-101", path=str(options.out), reason=error.strerror or "") from error
    found = None if pile is None else report(pages, declared_by(options), duplex=options.source == "duplex")
    _tell(options, description, folder, fault, found)
    if isinstance(fault, DeviceError):
        return Exit.FAULT
    asks = found is not None and bool(found.asked)
    return Exit.ANSWER_IS_NO if fault is not None or asks else Exit.SUCCESS


def _request(options: argparse.Namespace, description: ScannerDescription) -> ScanRequest:
    first = description.sources[0].source if description.sources else ScanSource.FLATBED
    width, height = PAPER_MM.get(options.size, (0.0, 0.0))
    return ScanRequest(
        ScanSource(options.source) if options.source else first,
        options.dpi,
        ColourMode(options.mode),
        width,
        height,
        options.pages,
        options.page_timeout,
    )


def _scanned(host: ScannerHost, request: ScanRequest, folder: _Folder) -> DeviceError | KeyboardInterrupt | None:
    """What stopped the pile before its end."""
    pile = host.scan(request, folder.keep)
    try:
        pile.result()
    except DeviceError as fault:
        return fault
    except KeyboardInterrupt as interrupt:
        # The sheet in hand comes out whole or not at all; what was kept stays.
        host.cancel()
        with suppress(DeviceError, TimeoutError):
            pile.result(request.page_timeout_s)
        return interrupt
    return None


def _tell(
    options: argparse.Namespace,
    description: ScannerDescription,
    folder: _Folder,
    fault: DeviceError | KeyboardInterrupt | None,
    found: PileReport | None,
) -> None:
    if options.json:
        document: dict[str, Any] = {
            "model": description.model,
            "complete": fault is None,
            "pages": [
                {
                    "file": str(path),
                    "number": page.number,
                    "side": page.side.value,
                    "width": page.width_px,
                    "height": page.height_px,
                    "dpi": page.dpi,
                    "bytes": len(page.data),
                }
                for path, page in folder.kept
            ],
        }
        if isinstance(fault, DeviceError):
            document["error"] = error_document(fault, options.language)
        if found is not None:
            document |= report_document(found, options.language)
        emit(document)
    else:
        for path, page in folder.kept:
            say(f"{path}  {page.side.value}  {page.width_px}×{page.height_px}  {page.dpi} dpi")
        for line in () if found is None else report_lines(found, options.language):
            say(line)
    if isinstance(fault, DeviceError):
        complain(fault, options.language)
