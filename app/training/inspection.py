"""The embedded back end's own judging of a photo: the file by its own look, the picture by the examiner it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from app.config.texts import advice, check_name
from app.domain.errors import BadInput
from app.domain.inspecting import InspectionReason
from app.domain.judgement import QualityReport
from app.domain.photo_standard import PhotoStandard
from app.imaging.facts import PictureFacts, read_facts

Examine: TypeAlias = Callable[[bytes, PhotoStandard], QualityReport]

_LANGUAGE = "zh_CN"


def inspected(image: bytes, standard: PhotoStandard, examine: Examine) -> tuple[InspectionReason, ...]:
    """Everything wrong with an issued photo, each attribute once; empty = passed. Nothing the sender said is believed."""
    try:
        faults = _file_faults(read_facts(image), standard)
        report = examine(image, standard)
    except BadInput as error:
        return (InspectionReason(error.code, f"文件无法检测（{error.code}）"),)
    for check in report.failures():
        words = advice(check.advice, _LANGUAGE)
        name = check_name(check.measurement.id, _LANGUAGE)
        faults.setdefault(check.measurement.id, f"{name}：{words}" if words else name)
    return tuple(InspectionReason(*fault) for fault in faults.items())


def _file_faults(facts: PictureFacts, standard: PhotoStandard) -> dict[str, str]:
    """Type, pixels, bytes and resolution against the standard's limits, by the header alone; unsaid is wrong."""
    found = {
        "file_is_jpeg": float(facts.format == "JPEG"),
        "width_px": float(facts.width),
        "height_px": float(facts.height),
        "file_bytes": float(facts.size_bytes),
        "dpi": min(facts.dpi) if facts.dpi else 0.0,
    }
    faults = {}
    for attribute, value in found.items():
        limit = standard.limit(attribute)
        if limit is not None and limit.side(value):
            low, high = ("…" if bound is None else f"{bound:g}" for bound in (limit.low, limit.high))
            faults[attribute] = f"{check_name(attribute, _LANGUAGE)}：{value:g}，应在 {low} – {high} 之间"
    return faults
