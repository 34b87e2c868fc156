"""Finds the model files in their installed wheels and checks each against the manifest; nothing is ever downloaded."""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Callable
from pathlib import Path

from app.config.places import MODELS
from app.domain.errors import SetupFault

NAMES = ("face_detector", "face_detector_far", "face_mesh", "iris", "person_segmentation")


def model_bytes(name: str, digest: Callable[[bytes], str]) -> bytes:
    """One model file. ``digest``: SM3 hex (handed in: the crypto library is not ours to touch).

    Raises SetupFault MOD-101 missing, MOD-102 not the file that was tested.
    """
    with (MODELS / "manifest.toml").open("rb") as file:
        entry = tomllib.load(file)[name]
    try:
        path = Path(str(importlib.metadata.distribution(entry["distribution"]).locate_file(entry["file"])))
        data = path.read_bytes()
    except (importlib.metadata.PackageNotFoundError, OSError) as error:
        raise SetupFault("MOD-101", name=name) from error
    if digest(data) != entry["digest"]:
        raise SetupFault("MOD-102", name=name)
    return data
