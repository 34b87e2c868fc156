"""What to tell the applicant while the camera runs: the few checks that matter, in milliseconds, five times a second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.domain.photo_standard import PhotoStandard
from app.imaging.decode import Pixels
from app.inspection.face import CHIN, FOREHEAD, FaceReader
from app.photo.framing import guide

# The frame drawn over the live picture: its height in shares of the picture's.
FRAME_SHARE = 0.92
# Forehead line to chin over hair top to chin, on the mesh.
_MESH_SHARE = 0.76
_SMALLEST, _LARGEST = 0.5, 1.25  # of the size the frame asks for; the crop does the rest
_OFF_CENTRE = 0.14
_TURN, _NOD, _LEAN = 9.0, 11.0, 9.0
_LUMA = np.array([0.114, 0.587, 0.299])
_EYES, _DARKEST, _BRIGHTEST = 0.045, 38.0, 225.0


@dataclass(frozen=True)
class LiveLook:
    """One live frame. ``size``: face height over the one the standard's frame asks for; ``offset``: of the eyes from
    the middle, shares of the frame's width, positive = picture's right. Angles in degrees, ``luma`` 0..255."""

    faces: int
    size: float = 0.0
    offset: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    eyes: float = 0.0
    luma: float = 0.0


def look_live(reader: FaceReader, pixels: Pixels, standard: PhotoStandard) -> LiveLook:
    """``pixels``: BGR uint8, a live frame (640 px wide is plenty); about 15 ms."""
    found = reader.read_quick(pixels)
    if found is None:
        return LiveLook(0)
    face, count = found
    lines = guide(standard)
    height, width = pixels.shape[:2]
    asked = (lines.chin - lines.hair_top) * FRAME_SHARE * height * _MESH_SHARE
    tall = float(np.linalg.norm(face.mesh[CHIN, :2] - face.mesh[FOREHEAD, :2]))
    x, y = face.head.eyes_centre
    eye_chin = max(1.0, float(np.hypot(x - face.head.chin[0], y - face.head.chin[1])))
    box = face.box
    rows = slice(int(max(0, box.y)), int(max(1, box.y + box.height)))
    columns = slice(int(max(0, box.x)), int(max(1, box.x + box.width)))
    inside = pixels[rows, columns]
    return LiveLook(
        count,
        tall / asked,
        (x - width / 2) / width,
        face.pose.yaw_deg,
        face.pose.pitch_deg,
        face.pose.roll_deg,
        min(eye.opening for eye in face.eyes) / eye_chin,
        float((inside @ _LUMA).mean()) if inside.size else 0.0,
    )


def advise(seen: LiveLook) -> str:
    """A key of ``resources/texts/live.toml``: the first thing to change, or "good". Left and right are the sitter's."""
    rules = (
        (seen.faces == 0, "no_face"),
        (seen.faces > 1, "two_faces"),
        (seen.size < _SMALLEST, "too_small"),
        (seen.size > _LARGEST, "too_large"),
        (seen.offset > _OFF_CENTRE, "too_left"),
        (seen.offset < -_OFF_CENTRE, "too_right"),
        (seen.luma < _DARKEST, "dark"),
        (seen.luma > _BRIGHTEST, "bright"),
        (abs(seen.yaw) > _TURN, "turned"),
        (seen.pitch < -_NOD, "raised"),
        (seen.pitch > _NOD, "lowered"),
        (abs(seen.roll) > _LEAN, "leaning"),
        (seen.eyes < _EYES, "eyes_closed"),
    )
    return next((key for wrong, key in rules if wrong), "good")
