"""What a photo receipt (回执单) says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReceiptFacts:
    """Everything a receipt may say. ``copy`` 0 = first print, n = 补打 n."""

    station: str
    name: str
    id_number: str
    standards: tuple[str, ...]
    numbers: tuple[str, ...]
    taken: str
    terminal: str
    officer: str
    printed: str
    copy: int
    training: bool

    def fields(self) -> dict[str, str]:
        """As the template names them. The ID number is masked: a receipt gets lost."""
        masked = self.id_number[:6] + "*" * 8 + self.id_number[-4:]
        return {
            "station": self.station,
            "name": self.name,
            "id_masked": masked,
            "standards": "、".join(self.standards),
            "numbers": "\n".join(self.numbers),
            "first_number": self.numbers[0],
            "qr": "\n".join(self.numbers),
            "taken": self.taken,
            "terminal": self.terminal,
            "officer": self.officer,
            "printed": self.printed,
            "copy": str(self.copy) if self.copy else "",
            "training": "1" if self.training else "",
        }
