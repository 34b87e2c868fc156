"""`finger`: one press with its coaching and its scores, or one comparison. The image is never written anywhere."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from app.bootstrap.equipment import fingerprint_session
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.config.settings import Settings
from app.domain.fingers import Finger, Score
from app.domain.judgement import CheckResult
from app.fingerprint.coaching import FingerLook, look
from app.fingerprint.register import finger_name, measure_name, measure_unit, score_name
from app.inspection.nfiq2 import nfiq2_score
from devices.host.fingerprint import FingerprintHost
from devices.ports.errors import BadAddress
from devices.ports.fingerprint import FingerMatch, FingerRequest, FingerScannerDescription, MatchRequest

_MARKS = {"pass": "✓", "warn": "!", "fail": "✗", "unknown": "?"}


def finger(options: argparse.Namespace) -> int:
    """Exit 0 when the press reaches the site's score (or the comparison says yes), 1 when not."""
    _, settings = settings_of(options)
    address = options.device or settings.text("fingerprint.address")
    if not address:
        raise BadAddress("fingerprint.address")
    with fingerprint_session(address) as host:
        if options.verify is not None:
            return _verify(options, settings, host)
        return _take(options, settings, host)


def _verify(options: argparse.Namespace, settings: Settings, host: FingerprintHost) -> int:
    timeout_s = float(settings.number("fingerprint.timeout"))
    found: FingerMatch = host.match(MatchRequest(stored=options.verify, timeout_s=timeout_s)).result()
    if options.json:
        emit({"template": options.verify, "same": found.same, "similarity": found.similarity, "scale": found.scale})
    else:
        say(f"{'✓' if found.same else '✗'} {options.verify}  {found.similarity:g} ({found.scale})")
    return Exit.SUCCESS if found.same else Exit.ANSWER_IS_NO


def _take(options: argparse.Namespace, settings: Settings, host: FingerprintHost) -> int:
    wanted = Finger(options.finger)
    if not options.json:
        sys.stderr.write(f"→ {finger_name(wanted, options.language)}\n")
    request = FingerRequest(
        wanted.value, float(settings.number("fingerprint.timeout")), settings.number("fingerprint.presence_score")
    )
    capture = host.capture(request).result()
    seen = look(capture, nfiq2_score)
    enough = seen.scores[0].value >= settings.number("fingerprint.pass_score")
    if options.json:
        emit(_document(options, host.description, seen, capture.rectified, enough))
    else:
        _tell(seen, enough, options.language)
    return Exit.SUCCESS if enough else Exit.ANSWER_IS_NO


def _tell(seen: FingerLook, enough: bool, language: str) -> None:
    first, *others = (f"{s.value} {score_name(s.method, language)}" for s in seen.scores)
    say(f"{'✓' if enough else '✗'} {first}" + "".join(f"  ({other})" for other in others))
    for check in seen.report.worst_first():
        value = "?" if check.measurement.value is None else f"{check.measurement.value:.1f}"
        name, unit = measure_name(check.measurement.id, language), measure_unit(check.measurement.id)
        say(f"  {_MARKS[check.verdict.value]} {name}: {value} {unit}".rstrip())
    for sentence in seen.sentences(language):
        say(f"  → {sentence}")


def _document(
    options: argparse.Namespace,
    described: FingerScannerDescription | None,
    seen: FingerLook,
    rectified: bool,
    enough: bool,
) -> dict[str, Any]:
    return {
        "finger": options.finger,
        "device": described.model if described is not None else "",
        "passed": enough,
        "verdict": seen.report.verdict.value,
        "rectified": rectified,
        "scores": [_score(s, options.language) for s in seen.scores],
        "checks": [_check(c, options.language) for c in seen.report.worst_first()],
        "advice": list(seen.sentences(options.language)),
    }


def _score(score: Score, language: str) -> dict[str, Any]:
    return {"value": score.value, "method": score.method.value, "name": score_name(score.method, language)}


def _check(check: CheckResult, language: str) -> dict[str, Any]:
    measured = check.measurement
    return {
        "id": measured.id,
        "name": measure_name(measured.id, language),
        "value": None if measured.value is None else round(measured.value, 2),
        "unit": measure_unit(measured.id),
        "limits": {"low": check.limit.low, "high": check.limit.high},
        "verdict": check.verdict.value,
        "method": measured.method,
    }
