"""Lines of a machine-readable zone → what they say. Characters are taken as they are; doubts are named, never mended."""

from __future__ import annotations

from datetime import date

from app.domain.errors import BadInput
from app.domain.mrz.check_digit import PERMITTED, check_digit, unseen_by_digit
from app.domain.mrz.dates import ZoneDate, birth_date, expiry_date
from app.domain.mrz.layout import CONTENT, FILLER, Characters, Layout, Span, layout_of
from app.domain.mrz.names import zone_name
from app.domain.mrz.reading import BlindSpot, Check, Problem, ProblemKind, Reading, Suggestion
from app.domain.mrz.suggest import suggestions_for

_SHOWN = 60


def lines_of(text: str) -> tuple[str, ...]:
    """Text as a reader, a person or a file gives it → its lines, capital letters, no blanks. Nothing else is changed.

    A zone without line ends (88, 72 or 90 characters) is cut where its only possible shape says.
    """
    lines = tuple("".join(line.split()).upper() for line in text.splitlines() if line.strip())
    whole = {88: 44, 72: 36, 90: 30}
    if len(lines) == 1 and len(lines[0]) in whole:
        step = whole[len(lines[0])]
        return tuple(lines[0][i : i + step] for i in range(0, len(lines[0]), step))
    return lines


def parse(lines: tuple[str, ...], today: date) -> Reading:
    """What the zone says. ``today`` decides the century of dates.

    Raises BadInput TRV-101 (no zone has these lines), TRV-102 (a character that no zone has).
    """
    return _parse(lines, today, ())


def accept(reading: Reading, suggestion: Suggestion, today: date) -> Reading:
    """The reading with an officer's choice put in, and remembered. Raises BadInput TRV-103: not one of its own."""
    if suggestion not in reading.suggestions:
        raise BadInput("TRV-103")
    rows = [list(line) for line in reading.lines]
    for change in suggestion.changes:
        rows[change.line - 1][change.column - 1] = change.could_be
    return _parse(tuple("".join(row) for row in rows), today, (*reading.accepted, suggestion))


def checks_of(lines: tuple[str, ...], layout: Layout) -> tuple[Check, ...]:
    """Every check digit of this kind of zone."""
    checks = []
    for rule in layout.checks:
        covers, digit = "".join(span.of(lines) for span in rule.covers), rule.digit.of(lines)
        if rule.name == "number" and layout.overflow and digit == FILLER:
            more = _overflow(lines, layout)
            if more is not None:
                covers, digit = covers + more[:-1], more[-1]
        computed = check_digit(covers)
        empty = rule.name == "optional" and digit == FILLER and not covers.strip(FILLER)
        checks.append(Check(rule.name, digit, computed, digit == computed or empty))
    return tuple(checks)


def _overflow(lines: tuple[str, ...], layout: Layout) -> str | None:
    """What of the optional data belongs to a long document number: its rest and its check digit; None when it has none."""
    more = layout.fields[layout.overflow].of(lines).partition(FILLER)[0]
    return more if len(more) >= 2 else None


def _parse(lines: tuple[str, ...], today: date, accepted: tuple[Suggestion, ...]) -> Reading:
    layout = layout_of(lines)
    if layout is None:
        raise BadInput("TRV-101", lines=len(lines), lengths=", ".join(str(len(line)) for line in lines)[:_SHOWN])
    for row, line in enumerate(lines, 1):
        for column, character in enumerate(line, 1):
            if character not in PERMITTED:
                raise BadInput("TRV-102", line=row, column=column)
    fields = {name: span.of(lines) for name, span in layout.fields.items()}
    problems = list(_character_problems(lines, layout))
    birth = _date("birth", lines, layout, today, problems)
    expiry = _date("expiry", lines, layout, today, problems)
    if fields["document_code"][0] not in layout.first:
        problems.insert(0, Problem(ProblemKind.DOCUMENT_CODE, "document_code", 1, 1, fields["document_code"][0]))
    number, optional = fields["number"], fields["optional"]
    if layout.overflow and _number_digit(lines, layout) == FILLER:
        more = _overflow(lines, layout)
        if more is not None:
            number, optional = number + more[:-1], optional[len(more) :]
    checks = checks_of(lines, layout)
    return Reading(
        kind=layout.name,
        lines=lines,
        document_code=fields["document_code"].rstrip(FILLER),
        issuer=fields["issuer"].rstrip(FILLER),
        number=number.rstrip(FILLER),
        nationality=fields["nationality"].rstrip(FILLER),
        birth=birth,
        sex="" if fields["sex"] == FILLER else fields["sex"],
        expiry=expiry,
        optional=optional.strip(FILLER),
        optional2=fields.get("optional2", "").strip(FILLER),
        name=zone_name(fields["name"]),
        checks=checks,
        problems=tuple(problems),
        suggestions=suggestions_for(lines, layout, checks, lambda changed: checks_of(changed, layout)),
        blind_spots=tuple(_blind_spots(lines, layout)),
        accepted=accepted,
    )


def _number_digit(lines: tuple[str, ...], layout: Layout) -> str:
    return next(rule.digit.of(lines) for rule in layout.checks if rule.name == "number")


def _allowed(content: Characters, character: str) -> bool:
    if content is Characters.LETTERS:
        return not character.isdigit()
    if content is Characters.DIGITS:
        return character.isdigit() or character == FILLER
    return content is Characters.ANY or character in "MFX<"


def _character_problems(lines: tuple[str, ...], layout: Layout) -> list[Problem]:
    spans: list[tuple[str, Span, Characters]] = [
        (name, span, CONTENT.get(name, Characters.ANY)) for name, span in layout.fields.items()
    ]
    spans += [(f"{rule.name}_digit", rule.digit, Characters.DIGITS) for rule in layout.checks]
    return [
        Problem(ProblemKind.CHARACTER, name, line + 1, column + 1, lines[line][column])
        for name, span, content in spans
        for line, column in span.positions()
        if not _allowed(content, lines[line][column])
    ]


def _date(name: str, lines: tuple[str, ...], layout: Layout, today: date, problems: list[Problem]) -> ZoneDate | None:
    span = layout.fields[name]
    text = span.of(lines)
    try:
        return birth_date(text, today) if name == "birth" else expiry_date(text, today)
    except ValueError:
        if not any(problem.field == name for problem in problems):
            problems.append(Problem(ProblemKind.DATE, name, span.line + 1, span.start + 1, text))
        return None


def _blind_spots(lines: tuple[str, ...], layout: Layout) -> list[BlindSpot]:
    """Only in the document number: there letters and digits mix, and a wrong one is another person's document.

    Fillers behind the number are its usual end and are not named, though one of them could be a K."""
    return [
        BlindSpot("number", line + 1, column + 1, lines[line][column], other)
        for line, column in layout.fields["number"].positions()
        for other in unseen_by_digit(lines[line][column])
        if not (lines[line][column] == FILLER and column >= _end_of_number(lines, layout))
    ]


def _end_of_number(lines: tuple[str, ...], layout: Layout) -> int:
    span = layout.fields["number"]
    return span.start + len(span.of(lines).rstrip(FILLER))
