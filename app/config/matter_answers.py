"""What the back end filled into the catalogue (承诺时限, 收费, 材料, 事项编码): one file beside the station's own entries.

``answers.json``: ``{"revision": text, "answers": {matter code: see domain.matters.filling}}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput
from app.domain.matters.filling import filled

if TYPE_CHECKING:
    from app.config.matters import Catalogue

FILE = "answers.json"
LARGEST_ANSWERS = 8 * 2**20


def answers_in(text: bytes) -> tuple[str, Mapping[str, Mapping[str, Any]]]:
    """Revision and answers by matter code. Raises BadInput MAT-101 for what is no such document."""
    try:
        document: Any = json.loads(text)
        revision, answers = document["revision"], document["answers"]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise BadInput("MAT-101", file=FILE, reason=str(error)[:200]) from error
    if not isinstance(revision, str) or not isinstance(answers, dict):
        raise BadInput("MAT-101", file=FILE, reason="revision, answers")
    return revision, answers


def kept_answers(folder: Path) -> tuple[str, Mapping[str, Mapping[str, Any]]]:
    """Those of a data folder's catalogue; ("", {}) while the back end has given none. Raises BadInput MAT-101."""
    path = folder / FILE
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return "", {}
    except OSError as error:
        raise BadInput("MAT-101", file=FILE, reason=error.strerror or "") from error
    return answers_in(text)


def answered(catalogue: Catalogue, answers: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """With the answers in their places; one that cannot be used leaves its matter as it was and is among the faults."""
    matters, faults = [], []
    for matter in catalogue.matters:
        try:
            matters.append(filled(matter, answers[matter.code]) if matter.code in answers else matter)
        except BadInput as fault:
            matters.append(matter)
            faults.append(fault)
    return replace(catalogue, matters=tuple(matters), faults=(*catalogue.faults, *faults))
