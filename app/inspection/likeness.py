"""Whether two shots of one session show the same sitter: shape of the face, colours of skin, hair and clothes.

No biometric recognition: it catches another person on the chair, not a twin. Limits: docs/quality.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.inspection.inference import Points
from app.inspection.parsing import Part
from app.inspection.scene import Scene

# Points that expression moves little: eyes' corners, nose, brows' ends, face outline, chin.
_SHAPE = (33, 133, 362, 263, 1, 2, 5, 6, 168, 98, 327, 70, 107, 336, 300, 234, 454, 93, 323, 132, 361, 58, 288, 172, 397,
          150, 379, 152, 10, 54, 284)  # fmt: skip

# One unit each: what two shots of one person differ by at most, seen on turned, smiling and differently lit portraits.
_SHAPE_UNIT, _COLOUR_UNIT, _CLOTHES_UNIT = 0.0075, 16.0, 26.0


@dataclass(frozen=True)
class Likeness:
    """``shape``: (31, 3), centred, size one. Colours are CIE L*a*b*; None where not seen."""

    shape: Points
    skin: NDArray[np.float64]
    hair: NDArray[np.float64] | None
    clothes: NDArray[np.float64] | None


def likeness(scene: Scene) -> Likeness | None:
    """None without a face."""
    face, patch, parsing = scene.reading.main, scene.patch, scene.parsing
    if face is None or patch is None or parsing is None:
        return None
    points = face.mesh[list(_SHAPE)]
    points = points - points.mean(axis=0)
    clothes = parsing.part(Part.CLOTHES) & (patch.person > 0.85)
    return Likeness(
        points / max(float(np.linalg.norm(points)), 1e-6),
        np.asarray(parsing.skin.lab, np.float64),
        None if parsing.hair is None else np.asarray(parsing.hair.lab, np.float64),
        np.asarray(np.median(patch.lab[clothes], axis=0), np.float64) if clothes.sum() > 300 else None,
    )


def _turned_onto(a: Points, b: Points) -> Points:
    """``a`` turned in space to lie best on ``b`` (Kabsch 1976)."""
    u, _, vt = np.linalg.svd(a.T @ b)
    turn = u @ np.diag([1, 1, np.sign(np.linalg.det(u @ vt))]) @ vt
    return np.asarray(a @ turn)


def difference(a: Likeness, b: Likeness) -> float:
    """0 the same; above 1 somebody else, or a person changed beyond what a session explains."""
    apart = _turned_onto(a.shape, b.shape) - b.shape
    parts = [
        float(np.sqrt((apart**2).sum(axis=1).mean())) / _SHAPE_UNIT,
        float(np.linalg.norm((a.skin - b.skin) * (0.5, 1, 1))) / _COLOUR_UNIT,
    ]
    if a.hair is not None and b.hair is not None:
        parts.append(_apart(a.hair, b.hair))
    if a.clothes is not None and b.clothes is not None:
        parts.append(float(np.linalg.norm(a.clothes - b.clothes)) / _CLOTHES_UNIT)
    return max(parts)


def _apart(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Lightness counts half: the light changes between shots, the person does not."""
    return float(np.linalg.norm((a - b) * (0.5, 1, 1))) / _COLOUR_UNIT
