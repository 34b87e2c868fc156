"""The small image model: what a page is by its one-kilobyte picture and the envelope's features, trained on drawn pages.

Two layers of numbers in ``resources/archive/page-model.npz``, made by ``make page-model`` from tests/helpers. Synthetic:
real archives were never seen; see docs/pages.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app.archive.small_picture import Envelope
from app.config.places import RESOURCES
from app.imaging.decode import Pixels
from app.security.digest import sm3_hex

MODEL_PATH = RESOURCES / "archive" / "page-model.npz"
SIDES = (40, 56)  # width, height of what the model looks at


@dataclass(frozen=True)
class PageModel:
    """``first`` F×H, ``second`` H×C weights; ``mean``, ``spread`` of the features; ``temperature`` calibrates (Guo et al.
    2017). ``version``: of the file, part of what is remembered of a picture."""

    classes: tuple[str, ...]
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    second: NDArray[np.float32]
    second_bias: NDArray[np.float32]
    temperature: float
    version: str

    def probabilities(self, features: NDArray[np.float32], among: Iterable[str]) -> dict[str, float]:
        """Of the types ``among``, summing to 1. ``features``: of ``features_of``."""
        x = (features - self.mean) / self.spread
        hidden = np.maximum(x @ self.first + self.first_bias, 0)
        scores = (hidden @ self.second + self.second_bias) / self.temperature
        wanted = [self.classes.index(name) for name in among if name in self.classes]
        chosen = np.exp(scores[wanted] - scores[wanted].max())
        shares = chosen / chosen.sum()
        return {self.classes[place]: float(share) for place, share in zip(wanted, shares, strict=True)}


def features_of(small: Pixels, envelope: Envelope) -> NDArray[np.float32]:
    """``small``: grey H×W uint8, upright. The picture in equal light, its profiles, and what the envelope says. Pure."""
    seen = cv2.resize(small, SIDES, interpolation=cv2.INTER_AREA).astype(np.float32)
    paper = cv2.GaussianBlur(cv2.dilate(seen, np.ones((9, 9))), (0, 0), 6)
    dark = np.clip(1.0 - seen / np.maximum(paper, 1.0), 0, 1)
    beside = np.array(
        [envelope.aspect, envelope.ink_share, envelope.red_share, envelope.blank, seen.mean() / 255, seen.std() / 128]
    )
    return np.concatenate([dark.ravel(), dark.mean(0), dark.mean(1), beside * 4]).astype(np.float32)


@cache
def page_model() -> PageModel:
    """The shipped one."""
    data = MODEL_PATH.read_bytes()
    with np.load(MODEL_PATH, allow_pickle=False) as file:
        return PageModel(
            classes=tuple(str(name) for name in file["classes"]),
            mean=file["mean"],
            spread=file["spread"],
            first=file["first"].astype(np.float32),
            first_bias=file["first_bias"],
            second=file["second"].astype(np.float32),
            second_bias=file["second_bias"],
            temperature=float(file["temperature"]),
            version=sm3_hex(data)[:12],
        )
