"""Every measurement of one picture, in the order the register lists its groups."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.domain.judgement import Measurement
from app.inspection.measures.background import RGB, background_measures
from app.inspection.measures.body import body_measures
from app.inspection.measures.colour import colour_measures
from app.inspection.measures.cover import cover_measures
from app.inspection.measures.exposure import exposure_measures
from app.inspection.measures.expression import expression_measures
from app.inspection.measures.eyes import eye_measures
from app.inspection.measures.file import file_measures
from app.inspection.measures.geometry import enlarged_region, face_count, geometry_measures
from app.inspection.measures.sharpness import sharpness_measures
from app.inspection.scene import Scene


def measure(scene: Scene, colours: tuple[RGB, ...]) -> dict[str, Measurement]:
    """By measure id, places in the picture's own pixels. ``colours``: backgrounds the standard accepts,
    the first is what composing puts there."""
    # The wall and the picture's own pixels are looked at beside the head: numpy and OpenCV leave Python free meanwhile.
    with ThreadPoolExecutor(1, thread_name_prefix="measure") as side:
        beside = side.submit(lambda: [*background_measures(scene, colours), *sharpness_measures(scene)])
        taken = [
            *file_measures(scene),
            face_count(scene),
            *geometry_measures(scene),
            *expression_measures(scene),
            *exposure_measures(scene),
            *colour_measures(scene, colours[0]),
            *eye_measures(scene),
            *cover_measures(scene),
            *body_measures(scene),
        ]
        taken += beside.result()
    return {m.id: _on_picture(m, scene.factor) for m in taken}


def _on_picture(measured: Measurement, factor: float) -> Measurement:
    if measured.region is None or factor == 1.0:
        return measured
    return replace(measured, region=enlarged_region(measured.region, factor))
