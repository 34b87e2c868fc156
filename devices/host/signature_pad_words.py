"""What a signature pad's worker says, as message fields and back."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken
from devices.ports.signature_pad import PadDescription, PenSample


def pad_fields(description: PadDescription) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(description))


def pad_of(fields: dict[str, Any]) -> PadDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return PadDescription(
            str(fields["model"]),
            str(fields["driver"]),
            float(fields["width_mm"]),
            float(fields["height_mm"]),
            int(fields["pressure_levels"]),
        )
    except UNREADABLE as error:
        raise FrameBroken("signature pad") from error


def samples_fields(samples: tuple[PenSample, ...]) -> dict[str, Any]:
    """As they travel: millimetres to a thousandth, pressure to a ten-thousandth."""
    return {"samples": [[round(s.x_mm, 3), round(s.y_mm, 3), s.t_ms, round(s.pressure, 4), int(s.down)] for s in samples]}


def samples_of(fields: dict[str, Any]) -> tuple[PenSample, ...]:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return tuple(
            PenSample(float(x), float(y), int(t), float(pressure), bool(down))
            for x, y, t, pressure, down in fields["samples"]
        )
    except UNREADABLE as error:
        raise FrameBroken("pen samples") from error
