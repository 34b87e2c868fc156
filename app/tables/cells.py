"""Cells that leave the workstation: nothing a spreadsheet would run, nothing a file of XML cannot hold."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # full width too: Excel takes them for the same
_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number
_NOT_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is quoted; digits it would round (over 15) are kept as text."""
    if cell.isdigit() and len(cell) > _EXACT_DIGITS:
        return f"\t{cell}"
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(("\t", "\r", "\n")) else cell


def xml_text(cell: str) -> str:
    """Escaped; what XML 1.0 cannot hold becomes U+FFFD."""
    clean = _NOT_XML.sub("\ufffd", cell)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
