"""Reads printed lines of the title strip: lines found by their ink, each read by a small recognition network (PP-OCRv4).

The network comes in a wheel pinned by hash and is checked by digest; its alphabet stands in the model file itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.errors import SetupFault
from app.imaging.decode import Pixels
from app.inspection.models import model_bytes
from app.security.digest import sm3_hex

_HEIGHT = 48  # what the network was trained on
_WIDTH_STEP = 160  # few widths, so that few shapes are planned
_WIDEST = 1280
_ALPHABET = b"character"
_STRIP_DPI = 150.0
_SHORTEST_MM, _TALLEST_MM = 2.2, 16.0
_LEAST_SURE = 0.5  # mean probability of a line's characters: below it is no writing
TITLE_LINES, PAGE_LINES = 8, 400


@dataclass(frozen=True)
class ReadLine:
    """``top``, ``height`` as a share of the page's height, ``left``, ``width`` of its width; ``sure``: mean probability of
    its characters."""

    text: str
    top: float
    height: float
    sure: float
    left: float = 0.0
    width: float = 1.0


@dataclass(frozen=True)
class _Band:
    top: int
    bottom: int
    left: int
    right: int


class LineReader:
    """Thread: any, one line at a time (a network keeps its buffers)."""

    def __init__(self) -> None:
        data = model_bytes("text_lines", sm3_hex)
        self._alphabet = _alphabet(data)
        self._net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
        self._lock = threading.Lock()

    def lines(self, pixels: Pixels, dpi: float, share: float = 0.5, most: int = TITLE_LINES) -> Iterator[ReadLine]:
        """Lines of the upper ``share`` of an upright BGR page, the tallest first: a title is read before small print.

        Each is read when it is asked for, about 10 ms a line.
        """
        strip = pixels[: max(1, round(pixels.shape[0] * share))]
        scale = min(1.0, _STRIP_DPI / dpi) if dpi else 1.0
        size = (max(8, round(strip.shape[1] * scale)), max(8, round(strip.shape[0] * scale)))
        small = np.asarray(cv2.resize(strip, size, interpolation=cv2.INTER_AREA), np.uint8)
        page_height = pixels.shape[0] * scale
        bands = _bands(small, dpi * scale or _STRIP_DPI)
        for band in sorted(bands, key=lambda band: band.top - band.bottom)[:most]:
            text, sure = self._line(small[band.top : band.bottom, band.left : band.right])
            if text and sure >= _LEAST_SURE:
                place = (band.left / small.shape[1], (band.right - band.left) / small.shape[1])
                yield ReadLine(text, band.top / page_height, (band.bottom - band.top) / page_height, sure, *place)

    def _line(self, line: Pixels) -> tuple[str, float]:
        """One line's characters by greedy CTC decoding (Graves et al. 2006), and their mean probability."""
        width = min(_WIDEST, max(8, round(line.shape[1] * _HEIGHT / line.shape[0])))
        padded = -(-width // _WIDTH_STEP) * _WIDTH_STEP
        given = np.zeros((1, 3, _HEIGHT, padded), np.float32)
        shown = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32)
        given[0, :, :, :width] = (shown / 127.5 - 1.0).transpose(2, 0, 1)
        with self._lock:
            self._net.setInput(given)
            said: NDArray[np.float32] = np.asarray(self._net.forward(), np.float32)[0]
        best = said.argmax(axis=1)
        kept = [i for i in range(len(best)) if best[i] and (i == 0 or best[i] != best[i - 1])]
        if not kept:
            return "", 0.0
        text = "".join(self._alphabet[best[i]] for i in kept)
        return text.strip(), float(np.mean([said[i, best[i]] for i in kept]))


@cache
def line_reader() -> LineReader:
    """The one of this process. Raises SetupFault MOD-101, MOD-102."""
    return LineReader()


def _alphabet(model: bytes) -> list[str]:
    """From the ONNX file's metadata: a protobuf entry of key ``character`` and one long string, a character a line."""
    at = model.rfind(_ALPHABET)
    place = at + len(_ALPHABET)
    if at < 0 or model[place : place + 1] != b"\x12":
        raise SetupFault("MOD-102", name="text_lines")
    length, shift, place = 0, 0, place + 1
    while True:
        byte = model[place]
        length |= (byte & 0x7F) << shift
        shift, place = shift + 7, place + 1
        if not byte & 0x80:
            break
    return ["", *model[place : place + length].decode("utf-8").split("\n"), " "]


def _bands(strip: Pixels, dpi: float) -> list[_Band]:
    """Where lines of writing are: ink closed along the lines, rules of tables taken out, each piece a line's height."""
    grey = cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY)
    side = max(3, round(6.0 / 25.4 * dpi) // 2 * 2 + 1)
    ink = (
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side * 2 + 1, 14) > 0
    ).astype(np.uint8)
    long = max(9, round(12.0 / 25.4 * dpi))
    for shape in ((1, long), (long, 1)):
        ink[cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) > 0] = 0
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(7.0 / 25.4 * dpi))), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((max(2, round(0.6 / 25.4 * dpi)),) * 2, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    low, high = _SHORTEST_MM / 25.4 * dpi, _TALLEST_MM / 25.4 * dpi
    found = []
    for left, top, width, height, _ in stats[1:]:
        if low <= height <= high and width >= 1.8 * height:
            pad = max(2, round(height * 0.15))
            found.append(
                _Band(
                    max(0, int(top) - pad),
                    min(strip.shape[0], int(top + height) + pad),
                    max(0, int(left) - pad),
                    min(strip.shape[1], int(left + width) + pad),
                )
            )
    return found
