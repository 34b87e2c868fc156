"""Limits and looks of signatures, read once from ``resources/signature.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

from app.config.places import RESOURCES
from app.domain.signature import SignatureLimits


@cache
def _table() -> dict[str, dict[str, float]]:
    with (RESOURCES / "signature.toml").open("rb") as file:
        return tomllib.load(file)


def signature_limits() -> SignatureLimits:
    """What asks for a signature again."""
    row = _table()["limits"]
    return SignatureLimits(row["dot_mm"], row["least_ink_mm"], int(row["least_ms"]))


def ink_widths() -> tuple[float, float]:
    """Millimetres of the line at no pressure and at full pressure."""
    row = _table()["ink"]
    return row["thin_mm"], row["thick_mm"]
