"""NFIQ 2 (ISO/IEC 29794-4:2024) through the wheel ``nbis-python``, where it is installed and its library loads.

Its library asks for glibc 2.38: on Debian 12 (2.36) it does not load, and nobody gets a score by this name then.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2

from app.inspection.finger import Grey

_DPI = 500.0


@cache
def _extractor() -> Any:
    """The library's extractor, None where there is none. Loading takes a moment, once."""
    try:
        import nbis  # noqa: PLC0415 - optional, and 80 MB of libraries
    except (ImportError, OSError):
        return None
    settings = nbis.NbisExtractorSettings(
        min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=True, ppi=_DPI
    )
    return nbis.new_nbis_extractor(settings)


def nfiq2_score(pixels: Grey) -> int | None:
    """0-100 for a 500-dpi plain impression; None where NFIQ 2 is not to be had or refuses the image. One to two seconds."""
    extractor = _extractor()
    if extractor is None:
        return None
    import nbis  # noqa: PLC0415 - loaded above

    good, png = cv2.imencode(".png", pixels)
    if not good:
        return None
    try:
        score = int(extractor.extract_minutiae(png.tobytes()).quality().score)
    except nbis.NbisError:
        return None
    return score if 0 <= score <= 100 else None
