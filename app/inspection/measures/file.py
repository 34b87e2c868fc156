"""What the file says and what its edges show: type, size, pixels, depth, DPI, left-over metadata, borders."""

from __future__ import annotations

import cv2
import numpy as np

from app.domain.judgement import Measurement
from app.imaging.decode import Pixels
from app.inspection.measures.taking import Taker
from app.inspection.scene import Scene

_BLACK = 20  # luma of a border nobody photographed


def file_measures(scene: Scene) -> list[Measurement]:
    """From the header (ISO/IEC 10918-1, JFIF, EXIF) and the outermost rows and columns."""
    facts, t = scene.picture.facts, Taker("header/1")
    dpi = None if facts.dpi is None else (facts.dpi[0] + facts.dpi[1]) / 2
    t.take("file_is_jpeg", float(facts.format == "JPEG"), "yes")
    t.take("file_bytes", facts.size_bytes, "B")
    t.take("width_px", facts.width, "px")
    t.take("height_px", facts.height, "px")
    t.take("aspect", facts.width / facts.height, "ratio")
    t.take("bit_depth", facts.bits_per_pixel, "bit")
    t.take("dpi", dpi, "dpi")
    t.take("metadata_left", float(facts.has_exif), "yes")
    t.take("turned", scene.turned_deg, "deg", method="face-at-four-turns/1")
    t.take("border", _border(scene.small) * scene.factor, "px", method="flat-edge/1")
    return t.taken


def _border(pixels: Pixels) -> float:
    """Widest black band along an edge, in pixels."""
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    dark_rows, dark_columns = (np.percentile(luma, 98, axis=axis) < _BLACK for axis in (1, 0))
    return float(max(_leading(d) for d in (dark_rows, dark_rows[::-1], dark_columns, dark_columns[::-1])))


def _leading(flags: np.typing.NDArray[np.bool_]) -> int:
    return int(len(flags) if flags.all() else np.argmin(flags))
