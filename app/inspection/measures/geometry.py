"""Where the head lies in the picture: distances of the standards' sketches and shares of the frame."""

from __future__ import annotations

import math

from app.domain.edits import CropBox
from app.domain.judgement import Measurement, Region
from app.domain.photo_standard import HeadMeasure
from app.inspection.head import HeadPoints, head_distances, moved_head
from app.inspection.measures.taking import Taker
from app.inspection.scene import Scene


def enlarged_region(region: Region, factor: float) -> Region:
    """A region of the reduced picture on the full one."""
    return Region(region.x * factor, region.y * factor, region.width * factor, region.height * factor)


def enlarged_head(head: HeadPoints, factor: float) -> HeadPoints:
    """Points of the reduced picture on the full one."""
    return moved_head(head, lambda point: (point[0] * factor, point[1] * factor))


def face_count(scene: Scene) -> Measurement:
    """How many faces; the place is the second one, the intruder."""
    t = Taker("blazeface/1")
    faces = scene.reading.faces
    t.take("face_count", len(faces), "faces", faces[1] if len(faces) > 1 else None)
    return t.taken[0]


def geometry_measures(scene: Scene) -> list[Measurement]:
    """All in the picture's own pixels, or shares of its width and height."""
    face = scene.reading.main
    if face is None:
        return []
    t = Taker("mesh-and-mask/1")
    width, height = scene.picture.width, scene.picture.height
    head = enlarged_head(face.head, scene.factor)
    region = face.box
    d = head_distances(head, CropBox(width / 2, height / 2, width, 0.0), width, height)
    for measure, value in d.items():
        t.take(f"geometry.{measure.value}", value, "px", region)
    eyes = d[HeadMeasure.EYE_DISTANCE]
    t.take("head_share", d[HeadMeasure.HEAD_HEIGHT] / height, "share", region)
    t.take("face_share", d[HeadMeasure.FACE_WIDTH] / width, "share", region)
    t.take("top_share", d[HeadMeasure.HAIR_TOP] / height, "share", region)
    t.take(
        "eyes_apart_level", eyes / max(math.cos(math.radians(face.pose.yaw_deg)), 0.3), "px", region, method="ofiq-ied/1"
    )
    centre_x = (head.outer_left[0] + head.outer_right[0]) / 2
    t.take("centre_offset_x", (d[HeadMeasure.EYES_CENTRE_X] - width / 2) / width, "share", region)
    t.take("head_offset_x", (centre_x - width / 2) / width, "share", region)
    middle_y = (d[HeadMeasure.HAIR_TOP] + height - d[HeadMeasure.CHIN_BOTTOM]) / 2
    t.take("centre_offset_y", (middle_y - height / 2) / height, "share", region)
    t.take("head_margin", _margin(head, d, width) / eyes, "ratio", region)
    t.take("shoulder_room", d[HeadMeasure.CHIN_BOTTOM] / eyes, "ratio", region)
    return t.taken


def _margin(head: HeadPoints, d: dict[HeadMeasure, float], width: int) -> float:
    """The least distance of head or ears from an edge of the picture; negative when something is cut."""
    xs = [head.outer_left[0], head.outer_right[0], *(x for x, _ in head.crown)]
    return min(*xs, width - max(xs), d[HeadMeasure.HAIR_TOP], d[HeadMeasure.CHIN_BOTTOM])
