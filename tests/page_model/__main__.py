"""`make page-model`: trains the small image model on drawn pages and writes resources/archive/page-model.npz.

Three parts of different seeds: one to learn from, one to stop and to calibrate by. The accuracy in docs/pages.md is of a
third part, which is never seen here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from app.archive.page_model import MODEL_PATH
from helpers.page_examples import classes, examples

LEARNED, HELD = 110, 14  # pages of a type
_HIDDEN, _ROUNDS, _BATCH = 96, 60, 64


def train() -> dict[str, object]:
    """Adam on two layers with dropout and weight decay; the best round by the held part; temperature by its likelihood."""
    x, y = examples(10_000, LEARNED)
    held_x, held_y = examples(500_000, HELD)
    mean, spread = x.mean(0), x.std(0) + 0.05
    x, held_x = (x - mean) / spread, (held_x - mean) / spread
    draw = np.random.default_rng(1)
    count = len(classes())
    w = [
        draw.normal(0, (2 / x.shape[1]) ** 0.5, (x.shape[1], _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        draw.normal(0, (2 / _HIDDEN) ** 0.5, (_HIDDEN, count)).astype(np.float32),
        np.zeros(count, np.float32),
    ]
    m, v = [np.zeros_like(each) for each in w], [np.zeros_like(each) for each in w]
    best, kept, step = -1.0, [each.copy() for each in w], 0
    for round_ in range(_ROUNDS):
        order = draw.permutation(len(x))
        for start in range(0, len(x), _BATCH):
            rows = order[start : start + _BATCH]
            step += 1
            given = x[rows] * (draw.random(x[rows].shape) > 0.1) / 0.9
            given = (given + draw.normal(0, 0.15, given.shape)).astype(np.float32)
            before = given @ w[0] + w[1]
            drop = (draw.random(before.shape) > 0.3) / 0.7
            hidden = (np.maximum(before, 0) * drop).astype(np.float32)
            shares = _shares(hidden @ w[2] + w[3])
            shares[np.arange(len(rows)), y[rows]] -= 1
            shares /= len(rows)
            back = (shares @ w[2].T) * drop * (before > 0)
            slopes = [given.T @ back + 2e-4 * w[0], back.sum(0), hidden.T @ shares + 2e-4 * w[2], shares.sum(0)]
            rate = 1e-3 * (0.5 if round_ > 35 else 1.0)
            for place, slope in enumerate(slopes):
                m[place] = 0.9 * m[place] + 0.1 * slope
                v[place] = 0.999 * v[place] + 0.001 * slope**2
                w[place] -= (rate * (m[place] / (1 - 0.9**step)) / (np.sqrt(v[place] / (1 - 0.999**step)) + 1e-8)).astype(
                    np.float32
                )
        score = float((_scores(held_x, w).argmax(1) == held_y).mean())
        if score > best:
            best, kept = score, [each.copy() for each in w]
    scores = _scores(held_x, kept)
    likelihood = {
        t: float(np.log(_shares(scores / t)[np.arange(len(held_y)), held_y] + 1e-9).mean()) for t in np.arange(0.5, 6, 0.1)
    }
    temperature = max(likelihood, key=lambda t: likelihood[t])
    sys.stdout.write(f"held part: {best:.3f} of {len(held_y)} right, temperature {temperature:.1f}\n")
    return {
        "classes": np.array([name for name, _ in classes()]),
        "mean": mean.astype(np.float32),
        "spread": spread.astype(np.float32),
        "first": kept[0].astype(np.float16),
        "first_bias": kept[1],
        "second": kept[2].astype(np.float16),
        "second_bias": kept[3],
        "temperature": np.float32(temperature),
    }


def _scores(x: NDArray[np.float32], w: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.asarray(np.maximum(x @ w[0] + w[1], 0) @ w[2] + w[3], np.float32)


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True), np.float32)


if __name__ == "__main__":
    np.savez_compressed(MODEL_PATH, **train())  # type: ignore[arg-type]
