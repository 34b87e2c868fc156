"""The documents the simulated scanner speaks: eSCL XML, written as text, read with one pattern a field.

Structure after the Mopria Alliance eSCL specification 2.97; sizes in 1/300 inch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACES = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
RESOLUTIONS = (75, 100, 150, 200, 300, 600)
COLOUR_MODES = ("BlackAndWhite1", "Grayscale8", "RGB24")
UNITS_PER_INCH = 300
LARGEST = (2550, 3508)


@dataclass(frozen=True)
class Settings:
    """What a client asked for. Offsets and sizes in 1/300 inch."""

    source: str = "Platen"
    duplex: bool = False
    dpi: int = 300
    colour: str = "RGB24"
    x: int = 0
    y: int = 0
    width: int = LARGEST[0]
    height: int = LARGEST[1]
    format: str = "image/jpeg"


def capabilities(model: str, serial: str) -> str:
    """GET /eSCL/ScannerCapabilities."""
    modes = "".join(f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in COLOUR_MODES)
    steps = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in RESOLUTIONS
    )
    caps = (
        f"<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{LARGEST[0]}</scan:MaxWidth>"
        f"<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{LARGEST[1]}</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile>"
        f"<scan:ColorModes>{modes}</scan:ColorModes><scan:DocumentFormats>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{steps}</scan:DiscreteResolutions>"
        "</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
        f"<scan:MaxOpticalXResolution>{RESOLUTIONS[-1]}</scan:MaxOpticalXResolution>"
    )
    return (
        f"{_HEAD}<scan:ScannerCapabilities {_SPACES}><pwg:Version>2.63</pwg:Version>"
        f"<pwg:MakeAndModel>{model}</pwg:MakeAndModel><pwg:SerialNumber>{serial}</pwg:SerialNumber>"
        f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>"
        f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity>"
        "<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption>"
        "</scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>"
    )


def status(state: str, adf_state: str, jobs: tuple[tuple[str, str, int], ...]) -> str:
    """GET /eSCL/ScannerStatus. ``jobs``: URI, state, pages out."""
    listed = "".join(
        f"<scan:JobInfo><pwg:JobUri>{uri}</pwg:JobUri><pwg:ImagesCompleted>{pages}</pwg:ImagesCompleted>"
        f"<pwg:JobState>{job_state}</pwg:JobState></scan:JobInfo>"
        for uri, job_state, pages in jobs
    )
    return (
        f"{_HEAD}<scan:ScannerStatus {_SPACES}><pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
        f"<scan:AdfState>{adf_state}</scan:AdfState><scan:Jobs>{listed}</scan:Jobs></scan:ScannerStatus>"
    )


def settings_of(body: str) -> Settings | None:
    """What a client asked for; None when it asked for something this scanner does not do."""
    default = Settings()

    def text(name: str, otherwise: str) -> str:
        found = re.search(rf"<(?:\w+:)?{name}>\s*([^<]*?)\s*</", body)
        return found.group(1) if found else otherwise

    try:
        asked = Settings(
            source=text("InputSource", default.source),
            duplex=text("Duplex", "false") == "true",
            dpi=int(text("XResolution", str(default.dpi))),
            colour=text("ColorMode", default.colour),
            x=int(text("XOffset", "0")),
            y=int(text("YOffset", "0")),
            width=int(text("Width", str(default.width))),
            height=int(text("Height", str(default.height))),
            format=text("DocumentFormatExt", text("DocumentFormat", default.format)),
        )
    except ValueError:
        return None
    known = asked.source in ("Platen", "Feeder") and asked.colour in COLOUR_MODES and asked.format == default.format
    fits = 0 < asked.width <= LARGEST[0] and 0 < asked.height <= LARGEST[1] and asked.x >= 0 and asked.y >= 0
    return asked if known and fits and asked.dpi in RESOLUTIONS else None
