"""eSCL documents: capabilities and status read, scan settings written (Mopria Alliance eSCL specification 2.97).

Pure functions over bytes from the network; sizes there are in 1/300 inch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from devices.drivers.escl.elements import Element, parse
from devices.ports.errors import (
    CoverOpen,
    DeviceError,
    DoubleFeed,
    FeederEmpty,
    PaperJam,
    ScannerFault,
)
from devices.ports.scanner import (
    ColourMode,
    ScannerDescription,
    ScannerState,
    ScannerStatus,
    ScanRequest,
    ScanSource,
    SourceAbilities,
)

_MM_PER_UNIT = 25.4 / 300
_USUAL_DPI = (75, 100, 150, 200, 240, 300, 400, 600, 1200)
_MOST_DPI = 10_000
_LONGEST_WORD = 200
_SOURCES = (
    (ScanSource.FLATBED, "PlatenInputCaps"),
    (ScanSource.ADF, "AdfSimplexInputCaps"),
    (ScanSource.DUPLEX, "AdfDuplexInputCaps"),
)
MODES: Mapping[ColourMode, str] = {
    ColourMode.LINEART: "BlackAndWhite1",
    ColourMode.GREY: "Grayscale8",
    ColourMode.COLOUR: "RGB24",
}
# AdfState → our state and, where it stops a pile, the error (specification §9.2, table "AdfState").
ADF_STATES: Mapping[str, tuple[ScannerState, type[DeviceError] | None, str | None]] = {
    "ScannerAdfProcessing": (ScannerState.BUSY, None, None),
    "ScannerAdfLoaded": (ScannerState.FEEDER_LOADED, None, None),
    "ScannerAdfEmpty": (ScannerState.FEEDER_EMPTY, FeederEmpty, None),
    "ScannerAdfJam": (ScannerState.JAM, PaperJam, None),
    "ScannerAdfMispick": (ScannerState.JAM, PaperJam, None),
    "ScannerAdfHatchOpen": (ScannerState.COVER_OPEN, CoverOpen, "SCN-102"),
    "ScannerAdfMultipickDetected": (ScannerState.DOUBLE_FEED, DoubleFeed, None),
    "ScannerAdfDuplexPageTooShort": (ScannerState.ERROR, ScannerFault, None),
    "ScannerAdfDuplexPageTooLong": (ScannerState.ERROR, ScannerFault, None),
    "ScannerAdfInputTrayFailed": (ScannerState.ERROR, ScannerFault, None),
    "ScannerAdfInputTrayOverloaded": (ScannerState.ERROR, ScannerFault, None),
}
_STATES = {
    "Idle": ScannerState.READY,
    "Processing": ScannerState.BUSY,
    "Testing": ScannerState.BUSY,
    "Stopped": ScannerState.ERROR,
    "Down": ScannerState.ERROR,
}


@dataclass(frozen=True)
class EsclStatus:
    """ScannerStatus as far as we use it, in the device's words."""

    state: str
    adf_state: str

    def summary(self) -> ScannerStatus:
        """The feeder's trouble first, then the whole device, then what the feeder holds."""
        adf = ADF_STATES.get(self.adf_state)
        whole = _STATES.get(self.state, ScannerState.UNKNOWN)
        detail = f"{self.state} {self.adf_state}".strip()
        calm = (ScannerState.FEEDER_LOADED, ScannerState.FEEDER_EMPTY, ScannerState.BUSY)
        if adf is not None and adf[0] not in calm:
            return ScannerStatus(adf[0], detail)
        if whole is not ScannerState.READY or adf is None:
            return ScannerStatus(whole, detail)
        return ScannerStatus(adf[0], detail)

    def fault(self) -> DeviceError | None:
        """What stops the feeder; None when nothing is wrong with it."""
        _, kind, code = ADF_STATES.get(self.adf_state, (None, None, None))
        return None if kind is None else kind(self.adf_state, code)


def capabilities(data: bytes, driver: str) -> ScannerDescription:
    """From GET ScannerCapabilities. Raises NotUnderstood for no XML; missing parts are simply not offered."""
    root = parse(data)
    sources = []
    for source, name in _SOURCES:
        caps = root.first(name)
        if caps is not None:
            sources.append(_abilities(source, caps))
    model = (root.text_of("MakeAndModel") or "eSCL")[:_LONGEST_WORD]
    return ScannerDescription(model, root.text_of("SerialNumber")[:_LONGEST_WORD], driver, tuple(sources))


def _abilities(source: ScanSource, caps: Element) -> SourceAbilities:
    told = {element.text for element in caps.all("ColorMode")}
    modes = tuple(mode for mode, word in MODES.items() if word in told)
    dpi: set[int] = set()
    for step in caps.all("DiscreteResolution"):
        dpi.add(_number(step.text_of("XResolution")))
    for span in caps.all("XResolutionRange"):
        low, high = _number(span.text_of("Min")), _number(span.text_of("Max"))
        if 0 < low <= high:
            dpi |= {low, high, *(usual for usual in _USUAL_DPI if low <= usual <= high)}
    width, height = (_number(caps.text_of(name)) * _MM_PER_UNIT for name in ("MaxWidth", "MaxHeight"))
    resolutions = tuple(sorted(d for d in dpi if 0 < d <= _MOST_DPI))
    return SourceAbilities(source, resolutions, modes, round(width, 1), round(height, 1))


def _number(text: str) -> int:
    """A whole number up to nine digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


def status(data: bytes) -> EsclStatus:
    """From GET ScannerStatus. Raises NotUnderstood."""
    root = parse(data)
    return EsclStatus(root.text_of("State")[:_LONGEST_WORD], root.text_of("AdfState")[:_LONGEST_WORD])


def settings(request: ScanRequest, area: SourceAbilities) -> bytes:
    """The body of POST ScanJobs; an area of 0 is the source's whole."""
    width, height = (
        round(min(wanted, most) / _MM_PER_UNIT) if wanted > 0 else round(most / _MM_PER_UNIT)
        for wanted, most in ((request.width_mm, area.width_mm), (request.height_mm, area.height_mm))
    )
    feeder = request.source is not ScanSource.FLATBED
    duplex = f"<scan:Duplex>{str(request.source is ScanSource.DUPLEX).lower()}</scan:Duplex>" if feeder else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
        ' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:Version>2.0</pwg:Version>'
        "<scan:Intent>Document</scan:Intent><pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset><pwg:Width>{width}</pwg:Width>"
        f"<pwg:Height>{height}</pwg:Height></pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{'Feeder' if feeder else 'Platen'}</pwg:InputSource>{duplex}"
        f"<scan:ColorMode>{MODES[request.mode]}</scan:ColorMode>"
        f"<scan:XResolution>{request.dpi}</scan:XResolution><scan:YResolution>{request.dpi}</scan:YResolution>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:ScanSettings>"
    ).encode()
