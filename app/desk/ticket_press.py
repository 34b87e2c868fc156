"""Builds a document's very bytes for the printer in force, shows them, and refuses what would not read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from app.config.settings import Settings
from app.domain.printing import PrintKind
from app.printing.profiles import PrinterProfile
from app.printing.proof import require_readable
from app.printing.template import Element, load_template
from app.printing.ticket import TicketPrinter

Render = Callable[[bytes, int, Path], bytes]


class TicketPress:
    """``profile`` tells what is known of the printer now; ``render`` draws what the bytes print. Thread: any."""

    def __init__(
        self, settings: Settings, profile: Callable[[], PrinterProfile], font: Path, render: Render, *, training: bool
    ) -> None:
        self._settings = settings
        self._profile = profile
        self._font = font
        self._render = render
        self.training = training
        self._templates: dict[PrintKind, tuple[Element, ...]] = {
            kind: load_template(kind.value) for kind in PrintKind if kind is not PrintKind.DOCUMENT
        }

    @property
    def width_dots(self) -> int:
        """The paper's width in dots: as the check print showed it, else as the settings say."""
        return self._profile().width_dots or int(self._settings.text("printer.width_dots"))

    def job(self, kind: PrintKind, fields: Mapping[str, str], photo: bytes = b"") -> bytes:
        """ESC/POS bytes whose codes were read back from their picture.

        Raises SetupFault FNT-…, BadInput PRN-130 unreadable code, PRN-132 code too long, IMG-10x.
        """
        printer = TicketPrinter(self.width_dots, self._font, self._profile().charset)
        ticket = printer.job(fields, self._templates[kind], photo)
        require_readable(self.picture(ticket.data), ticket.codes)
        return ticket.data

    def picture(self, data: bytes) -> bytes:
        """PNG of what the bytes print."""
        return self._render(data, self.width_dots, self._font)
