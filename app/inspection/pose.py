"""How a head is turned: a rigid head fitted to the mesh's points (perspective-n-point), in degrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.inspection.inference import Points

# The canonical face of MediaPipe's face geometry (centimetres; x to the picture's right, y up, z to the camera), at
# points that bone carries: they stay where they are when a person smiles, blinks or speaks.
_RIGID: dict[int, tuple[float, float, float]] = {
    1: (0.0, -1.126865, 7.475604),
    4: (0.0, -0.463170, 7.586580),
    5: (0.0, 0.365669, 7.242870),
    6: (0.0, 2.473255, 5.788627),
    168: (0.0, 3.271027, 5.236015),
    195: (0.0, 1.059413, 6.774605),
    2: (0.0, -2.089024, 6.058267),
    33: (-4.445859, 2.663991, 3.173422),
    133: (-1.856432, 2.585245, 3.757904),
    362: (1.856432, 2.585245, 3.757904),
    263: (4.445859, 2.663991, 3.173422),
    98: (-1.405627, -1.714196, 5.241087),
    327: (1.405627, -1.714196, 5.241087),
    127: (-7.743095, 2.364999, -2.005167),
    356: (7.743095, 2.364999, -2.005167),
    234: (-7.664182, 0.673132, -2.435867),
    454: (7.664182, 0.673132, -2.435867),
    93: (-7.542244, -1.049282, -2.431321),
    323: (7.542244, -1.049282, -2.431321),
    10: (0.0, 8.261778, 4.481535),
    151: (0.0, 6.545390, 5.027311),
    9: (0.0, 4.885979, 5.385258),
}
_INDICES = list(_RIGID)
_MODEL = np.array([(x, -y, -z) for x, y, z in _RIGID.values()])  # to OpenCV's camera frame: y down, z away

# The canonical face looks a little up: what the fit shows on a head held level (docs/decisions/0008-pnp-pose.md).
_LEVEL_PITCH_DEG = 5.0

# The mesh model takes every head for more frontal than it is: what the fit must be multiplied by, from seven portraits
# turned by known angles (docs/decisions/0013-pose-from-four-views.md).
_YAW_GAIN, _PITCH_GAIN = 1.22, 1.58
# … and a turned one for a little lowered, by this share of the square of its turn.
_TURN_LOWERS = 0.008
_FARTHEST_TURN = 30.0  # degrees; beyond it nobody asks for the nod

# An ID photo is taken from six to ten face widths away; the fit hardly depends on it.
_DISTANCE_FACE_WIDTHS = 8.0


@dataclass(frozen=True)
class Pose:
    """Degrees. Yaw: positive when the person looks to the picture's right. Pitch: positive when looking down.

    Roll: positive when the head leans to the picture's right (clockwise).
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


@dataclass(frozen=True)
class HeadFit:
    """The pose; ``residual``: root mean square distance of the points from the fitted head, in face widths;
    ``aspect``: how much taller the face is than the rigid head says (1 = natural, 1.1 = stretched by a tenth)."""

    pose: Pose
    residual: float
    aspect: float


def fit_head(mesh: Points) -> HeadFit:
    """``mesh``: (468, 3) in picture pixels."""
    points = np.ascontiguousarray(mesh[_INDICES, :2], np.float64)
    width = max(float(np.ptp(points[:, 0])), 1.0)
    centre = points.mean(axis=0)
    focal = _DISTANCE_FACE_WIDTHS * width
    camera = np.array([[focal, 0, centre[0]], [0, focal, centre[1]], [0, 0, 1]])
    _, turn, shift = cv2.solvePnP(_MODEL, points, camera, np.zeros(4), flags=cv2.SOLVEPNP_SQPNP)
    turn, shift = cv2.solvePnPRefineLM(_MODEL, points, camera, np.zeros(4), turn, shift)
    shown = cv2.projectPoints(_MODEL, turn, shift, camera, np.zeros(4))[0].reshape(-1, 2).astype(np.float64)
    residual = float(np.sqrt(((shown - points) ** 2).sum(axis=1).mean())) / width
    rotation = np.asarray(cv2.Rodrigues(turn)[0], np.float64)
    return HeadFit(_angles(rotation), residual, _aspect(points, shown))


def mirror_pose(pose: Pose) -> Pose:
    """The pose of the head whose mirror picture shows ``pose``."""
    return Pose(-pose.yaw_deg, pose.pitch_deg, -pose.roll_deg)


def mean_pose(poses: Sequence[Pose]) -> Pose:
    """Of several readings of one head."""
    return Pose(
        sum(p.yaw_deg for p in poses) / len(poses),
        sum(p.pitch_deg for p in poses) / len(poses),
        sum(p.roll_deg for p in poses) / len(poses),
    )


def _angles(rotation: Points) -> Pose:
    """Where the nose points, then how the eye line leans."""
    forward, right = -rotation[:, 2], rotation[:, 0]
    yaw = np.degrees(np.arctan2(forward[0], -forward[2]))
    pitch = np.degrees(np.arcsin(np.clip(forward[1], -1, 1)))
    roll = np.degrees(np.arctan2(right[1], right[0]))
    turned = _YAW_GAIN * float(yaw)
    lowered = _PITCH_GAIN * (float(pitch) - _LEVEL_PITCH_DEG) - _TURN_LOWERS * min(abs(turned), _FARTHEST_TURN) ** 2
    return Pose(turned, lowered, float(roll))


def _aspect(points: Points, shown: Points) -> float:
    """Ratio of vertical to horizontal scale of the best axis-aligned stretch from the fitted head to the points."""
    a, b = shown - shown.mean(axis=0), points - points.mean(axis=0)
    horizontal = float((a[:, 0] * b[:, 0]).sum() / max((a[:, 0] ** 2).sum(), 1e-9))
    vertical = float((a[:, 1] * b[:, 1]).sum() / max((a[:, 1] ** 2).sum(), 1e-9))
    return vertical / horizontal if horizontal > 0 else 1.0
