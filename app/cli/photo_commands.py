"""`assess`, `compose`, `standards`: the photo station's eye without a camera or a store."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app.bootstrap.picture import PictureParts, picture_parts
from app.cli.answers import Exit, emit, error_document, say
from app.config.places import DataFolder
from app.config.texts import advice, check_name, check_unit, error_text
from app.domain.errors import BadInput, WorkstationError
from app.domain.judgement import CheckResult, QualityReport, Verdict
from app.domain.photo_standard import PhotoStandard
from app.photo.report_json import report_to_json
from app.photo.standards import standard_by_id

_MARKS = {Verdict.PASS: "✓", Verdict.WARN: "!", Verdict.FAIL: "✗", Verdict.UNKNOWN: "?"}


def read_file(path: Path) -> bytes:
    """The bytes of a file the user named. Raises BadInput SES-106."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("SES-106", reason=error.strerror or "") from error


def check_line(result: CheckResult, language: str) -> str:
    """One check as a line for people."""
    measured = result.measurement
    value = "—" if measured.value is None else f"{measured.value:.4g} {check_unit(measured.unit, language)}".rstrip()
    tip = advice(result.advice, language)
    return f"  {_MARKS[result.verdict]} {check_name(measured.id, language)}: {value}" + (f"  → {tip}" if tip else "")


def _judged(
    parts: PictureParts, path: Path, standard: PhotoStandard, language: str, *, shot: bool
) -> tuple[dict[str, Any], list[str], bool]:
    """One image's JSON, its lines for people, and whether it passed."""
    try:
        data = read_file(path)
        report = parts.examiner.screen(data, standard).report if shot else parts.examiner.assess(data, standard)
    except WorkstationError as error:
        document = {
            "file": str(path),
            "passed": False,
            "verdict": "fail",
            "checks": [],
            "error": error_document(error, language),
        }
        return document, [f"✗ {path}", "  " + error_text(error, language).one_line()], False
    lines = [f"{_MARKS[report.verdict]} {path}"]
    lines += [check_line(c, language) for c in report.shown()]
    return report_to_json(report, str(path), language)["images"][0], lines, report.passed


def _local(options: argparse.Namespace) -> Path | None:
    """Where this workstation's own standards lie."""
    folder = DataFolder(options.data) if options.data else DataFolder.default()
    return folder.standards


def assess(options: argparse.Namespace) -> int:
    """Judge issued photos; exit 0 when all pass, 1 when one does not, 2 when one is no usable image."""
    parts = picture_parts(_local(options))
    standard = standard_by_id(parts.standards, options.standard).excepting(tuple(options.exception))
    judged = [_judged(parts, path, standard, options.language, shot=options.shot) for path in options.images]
    passed = all(p for _, _, p in judged)
    if options.json:
        emit({"standard": standard.id, "passed": passed, "images": [d for d, _, _ in judged]})
    else:
        for _, lines, _ in judged:
            say("\n".join(lines))
    if passed:
        return Exit.SUCCESS
    return Exit.BAD_INPUT if any("error" in d for d, _, _ in judged) else Exit.ANSWER_IS_NO


def compose(options: argparse.Namespace) -> int:
    """Write the issuable photo and its report; exit 1 when it does not pass (it is written all the same)."""
    parts = picture_parts(_local(options))
    standard = standard_by_id(parts.standards, options.standard).excepting(tuple(options.exception))
    keep = options.background == "keep"
    photo = parts.composer.compose(read_file(options.image), standard, replace_background=False if keep else None)
    write_file(options.out, photo.image)
    document = report_to_json(photo.report, str(options.out), options.language)
    if options.report:
        write_file(options.report, json.dumps(document, ensure_ascii=False, indent=1).encode())
    if options.json:
        emit(document)
    else:
        _tell(photo.report, options.out, options.language)
    return Exit.SUCCESS if photo.report.passed else Exit.ANSWER_IS_NO


def _tell(report: QualityReport, out: Path, language: str) -> None:
    say(f"{_MARKS[report.verdict]} {out}")
    for result in report.shown():
        say(check_line(result, language))


def write_file(path: Path, data: bytes) -> None:
    """Where the user said. Raises BadInput CLI-101."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise BadInput("CLI-101", path=str(path), reason=error.strerror or "") from error
