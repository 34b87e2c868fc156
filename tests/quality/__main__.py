"""`make quality`: judges portraits with known truth that no limit was set on, and writes docs/quality.md."""

from __future__ import annotations

import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

import cv2
import numpy as np
from portraits.camera import photograph
from portraits.faults import HELD_OUT, SITTERS
from portraits.portrait import Portrait
from quality.measured import Outcome, caught, geometry_errors, jobs, judge_clean, judge_fault, named, parts
from quality.relief import Relief

from app.config.register import register
from app.domain.attribute import AttributeKind, Stage
from app.domain.judgement import Verdict
from helpers.pictures import astronaut

_OUT = Path("docs/quality.md")
_TURNS = ((5, 0), (10, 0), (15, 0), (-5, 0), (-10, 0), (-15, 0), (0, 5), (0, 10), (0, -5), (0, -10), (6, 6), (-6, -6))
_HEAD = """# How well the judgement judges

Made by `make quality`. Everything below is measured on **drawn** portraits with known truth (`tests/portraits`) and on one
real face in the public domain (`skimage.data.astronaut`), turned and degraded by known amounts. Drawn faces are not people:
these figures show that each measure follows what it names and that limits lie on the right side; they say nothing about
error rates in a police station. Limits were set on six sitters (`SITTERS`); the figures are those of six others
(`HELD_OUT`) that no limit was set on, with the former beside them.
"""


def _share(good: int, total: int) -> str:
    return f"{good} of {total} ({100 * good / total:.1f} %)" if total else "none"


def _table(head: str, rows: Sequence[tuple[str, ...]]) -> str:
    columns = head.count("|") + 1
    return "\n".join([f"| {head} |", "|" + "---|" * columns, *(f"| {' | '.join(r)} |" for r in rows)]) + "\n"


_Found = list[tuple[Outcome, tuple[str, ...], bool]]


def _verdicts(pool: ProcessPoolExecutor) -> tuple[str, list[Outcome], _Found]:
    kept_faults: _Found = []
    lines, kept = ["## Verdicts of raw shots (standard id-card)\n"], []
    for name, sitters in (("held out", HELD_OUT), ("limits were set on these", SITTERS)):
        clean_jobs, fault_jobs = jobs(sitters)
        cleans = list(pool.map(judge_clean, clean_jobs, chunksize=4))
        found = list(pool.map(judge_fault, fault_jobs, chunksize=4))
        bad = [o for o in cleans if o.verdict in (Verdict.FAIL, Verdict.UNKNOWN)]
        good = sum(caught(*f) for f in found)
        lines.append(f"- {name}: clean portraits accepted {_share(len(cleans) - len(bad), len(cleans))};"
                     f" faults named with the right reason {_share(good, len(found))}.")  # fmt: skip
        if name == "held out":
            kept, kept_faults = cleans, found
            rows = defaultdict(list)
            for outcome, says, fails in found:
                rows[outcome.name, fails].append(caught(outcome, says, fails))
            table = [(n, "refused" if fails else "warned", _share(sum(v), len(v))) for (n, fails), v in rows.items()]
            reasons: dict[str, int] = defaultdict(int)
            for outcome in bad:
                for check in outcome.failed:
                    reasons[check] += 1
            lines.append(
                "\nRejected clean portraits, by reason: "
                + (", ".join(f"{k} {v}" for k, v in reasons.items()) or "none")
                + ".\n"
            )
            detail = _table(
                "fault|must be|said with the right reason", sorted(table, key=lambda r: (r[2] == _share(6, 6), r[0]))
            )
    return "\n".join(lines) + "\n\n### Each fault on six held-out sitters\n\n" + detail, kept, kept_faults


def _attributes(cleans: list[Outcome], faulty: _Found) -> str:
    """False rejections and false acceptances of every measured attribute that a raw shot is asked about."""
    rows = []
    for row in register().values():
        if row.kind is not AttributeKind.MEASURED or Stage.SHOT not in row.stages:
            continue
        own = [o for o, says, _ in faulty if row.id in says]
        wrong, missed = sum(named(o, row.id) for o in cleans), sum(not named(o, row.id) for o in own)
        unknown = sum(o.values.get(row.id) is None for o in cleans)
        seen = f"{missed} of {len(own)}" if own else "no fault drawn"
        rows.append((row.number or "–", row.name_zh, row.id, f"{wrong} of {len(cleans)}", seen, f"{unknown}"))
    note = (
        "False rejections: clean portraits that the attribute fails or warns about. False acceptances: faults that are its"
        " own, or that it shares with a sister attribute which may have spoken instead, about which it is silent. Unknown:"
        " clean portraits it could not measure. Where no fault is drawn only the first and the last are known.\n\n"
    )
    head = "no.|attribute|id|false rejections|false acceptances|unknown"
    return "## Each measured attribute on a raw shot (held out)\n\n" + note + _table(head, rows)


def _tones(cleans: list[Outcome]) -> str:
    """Pass rate by how light the skin is."""
    by_skin: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in cleans:
        if outcome.truth is not None:
            by_skin[outcome.truth.portrait.skin].append(outcome)
    rows = []
    for skin, found in by_skin.items():
        light = [v for o in found if (v := o.values.get("skin_l")) is not None]
        passed = sum(o.verdict in (Verdict.PASS, Verdict.WARN) for o in found)
        rows.append((statistics.median(light) if light else 0.0, skin, _share(passed, len(found))))
    shown = [(skin, f"{light:.0f}", share) for light, skin, share in sorted(rows)]
    note = (
        "Clean held-out portraits accepted, by the median L* measured on their skin; light and wall are alike for all.\n\n"
    )
    return "## Pass rate by L* of the skin\n\n" + note + _table("skin|L*|accepted", shown)


def _geometry(cleans: list[Outcome]) -> str:
    errors = defaultdict(list)
    for outcome in cleans:
        if outcome.truth is not None and outcome.truth.portrait.hair_style != "bald":
            for name, value in geometry_errors(outcome).items():
                errors[name].append(100 * value)
    rows = [
        (n, f"{statistics.median(v):.2f} %", f"{np.percentile(v, 95):.2f} %", f"{max(v):.2f} %") for n, v in errors.items()
    ]
    note = "Shares of the true head height (distances between two points: of that distance). Goal: 2 %.\n\n"
    return "## Geometry against the drawn truth\n\n" + note + _table("measure|median|95th percentile|worst", rows)


def _pose() -> str:
    reader = parts().examiner.reader
    face = np.asarray(cv2.resize(astronaut(), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    main = reader.read(face).main
    if main is None:
        raise RuntimeError("no face in the test picture")
    relief, rows = Relief(face, main.mesh), []
    level = reader.read(photograph(Portrait())).main
    for yaw, pitch in _TURNS:
        turned = reader.read(relief.turned(yaw, pitch)).main
        drawn = reader.read(photograph(Portrait(yaw=yaw, pitch=pitch))).main
        if turned is None or drawn is None or level is None:
            raise RuntimeError("a turned face was not found")
        real = (turned.pose.yaw_deg - main.pose.yaw_deg, turned.pose.pitch_deg - main.pose.pitch_deg)
        flat = (drawn.pose.yaw_deg - level.pose.yaw_deg, drawn.pose.pitch_deg - level.pose.pitch_deg)
        error = max(abs(real[0] - yaw), abs(real[1] - pitch))
        shown = [f"{a:+.1f}° / {b:+.1f}°" for a, b in (real, flat)]
        rows.append((f"{yaw:+d}°", f"{pitch:+d}°", shown[0], f"{error:.1f}°", shown[1]))
    note = (
        "Change of the measured pose when the head is turned by a known amount: a real face over its own relief (not among"
        " the seven that the gains of decision 13 were fitted on), and the drawn head, which the mesh model takes for more"
        " frontal than it is; on the real face the error is the last but one column. Goal: 3°.\n\n"
    )
    return "## Pose\n\n" + note + _table("yaw|pitch|real face, yaw / pitch|largest error|drawn head", rows)


def _register() -> str:
    rows = register().values()
    measured = sum(r.kind is AttributeKind.MEASURED for r in rows)
    listed = [r for r in rows if r.number.isdigit()]
    asked = [f"{r.number} {r.name_zh} ({r.why})" for r in rows if r.kind is AttributeKind.OPERATOR]
    counted = sum(r.kind is AttributeKind.MEASURED for r in listed)
    text = f"## The register\n\n{len(rows)} attributes, {measured} measured; of the requirement's 115, {counted} measured."
    return f"{text} The officer is asked about: {'; '.join(asked)}.\n"


def main() -> int:
    """Write the page."""
    with ProcessPoolExecutor(2) as pool:
        verdicts, cleans, faulty = _verdicts(pool)
    text = "\n".join(
        [_HEAD, _register(), verdicts, _attributes(cleans, faulty), _tones(cleans), _geometry(cleans), _pose()]
    )
    _OUT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
