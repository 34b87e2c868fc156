"""`assess`, `compose`, `standards`: the photo station's eye without a camera or a store."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app.bootstrap.picture import PictureParts, picture_parts
from app.cli.answers import Exit, emit, error_document, say
from app.config.texts import advice, check_name, check_unit, error_text
from app.domain.errors import BadInput, WorkstationError
from app.domain.judgement import CheckResult, QualityReport, Verdict
from app.domain.photo_standard import PhotoStandard
from app.photo.report_json import report_to_json
from app.photo.standards import load_standards, read_standard, standard_by_id

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
    parts: PictureParts, path: Path, standard: PhotoStandard, language: str
) -> tuple[dict[str, Any], list[str], bool]:
    """One image's JSON, its lines for people, and whether it passed."""
    try:
        report = parts.examiner.assess(read_file(path), standard)
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
    lines += [check_line(c, language) for c in report.worst_first()]
    return report_to_json(report, str(path), language)["images"][0], lines, report.passed


def assess(options: argparse.Namespace) -> int:
    """Judge issued photos; exit 0 when all pass, 1 when one does not, 2 when one is no usable image."""
    parts = picture_parts()
    standard = standard_by_id(parts.standards, options.standard)
    judged = [_judged(parts, path, standard, options.language) for path in options.images]
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
    parts = picture_parts()
    standard = standard_by_id(parts.standards, options.standard)
    keep = options.background == "keep"
    photo = parts.composer.compose(read_file(options.image), standard, replace_background=False if keep else None)
    _write(options.out, photo.image)
    document = report_to_json(photo.report, str(options.out), options.language)
    if options.report:
        _write(options.report, json.dumps(document, ensure_ascii=False, indent=1).encode())
    if options.json:
        emit(document)
    else:
        _tell(photo.report, options.out, options.language)
    return Exit.SUCCESS if photo.report.passed else Exit.ANSWER_IS_NO


def _tell(report: QualityReport, out: Path, language: str) -> None:
    say(f"{_MARKS[report.verdict]} {out}")
    for result in report.worst_first():
        say(check_line(result, language))


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise BadInput("CLI-101", path=str(path), reason=error.strerror or "") from error


def list_standards(options: argparse.Namespace) -> int:
    """Every standard: id, name, version, size."""
    standards = load_standards()
    if options.json:
        emit([{"id": s.id, "version": s.version, "name": s.name(options.language)} for s in standards])
    else:
        for s in standards:
            size = f"{s.output.width_px}×{s.output.height_px} px, {s.output.dpi} dpi"
            say(f"{s.id:18} {s.version:10} {s.name(options.language)}  {size}")
    return Exit.SUCCESS


def show_standard(options: argparse.Namespace) -> int:
    """Every number of one standard, with its source."""
    standard = standard_by_id(load_standards(), options.standard)
    geometry = [(b.measure.value, b.low, b.high, b.source) for b in standard.geometry]
    limits = [(limit.check, limit.low, limit.high, limit.source) for limit in standard.limits]
    if options.json:
        rows = [{"id": name, "low": low, "high": high, "source": source} for name, low, high, source in geometry + limits]
        emit({"id": standard.id, "version": standard.version, "sources": standard.sources, "rows": rows})
        return Exit.SUCCESS
    out = standard.output
    say(f"{standard.name(options.language)} ({standard.id} {standard.version}, {standard.effective})")
    say(f"  {out.width_px}×{out.height_px} px, {out.dpi} dpi, {out.bytes_min}–{out.bytes_max} B, q ≥ {out.quality_min}")
    for name, low, high, source in geometry + limits:
        say(f"  {name:24} {low if low is not None else '…'} – {high if high is not None else '…'}   {source}")
    return Exit.SUCCESS


def check_standard(options: argparse.Namespace) -> int:
    """Read a standard file of the user's own and say what is wrong with it."""
    standard = read_standard(options.file)
    say(f"✓ {standard.id} {standard.version}")
    return Exit.SUCCESS
