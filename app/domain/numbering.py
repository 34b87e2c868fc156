"""The configurable rule that makes a photo number (受理编号/照片编号), e.g. ``{region}{terminal}{date}{seq:05}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.domain.errors import BadInput

_FIELD = re.compile(r"\{(region|terminal|date|service|seq)(?::(0[1-9]))?\}")


@dataclass(frozen=True)
class NumberingRule:
    """A checked template. ``{date}`` is yyyymmdd; ``{seq:0N}`` counts within a day, N digits wide."""

    template: str

    def __post_init__(self) -> None:
        """Raises BadInput CFG-110 when the template lacks {seq} or has anything but letters, digits, '-', '_'."""
        rest = _FIELD.sub("", self.template)
        if not re.fullmatch(r"[0-9A-Za-z_-]*", rest) or "{seq" not in self.template or "{date}" not in self.template:
            raise BadInput("CFG-110", template=self.template)

    def number(self, *, region: str, terminal: str, service: str, day: date, seq: int) -> str:
        """The number for the ``seq``-th photo (from 1) of ``day`` on this terminal."""
        values = {"region": region, "terminal": terminal, "service": service, "date": day.strftime("%Y%m%d")}

        def fill(match: re.Match[str]) -> str:
            name, width = match.group(1), match.group(2)
            return str(seq).zfill(int(width[1]) if width else 1) if name == "seq" else values[name]

        return _FIELD.sub(fill, self.template)
