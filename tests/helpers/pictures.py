"""Pictures with a known truth, made once per test process."""

from __future__ import annotations

from functools import cache

import numpy as np

from app.imaging.decode import Pixels
from app.imaging.sitter import OTHER_SITTERS, SITTERS, SitterVariant, draw_sitter, sitter_jpeg

STRAIGHT = OTHER_SITTERS[0]


@cache
def portrait(variant: SitterVariant = STRAIGHT, width: int = 900, height: int = 1200) -> Pixels:
    """A drawn person, BGR."""
    pixels = draw_sitter(variant, width, height)
    pixels.setflags(write=False)
    return pixels


@cache
def portrait_jpeg(variant: SitterVariant = STRAIGHT, width: int = 900, height: int = 1200) -> bytes:
    """The same as a camera's file."""
    return sitter_jpeg(variant, width, height)


@cache
def small_portrait(seed: int) -> bytes:
    """Distinguishable pictures of the same sitter: a few bytes behind the end marker differ."""
    return portrait_jpeg() + bytes([seed]) * (seed + 1)


def variant(name: str) -> SitterVariant:
    """By name."""
    return next(v for v in (*SITTERS, *OTHER_SITTERS) if v.name == name)


@cache
def astronaut() -> Pixels:
    """A real face in the public domain (NASA), BGR."""
    from skimage.data import astronaut as load

    picture: Pixels = load()  # type: ignore[no-untyped-call]  # scikit-image is untyped here
    return np.ascontiguousarray(picture[:, :, ::-1])
