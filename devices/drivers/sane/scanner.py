"""The port ``scanner`` over a SANE device.

``sane:NAME?option=value&…``: NAME as ``scanimage -L`` shows it, or ``auto`` for the first one found; ``config`` is a
private SANE_CONFIG_DIR; every other option is set on the device by its SANE name, after the request's own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from devices.drivers.page_image import LARGEST_RAW_PAGE, Pixels, page_of_frame, require_room
from devices.drivers.sane.faults import fault_of, opening_fault_of
from devices.drivers.sane.library import (
    Frame,
    OptionFacts,
    OptionValue,
    Parameters,
    Sane,
    SaneError,
    SaneHandle,
    SaneStatus,
    ValueType,
)
from devices.drivers.sane.options import (
    abilities,
    area_settings,
    mode_settings,
    source_words,
    state_of_sensors,
    usable,
)
from devices.ports.errors import (
    BadAddress,
    Cancelled,
    DeviceAbsent,
    DeviceLost,
    DeviceSilent,
    PictureBroken,
    ScannerMemory,
    SettingRefused,
)
from devices.ports.scanner import (
    ColourMode,
    PageSide,
    ScannedPage,
    ScannerDescription,
    ScannerStatus,
    ScanRequest,
    ScanSink,
    ScanSource,
)

_SENSORS = ("cover-open", "double-feed", "page-loaded")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_DESCRIBED_AT_DPI = 300
_FRAMES = frozenset(int(frame) for frame in Frame)


def open_scanner(where: str, options: Mapping[str, str]) -> SaneScanner:
    """Raises DriverMissing, DeviceAbsent, DeviceClaimed, AccessDenied, BadAddress."""
    wishes = {name: value for name, value in options.items() if name != "config"}
    try:
        sane = Sane(options.get("config"))
        # Some backends know a device by name only after they have looked for it.
        models = sane.models(network=where == "auto")
        name = next(iter(models), "") if where == "auto" else where
        if not name:
            raise DeviceAbsent("no SANE device")
        handle = sane.open(name)
    except SaneError as error:
        raise opening_fault_of(error, where) from error
    scanner = SaneScanner(sane, handle, name, models.get(name, name), wishes)
    unknown = wishes.keys() - handle.options().keys()
    if unknown:
        scanner.close()
        raise BadAddress(", ".join(sorted(unknown)))
    return scanner


class SaneScanner:
    """One open device; one thread."""

    def __init__(self, sane: Sane, handle: SaneHandle, name: str, model: str, wishes: Mapping[str, str]) -> None:
        self._sane = sane
        self._handle = handle
        self._name = name
        self._model = model
        self._wishes = wishes

    # -- asking ----------------------------------------------------------------------------------------

    def describe(self) -> ScannerDescription:
        """Each source is set once to see what it can do; the first one is set again at the end."""
        with _translated():
            sources = source_words(self._handle.options())
            found = []
            for source, settings in sources.items():
                self._apply(settings)
                found.append(abilities(source, self._handle.options(), _DESCRIBED_AT_DPI))
            self._apply(next(iter(sources.values())))
        return ScannerDescription(self._model, "", f"sane/{self._sane.version}", tuple(found))

    def status(self) -> ScannerStatus:
        """From the backend's sensors; SANE itself has no status."""
        with _translated():
            return state_of_sensors(self._sensors())

    def _sensors(self) -> dict[str, OptionValue]:
        options = self._handle.options()
        there = [options[name] for name in _SENSORS if name in options and options[name].readable and options[name].active]
        return {option.name: self._handle.get(option) for option in there if option.type is ValueType.BOOL}

    # -- setting ---------------------------------------------------------------------------------------

    def _apply(self, settings: tuple[tuple[str, OptionValue], ...]) -> None:
        for name, value in settings:
            option = usable(self._handle.options(), name)
            if option is not None:
                self._handle.set(option, value)

    def _configure(self, request: ScanRequest) -> int:
        """Set everything in the order in which backends depend on it; the dpi that the device took."""
        sources = source_words(self._handle.options())
        if request.source not in sources:
            raise SettingRefused(request.source.value, "SCN-110")
        self._apply(sources[request.source])
        modes = mode_settings(self._handle.options())
        if request.mode not in modes:
            raise SettingRefused(request.mode.value, "SCN-110")
        self._apply(modes[request.mode])
        options = self._handle.options()
        offered = abilities(request.source, options, request.dpi)
        if offered.resolutions and not offered.resolutions[0] <= request.dpi <= offered.resolutions[-1]:
            raise SettingRefused(f"{request.dpi} dpi", "SCN-110")
        for wanted, most in ((request.width_mm, offered.width_mm), (request.height_mm, offered.height_mm)):
            if most > 0 and wanted > most + 1.0:
                raise SettingRefused(f"{wanted:g} mm > {most:g} mm", "SCN-110")
        names = [n for n in ("resolution", "x-resolution", "y-resolution") if usable(options, n)]
        self._apply(tuple((name, request.dpi) for name in names))
        dpi = round(float(self._handle.get(options[names[0]]))) if names else request.dpi
        if abs(dpi - request.dpi) > 1:
            raise SettingRefused(f"{request.dpi} dpi → {dpi} dpi", "SCN-110")
        self._apply(area_settings(self._handle.options(), request.width_mm, request.height_mm, dpi))
        for name, text in self._wishes.items():
            option = usable(self._handle.options(), name)
            if option is not None:
                self._handle.set(option, _wished(option, text))
        return dpi

    # -- scanning --------------------------------------------------------------------------------------

    def scan(self, request: ScanRequest, sink: ScanSink) -> int:
        """One page from a flatbed, a pile from a feeder."""
        with _translated(self):
            dpi = self._configure(request)
            # An estimate, which SANE gives before a scan is started: what cannot fit need not be started and called off.
            estimate = self._handle.parameters()
            require_room(estimate.bytes_per_line, max(estimate.lines, 1))
            most = 1 if request.source is ScanSource.FLATBED else request.most_pages
            pages = 0
            ran_out = request.source is ScanSource.FLATBED
            try:
                while not most or pages < most:
                    if sink.cancelled():
                        raise Cancelled(f"after page {pages}")
                    page = self._next_page(request, sink, pages + 1, dpi)
                    if page is None:
                        ran_out = True
                        break
                    sink.deliver(page)
                    pages += 1
            finally:
                self._handle.cancel()
                if not ran_out:
                    self._forget_the_pile()
            return pages

    def _forget_the_pile(self) -> None:
        """Backends that read ahead (airscan) would hand the rest of a broken pile over as the next one: open afresh."""
        self._handle.close()
        try:
            self._handle = self._sane.open(self._name)
        except SaneError as error:
            raise DeviceLost(f"sane_open {error.status}", "SCN-106") from error

    def _next_page(self, request: ScanRequest, sink: ScanSink, number: int, dpi: int) -> ScannedPage | None:
        """None when the feeder is empty after at least one page; backends notice that at start or at the first read."""
        try:
            raw, parameters = self._frames(request.page_timeout_s, sink)
        except SaneError as error:
            if error.status == SaneStatus.NO_DOCS and number > 1:
                return None
            raise
        rows, mode = _eight_bits(_rows(raw, parameters.bytes_per_line), parameters)
        data = page_of_frame(rows, mode, parameters.pixels_per_line, dpi)
        back = request.source is ScanSource.DUPLEX and number % 2 == 0
        side = PageSide.BACK if back else PageSide.FRONT
        return ScannedPage(data, number, side, parameters.pixels_per_line, rows.shape[0], dpi)

    def _frames(self, timeout_s: float, sink: ScanSink) -> tuple[bytearray, Parameters]:
        """The page's lines. A three-pass device sends red, green and blue one after the other: they are joined here."""
        deadline = time.monotonic() + timeout_s
        parts: dict[int, bytearray] = {}
        while True:
            self._handle.start()
            parameters = self._handle.parameters()
            _require_sense(parameters)
            parts[parameters.format] = self._frame(parameters, deadline, sink)
            if parameters.last_frame or parameters.format in (Frame.GRAY, Frame.RGB):
                break
        if parameters.format in (Frame.GRAY, Frame.RGB):
            return parts[parameters.format], parameters
        return _joined(parts, parameters)

    def _frame(self, parameters: Parameters, deadline: float, sink: ScanSink) -> bytearray:
        raw = bytearray()
        while True:
            try:
                raw += self._handle.read()
            except SaneError as error:
                if error.status == SaneStatus.EOF:
                    break
                raise
            if len(raw) > LARGEST_RAW_PAGE:
                raise ScannerMemory(f"{len(raw) >> 20} MB")
            if time.monotonic() > deadline:
                raise DeviceSilent("page")
            if sink.cancelled():
                raise Cancelled("in mid-page")
        if len(raw) < parameters.bytes_per_line:
            raise PictureBroken("no line", "SCN-109")
        return raw

    def close(self) -> None:
        """Let go of the device."""
        self._handle.close()

    def sensors_after_fault(self) -> dict[str, OptionValue]:
        """What the sensors say after a fault; nothing when they cannot be read any more."""
        try:
            return self._sensors()
        except SaneError:
            return {}


@contextmanager
def _translated(scanner: SaneScanner | None = None) -> Iterator[None]:
    try:
        yield
    except SaneError as error:
        sensors = scanner.sensors_after_fault() if scanner is not None and error.status == SaneStatus.JAMMED else None
        raise fault_of(error, sensors) from error


def _wished(option: OptionFacts, text: str) -> OptionValue:
    """An option's value as written in an address. Raises BadAddress."""
    if option.type is ValueType.STRING:
        return text
    if option.type is ValueType.BOOL:
        if text.lower() not in _YES_NO:
            raise BadAddress(f"{option.name}={text[:40]}")
        return _YES_NO[text.lower()]
    try:
        return float(text)
    except ValueError as error:
        raise BadAddress(f"{option.name}={text[:40]}") from error


def _require_sense(parameters: Parameters) -> None:
    """Raises PictureBroken for a frame that cannot be, ScannerMemory for one that does not fit."""
    samples = 3 if parameters.format == Frame.RGB else 1
    needed = (parameters.pixels_per_line * samples * parameters.depth + 7) // 8
    known = parameters.depth in (1, 8, 16) and parameters.format in _FRAMES
    if not known or parameters.pixels_per_line < 1 or parameters.bytes_per_line < needed:
        raise PictureBroken(str(parameters), "SCN-109")
    require_room(parameters.bytes_per_line, max(parameters.lines, 1))


def _rows(raw: bytearray, stride: int) -> Pixels:
    """Whole lines as ``(height, stride)`` uint8, without a copy: a raw page may be 200 MB."""
    height = len(raw) // stride
    return np.frombuffer(raw, np.uint8, height * stride).reshape(height, stride)


def _eight_bits(rows: Pixels, parameters: Parameters) -> tuple[Pixels, ColourMode]:
    """Sixteen bits a sample (native order, §3.2) become eight; one bit stays one bit, except in colour (it has no file)."""
    mode = ColourMode.COLOUR if parameters.format == Frame.RGB else ColourMode.GREY
    if parameters.depth == 16:
        even = np.ascontiguousarray(rows[:, : rows.shape[1] - rows.shape[1] % 2])
        return (even.view(np.uint16) >> 8).astype(np.uint8), mode
    if parameters.depth == 1:
        if mode is ColourMode.COLOUR:
            raise PictureBroken("one bit in colour", "SCN-109")
        return rows, ColourMode.LINEART
    return rows, mode


def _joined(parts: Mapping[int, bytearray], parameters: Parameters) -> tuple[bytearray, Parameters]:
    """Three grey frames as one RGB frame. Raises PictureBroken when one is missing."""
    wanted = (Frame.RED, Frame.GREEN, Frame.BLUE)
    if not all(frame in parts for frame in wanted) or parameters.depth != 8:
        raise PictureBroken("frame missing", "SCN-109")
    width = parameters.pixels_per_line
    planes = [_rows(parts[frame], parameters.bytes_per_line)[:, :width] for frame in wanted]
    height = min(plane.shape[0] for plane in planes)
    rgb = np.stack([plane[:height] for plane in planes], axis=2)
    return bytearray(rgb.tobytes()), Parameters(Frame.RGB, True, width * 3, width, height, 8)
