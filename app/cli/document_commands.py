"""`document`: the machine-readable zone of a travel document, from a picture or from a reader."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from app.bootstrap.documents import document_reader, zone_of_picture
from app.cli.answers import Exit, emit, say
from app.cli.photo_commands import read_file
from app.config.travel import check_sentence, field_name, problem_sentence, travel_sentence
from app.domain.errors import BadInput
from app.domain.mrz.dates import ZoneDate
from app.domain.mrz.parse import parse
from app.domain.mrz.reading import Reading, Suggestion
from app.inspection.mrz.read import ZonePicture

_FIELDS = ("document_code", "issuer", "number", "nationality", "birth", "sex", "expiry", "optional", "optional2")


def document(options: argparse.Namespace) -> int:
    """Exit 0 when every check digit holds, 1 when something is doubtful. Nothing is put right."""
    if (options.image is None) == (options.device is None):
        raise BadInput("TRV-105")
    picture: ZonePicture | None = None
    if options.image is not None:
        picture = zone_of_picture(read_file(options.image))
        lines = picture.lines
    else:
        with document_reader(options.device) as reader:
            lines = reader.read(options.seconds).result(options.seconds + 10).lines
    reading = parse(lines, date.today())  # noqa: DTZ011 - the century rule wants the station's own calendar day
    if options.json:
        emit(reading_document(reading, picture))
    else:
        for line in reading_lines(reading, picture, options.language):
            say(line)
    return Exit.SUCCESS if reading.sound else Exit.ANSWER_IS_NO


def reading_document(reading: Reading, picture: ZonePicture | None) -> dict[str, Any]:
    """For JSON; one shape across versions."""
    answer: dict[str, Any] = {
        "kind": reading.kind,
        "sound": reading.sound,
        "lines": list(reading.lines),
        "fields": {name: value for name, value, _ in _fields(reading)},
        "name_maybe_truncated": reading.name.maybe_truncated,
        "birth_other_year": None if reading.birth is None else reading.birth.other_year,
        "checks": [vars(check) for check in reading.checks],
        "problems": [{**vars(problem), "kind": problem.kind.value} for problem in reading.problems],
        "suggestions": [
            {"changes": [vars(change) for change in s.changes], "agrees": list(s.agrees)} for s in reading.suggestions
        ],
        "blind_spots": [vars(spot) for spot in reading.blind_spots],
    }
    if picture is not None:
        answer["picture"] = {
            "agreement": round(picture.agreement, 4),
            "upside_down": picture.upside_down,
            "outline": [[round(x, 1), round(y, 1)] for x, y in picture.outline],
            "unsure": [
                {"line": line, "column": column, "read": c.character, "could_be": c.runner_up, "lead": round(c.lead, 4)}
                for line, column, c in picture.unsure()
            ],
        }
    return answer


def _fields(reading: Reading) -> list[tuple[str, str, str]]:
    """Field, value, name of its check digit ("" without one)."""
    checked = {check.name for check in reading.checks}
    rows = []
    for name in _FIELDS:
        value = getattr(reading, name)
        text = value.iso() if isinstance(value, ZoneDate) else value or ""
        rows.append((name, text, name if name in checked else ""))
    return [*rows, ("primary", reading.name.primary, ""), ("secondary", reading.name.secondary, "")]


def reading_lines(reading: Reading, picture: ZonePicture | None, language: str) -> list[str]:
    """For people."""

    def told(key: str, **blanks: str | int) -> str:
        return travel_sentence(key, language, **blanks)

    lines = [f"{reading.kind}  " + told("sound" if reading.sound else "unsound"), *reading.lines]
    checks = {check.name: check for check in reading.checks}
    for name, value, check_name in _fields(reading):
        if value or check_name:
            words = f"  {field_name(name, language)}: {value}"
            if check_name:
                check = checks[check_name]
                words += "  " + ("✓ " + told("holds") if check.holds else "✗ " + check_sentence(check, language))
            lines.append(words)
    if "composite" in checks:
        mark = "✓ " + told("holds") if checks["composite"].holds else "✗ " + check_sentence(checks["composite"], language)
        lines.append(f"  {field_name('composite', language)}  {mark}")
    if reading.name.maybe_truncated:
        lines.append("  ! " + told("truncated"))
    if reading.birth is not None and reading.birth.year is not None and reading.birth.other_year is not None:
        lines.append("  ! " + told("century", year=reading.birth.year, other=reading.birth.other_year))
    lines += ["  ! " + problem_sentence(problem, language) for problem in reading.problems]
    lines += ["  ? " + _suggestion(n, s, language) for n, s in enumerate(reading.suggestions, 1)]
    lines += [
        "  ! " + told("blind", line=b.line, column=b.column, read=b.read, could_be=b.could_be) for b in reading.blind_spots
    ]
    if picture is not None:
        lines += [
            "  ! " + told("unsure", line=line, column=column, read=c.character, could_be=c.runner_up)
            for line, column, c in picture.unsure()
        ]
    return lines


def _suggestion(number: int, suggestion: Suggestion, language: str) -> str:
    changes = "; ".join(
        travel_sentence("change", language, line=c.line, column=c.column, read=c.read, could_be=c.could_be)
        for c in suggestion.changes
    )
    agrees = ", ".join(field_name(name, language) for name in suggestion.agrees)
    return travel_sentence("suggestion", language, number=number, changes=changes, agrees=agrees)
