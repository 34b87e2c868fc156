"""What a backend's options mean: sources, modes, resolutions and areas under the many names that backends give them.

Pure functions over option descriptors. Names: SANE Standard §4.5 (well-known options) and the backends of
sane-backends 1.2 (fujitsu, canon_dr, epsonds, avision, kvs20xx, brother, airscan).
"""

from __future__ import annotations

from collections.abc import Mapping

from devices.drivers.sane.library import OptionFacts, OptionValue, ValueType
from devices.ports.scanner import ColourMode, ScannerState, ScannerStatus, ScanSource, SourceAbilities

Options = Mapping[str, OptionFacts]

_USUAL_DPI = (75, 100, 150, 200, 240, 300, 400, 600, 1200)
_MM_PER_INCH = 25.4
# Words of sources that no document lies in.
_OTHER_SOURCES = ("transparen", "negative", "slide", "film", "back")
_MODE_WORDS = (
    (ColourMode.LINEART, ("lineart", "line art", "black & white", "black and white", "black/white", "binary", "mono")),
    (ColourMode.GREY, ("gray", "grey")),
    (ColourMode.COLOUR, ("color", "colour", "rgb")),
)


def source_of(word: str) -> ScanSource | None:
    """What a backend's word for a source means; None for none of ours."""
    lower = word.lower()
    if any(part in lower for part in _OTHER_SOURCES):
        return None
    if "duplex" in lower:
        return ScanSource.DUPLEX
    if "feeder" in lower or "adf" in lower:
        return ScanSource.ADF
    if lower in ("fb", "normal") or any(part in lower for part in ("flatbed", "platen", "document table")):
        return ScanSource.FLATBED
    return None


def mode_of(word: str) -> ColourMode | None:
    """What a backend's word for a mode means; the first meaning counts ("Color Lineart" is line art)."""
    lower = word.lower()
    if "halftone" in lower or "dither" in lower or "diffusion" in lower:
        return None
    return next((mode for mode, words in _MODE_WORDS if any(part in lower for part in words)), None)


def usable(options: Options, name: str) -> OptionFacts | None:
    """The option when it is there, active and ours to set."""
    option = options.get(name)
    return option if option is not None and option.active and option.settable else None


def words(option: OptionFacts | None) -> tuple[str, ...]:
    """The strings an option takes."""
    return () if option is None else tuple(str(choice) for choice in option.choices)


def source_words(options: Options) -> dict[ScanSource, tuple[tuple[str, OptionValue], ...]]:
    """Our sources → the options to set for each. A device without the option is a flatbed."""
    source = usable(options, "source")
    found: dict[ScanSource, tuple[tuple[str, OptionValue], ...]] = {}
    for word in words(source):
        meaning = source_of(word)
        if meaning is not None:
            found.setdefault(meaning, (("source", word),))
    if not found:
        found[ScanSource.FLATBED] = ()
    simplex, duplex = _duplex_switch(options)
    if ScanSource.ADF in found and ScanSource.DUPLEX not in found and duplex is not None and simplex is not None:
        found[ScanSource.DUPLEX] = (*found[ScanSource.ADF], duplex)
        found[ScanSource.ADF] = (*found[ScanSource.ADF], simplex)
    return {source: found[source] for source in ScanSource if source in found}


def _duplex_switch(options: Options) -> tuple[tuple[str, OptionValue] | None, tuple[str, OptionValue] | None]:
    """Backends that switch duplex apart from the source: simplex and duplex as an option with its value."""
    switch = options.get("duplex")
    if switch is not None and switch.settable and switch.type is ValueType.BOOL:
        return ("duplex", False), ("duplex", True)
    choices = words(options.get("adf-mode"))
    simplex = next((("adf-mode", word) for word in choices if "simplex" in word.lower()), None)
    duplex = next((("adf-mode", word) for word in choices if "duplex" in word.lower()), None)
    return simplex, duplex


def mode_settings(options: Options) -> dict[ColourMode, tuple[tuple[str, OptionValue], ...]]:
    """Our modes → the options to set for each. A device without the option gives colour as it likes."""
    found: dict[ColourMode, tuple[tuple[str, OptionValue], ...]] = {}
    depths = {int(choice) for choice in _depths(options)}
    eight: tuple[tuple[str, OptionValue], ...] = (("depth", 8),) if 8 in depths else ()
    for word in words(usable(options, "mode")):
        mode = mode_of(word)
        if mode is not None:
            found.setdefault(mode, (("mode", word), *(eight if mode is not ColourMode.LINEART else ())))
    if ColourMode.GREY in found and ColourMode.LINEART not in found and 1 in depths:
        found[ColourMode.LINEART] = (found[ColourMode.GREY][0], ("depth", 1))
    if not found:
        found[ColourMode.COLOUR] = eight
    return {mode: found[mode] for mode in ColourMode if mode in found}


def _depths(options: Options) -> tuple[float, ...]:
    option = usable(options, "depth")
    return tuple(c for c in option.choices if isinstance(c, int | float)) if option is not None else ()


def resolutions(options: Options) -> tuple[int, ...]:
    """Ascending; a range is told by the usual steps within it and both its ends."""
    option = usable(options, "resolution") or usable(options, "x-resolution")
    if option is None:
        return ()
    if option.choices:
        return tuple(sorted({round(c) for c in option.choices if isinstance(c, int | float) and c >= 1}))
    if option.low is None or option.high is None:
        return _USUAL_DPI
    low, high = max(round(option.low), 1), round(option.high)
    return tuple(sorted({low, high, *(dpi for dpi in _USUAL_DPI if low <= dpi <= high)})) if low <= high else ()


def area_mm(options: Options, dpi: int) -> tuple[float, float]:
    """The largest area; 0 for a side that is not told."""
    return _most_mm(options.get("br-x"), dpi), _most_mm(options.get("br-y"), dpi)


def _most_mm(option: OptionFacts | None, dpi: int) -> float:
    if option is None:
        return 0.0
    numbers = [c for c in option.choices if isinstance(c, int | float)]
    most = option.high if option.high is not None else max(numbers, default=0.0)
    return _mm(option, max(most, 0.0), dpi)


def _mm(option: OptionFacts, value: float, dpi: int) -> float:
    return value * _MM_PER_INCH / dpi if option.in_pixels and dpi > 0 else value


def area_settings(options: Options, width_mm: float, height_mm: float, dpi: int) -> tuple[tuple[str, OptionValue], ...]:
    """The options for an area in the top left corner; 0 = as far as it goes. Sides not told are left alone."""
    found: list[tuple[str, OptionValue]] = []
    for paper, start, end, wanted in (("page-width", "tl-x", "br-x", width_mm), ("page-height", "tl-y", "br-y", height_mm)):
        option = usable(options, end)
        most = _most_mm(option, dpi)
        if option is None or most <= 0:
            continue
        size = min(wanted, most) if wanted > 0 else most
        value = size * dpi / _MM_PER_INCH if option.in_pixels else size
        sheet = usable(options, paper)
        if sheet is not None:
            found.append((paper, min(value, sheet.high) if sheet.high is not None else value))
        if usable(options, start) is not None:
            found.append((start, max(options[start].low or 0.0, 0.0)))
        found.append((end, value))
    return tuple(found)


def abilities(source: ScanSource, options: Options, dpi: int) -> SourceAbilities:
    """What the source that is set now can do."""
    width, height = area_mm(options, dpi)
    return SourceAbilities(source, resolutions(options), tuple(mode_settings(options)), round(width, 1), round(height, 1))


def state_of_sensors(sensors: Mapping[str, OptionValue]) -> ScannerStatus:
    """Status from the sensors a backend tells (fujitsu, canon_dr, …); UNKNOWN where it tells none.

    In the order in which a person would mend them.
    """
    if sensors.get("cover-open") is True:
        return ScannerStatus(ScannerState.COVER_OPEN)
    if sensors.get("double-feed") is True:
        return ScannerStatus(ScannerState.DOUBLE_FEED)
    if "page-loaded" in sensors:
        loaded = sensors["page-loaded"] is True
        return ScannerStatus(ScannerState.FEEDER_LOADED if loaded else ScannerState.FEEDER_EMPTY)
    return ScannerStatus(ScannerState.READY if "cover-open" in sensors else ScannerState.UNKNOWN)
