"""Finding a face and its points: where they lie on drawn heads with known truth, and how a real face is turned."""

from __future__ import annotations

import math
from functools import cache

import cv2
import numpy as np
import pytest
from portraits.camera import photograph, truth_of
from portraits.portrait import Portrait
from quality.relief import Relief

from app.imaging.decode import Pixels
from app.inspection.face import Face
from app.inspection.inference import EyePoints
from app.inspection.landing import landed_chin, landed_pupil
from helpers.eyes import eyes
from helpers.pictures import astronaut


def _face(pixels: Pixels) -> Face:
    face = eyes().examiner.reader.read(pixels).main
    assert face is not None
    return face


@pytest.mark.parametrize("share", [0.05, 0.1, 0.25, 0.5, 0.75, 0.9])
def test_a_face_is_found_from_a_twentieth_of_the_frame_to_nine_tenths(share: float) -> None:
    portrait = Portrait(width=1200, height=1200, face_share=share, centre=(0.5, 0.5), seed=31)
    box = _face(photograph(portrait)).box
    truth = truth_of(portrait)
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    eyes_to_chin = math.dist(truth.pupil_left, truth.chin)
    assert math.dist(middle, np.add(truth.pupil_left, truth.pupil_right) / 2) < eyes_to_chin


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("skin", ["very-light", "medium", "dark"])
def test_points_lie_within_two_percent_of_the_drawn_truth(skin: str, seed: int) -> None:
    portrait = Portrait(skin=skin, seed=200 + seed, roll=3.0 * seed - 3.0)
    head, truth = _face(photograph(portrait)).head, truth_of(portrait)
    eye_distance = math.dist(truth.pupil_left, truth.pupil_right)
    tall = truth.chin[1] - truth.hair_top[1]
    for mine, true in ((head.pupil_left, truth.pupil_left), (head.pupil_right, truth.pupil_right)):
        assert math.dist(mine, true) < 0.02 * eye_distance
    assert abs(head.chin[1] - truth.chin[1]) < 0.02 * tall
    assert abs(min(y for _, y in head.crown) - truth.hair_top[1]) < 0.02 * tall


@cache
def _turning() -> tuple[Face, Relief]:
    large = np.asarray(cv2.resize(astronaut(), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    face = _face(large)
    return face, Relief(large, face.mesh)


@pytest.mark.parametrize(("yaw", "pitch"), [(10, 0), (-15, 0), (0, 10), (0, -10), (6, 6)])
def test_a_real_face_turned_by_known_degrees_is_answered_within_three(yaw: float, pitch: float) -> None:
    straight, relief = _turning()
    turned = _face(relief.turned(yaw, pitch)).pose
    assert abs(turned.yaw_deg - straight.pose.yaw_deg - yaw) <= 3
    assert abs(turned.pitch_deg - straight.pose.pitch_deg - pitch) <= 3


def _eye(x: float, y: float, radius: float) -> EyePoints:
    rim = np.array([(x, y), (x + radius, y), (x, y - radius), (x - radius, y), (x, y + radius)])
    return EyePoints(rim, np.zeros((16, 2)))


@pytest.mark.parametrize(("dx", "dy"), [(0.0, 0.0), (3.0, -2.0), (-4.0, 1.0)])
def test_a_pupil_is_moved_to_the_middle_of_the_iris_that_is_seen(dx: float, dy: float) -> None:
    grey = np.full((120, 160), 230, np.uint8)
    cv2.circle(grey, (80, 60), 14, 60, -1, cv2.LINE_AA)
    x, y = landed_pupil(grey, _eye(80 + dx, 60 + dy, 14))
    assert math.dist((x, y), (80, 60)) < 1.0


def test_a_pupil_that_is_not_seen_stays_where_the_model_put_it() -> None:
    grey = np.full((120, 160), 180, np.uint8)
    assert landed_pupil(grey, _eye(70, 50, 14)) == (70, 50)


def test_a_chin_without_an_edge_stays_where_the_mesh_put_it() -> None:
    plain = np.full((300, 300, 3), 150, np.uint8)
    chin = np.array([150.0, 200.0])
    assert (landed_chin(plain, chin, 160.0, np.array([1.0, 0.0])) == chin).all()
