"""Files that nobody can take as archive pages: a bomb, a locked PDF."""

from __future__ import annotations

import io
import struct

from fpdf import FPDF


def bomb_tiff(side: int = 20_000) -> bytes:
    """A TIFF whose header promises ``side`` × ``side`` grey pixels and brings none."""
    entries = [(256, 4, side), (257, 4, side), (258, 3, 8), (259, 3, 1), (262, 3, 1)]
    entries += [(273, 4, 8), (277, 3, 1), (278, 4, side), (279, 4, side * side)]
    body = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        body += struct.pack("<HHII", tag, kind, 1, value)
    return body + struct.pack("<I", 0)


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    pdf = FPDF()
    pdf.set_encryption("owner", "user")
    pdf.add_page()
    out = io.BytesIO()
    pdf.output(out)
    return out.getvalue()
