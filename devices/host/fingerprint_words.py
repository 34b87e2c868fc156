"""What a fingerprint scanner's worker says, as message fields and back; images and templates travel as payload."""

from __future__ import annotations

from typing import Any

from devices.host.messages import UNREADABLE, FrameBroken, Message
from devices.ports.fingerprint import (
    FingerCapability,
    FingerCapture,
    FingerImage,
    FingerMatch,
    FingerRequest,
    FingerScannerDescription,
    MatchRequest,
)


def scanner_fields(description: FingerScannerDescription) -> dict[str, Any]:
    """As it travels."""
    return {**vars(description), "capabilities": sorted(c.value for c in description.capabilities)}


def scanner_of(fields: dict[str, Any]) -> FingerScannerDescription:
    """Raises FrameBroken when the worker sent something else."""
    try:
        stored = fields["stored"]
        return FingerScannerDescription(
            str(fields["model"]),
            str(fields["serial"]),
            str(fields["driver"]),
            int(fields["width_px"]),
            int(fields["height_px"]),
            int(fields["dpi"]),
            frozenset(FingerCapability(c) for c in fields["capabilities"]),
            None if stored is None else int(stored),
        )
    except UNREADABLE as error:
        raise FrameBroken("scanner description") from error


def image_message(kind: str, image: FingerImage) -> Message:
    """A picture on its way."""
    return Message(kind, {"width_px": image.width_px, "height_px": image.height_px, "dpi": image.dpi}, image.pixels)


def _image(fields: dict[str, Any], pixels: bytes) -> FingerImage:
    image = FingerImage(pixels, int(fields["width_px"]), int(fields["height_px"]), int(fields["dpi"]))
    if image.width_px < 1 or image.height_px < 1 or len(pixels) != image.width_px * image.height_px:
        raise FrameBroken("finger image")
    return image


def image_of(message: Message) -> FingerImage:
    """Raises FrameBroken when the worker sent something else."""
    try:
        return _image(message.fields, message.payload)
    except UNREADABLE as error:
        raise FrameBroken("finger image") from error


def request_fields(request: FingerRequest) -> dict[str, Any]:
    """As it travels."""
    return dict(vars(request))


def request_of(fields: dict[str, Any]) -> FingerRequest:
    """What the host asked for."""
    return FingerRequest(int(fields["position"]), float(fields["timeout_s"]), int(fields["presence"]))


def capture_message(capture: FingerCapture) -> Message:
    """Pixels first, features behind them."""
    message = image_message("answer", capture.image)
    fields = {**message.fields, "score": capture.score, "rectified": capture.rectified}
    return Message(message.kind, fields, capture.image.pixels + capture.features)


def capture_of(message: Message) -> FingerCapture:
    """Raises FrameBroken when the worker sent something else."""
    fields = message.fields
    try:
        size = int(fields["width_px"]) * int(fields["height_px"])
        score = fields["score"]
        return FingerCapture(
            _image(fields, message.payload[:size]),
            None if score is None else int(score),
            message.payload[size:],
            bool(fields["rectified"]),
        )
    except UNREADABLE as error:
        raise FrameBroken("finger capture") from error


def match_message(request: MatchRequest) -> Message:
    """Reference first, probe behind it."""
    fields = {"stored": request.stored, "timeout_s": request.timeout_s, "reference_bytes": len(request.reference)}
    return Message("match", fields, request.reference + request.probe)


def match_request_of(message: Message) -> MatchRequest:
    """What the host asked for."""
    size, stored = int(message.fields["reference_bytes"]), message.fields["stored"]
    return MatchRequest(
        message.payload[:size],
        None if stored is None else int(stored),
        message.payload[size:],
        float(message.fields["timeout_s"]),
    )


def match_of(fields: dict[str, Any]) -> FingerMatch:
    """Raises FrameBroken when the worker sent something else."""
    try:
        same = fields["same"]
        return FingerMatch(float(fields["similarity"]), str(fields["scale"]), None if same is None else bool(same))
    except UNREADABLE as error:
        raise FrameBroken("finger match") from error
